package dev.simmer.tui.model;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A {@link TableChoice} as words that can be remembered, and back. */
final class TableMemory {
    private static final String SORT = "sort";
    private static final String GROUP = "group";
    private static final String FOLDED = "folded";
    private static final String ORDER = "columns";
    private static final String SHOWN = "columns-shown";
    private static final String HIDDEN = "columns-hidden";
    private static final String ASCENDING = "ascending";
    private static final String DESCENDING = "descending";

    private TableMemory() {}

    /** Puts the words for a choice in. */
    static void note(TableChoice choice, Map<String, List<String>> entries) {
        String way = choice.ascending() ? ASCENDING : DESCENDING;
        entries.put(SORT, List.of(choice.sort().key(), way));
        entries.put(GROUP, List.of(choice.grouping().word()));
        entries.put(FOLDED, List.copyOf(choice.folded()));
        boolean moved = !choice.order().equals(Column.ALL);
        entries.put(ORDER, moved ? choice.order().stream().map(Column::key).toList() : List.of());
        entries.put(SHOWN, columns(choice, true));
        entries.put(HIDDEN, columns(choice, false));
    }

    private static List<String> columns(TableChoice choice, boolean shown) {
        return choice.columns().entrySet().stream()
                .filter(each -> each.getValue() == shown)
                .map(each -> each.getKey().key())
                .toList();
    }

    /** The choice that was remembered; what means nothing is as it is at first. */
    static TableChoice choice(Remembered remembered) {
        List<String> sort = remembered.words(SORT);
        Column by =
                sort.stream()
                        .findFirst()
                        .flatMap(Column::ofKey)
                        .filter(Column::sorts)
                        .orElse(TableChoice.DEFAULT.sort());
        boolean ascending = sort.contains(ASCENDING);
        boolean told = ascending || sort.contains(DESCENDING);
        Grouping grouping =
                remembered.word(GROUP).flatMap(Grouping::ofWord).orElse(Grouping.NOTHING);
        Set<String> folded = new TreeSet<>(remembered.words(FOLDED));
        List<Column> order = new ArrayList<>();
        for (String key : remembered.words(ORDER)) {
            Column.ofKey(key).ifPresent(order::add);
        }
        Map<Column, Boolean> columns = new EnumMap<>(Column.class);
        columns(remembered, SHOWN).forEach(column -> columns.put(column, true));
        columns(remembered, HIDDEN).forEach(column -> columns.put(column, false));
        return new TableChoice(
                by,
                told ? ascending : by.ascending(),
                grouping,
                folded,
                order.isEmpty() ? Column.ALL : order,
                columns);
    }

    private static List<Column> columns(Remembered remembered, String name) {
        return remembered.words(name).stream()
                .map(Column::ofKey)
                .flatMap(Optional::stream)
                .toList();
    }
}
