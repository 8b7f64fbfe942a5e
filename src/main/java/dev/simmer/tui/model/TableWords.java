package dev.simmer.tui.model;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** How the table's arrangement is written down as words, see {@link Remembered}. */
final class TableWords {
    private static final String SORT = "sort";
    private static final String GROUP = "group-by";
    private static final String FOLDED = "folded";
    private static final String ORDER = "columns";
    private static final String SHOWN = "columns-shown";
    private static final String HIDDEN = "columns-hidden";
    private static final String DOWN = "descending";

    private TableWords() {}

    /** Adds the words of a choice. */
    static void write(TableChoice choice, Map<String, List<String>> entries) {
        List<String> sort = new ArrayList<>(List.of(choice.sort().key()));
        if (!choice.ascending()) {
            sort.add(DOWN);
        }
        entries.put(SORT, sort);
        entries.put(GROUP, List.of(choice.grouping().word()));
        entries.put(FOLDED, List.copyOf(choice.folded()));
        entries.put(
                ORDER,
                choice.order().equals(Column.ALL)
                        ? List.of()
                        : choice.order().stream().map(Column::key).toList());
        entries.put(SHOWN, columns(choice, true));
        entries.put(HIDDEN, columns(choice, false));
    }

    private static List<String> columns(TableChoice choice, boolean shown) {
        return Column.ALL.stream()
                .filter(column -> Boolean.valueOf(shown).equals(choice.columns().get(column)))
                .map(Column::key)
                .toList();
    }

    /** The choice that words tell; what means nothing is left as it is at first. */
    static TableChoice read(Remembered words) {
        TableChoice first = TableChoice.DEFAULT;
        Optional<Column> sort = words.word(SORT).flatMap(Column::ofKey).filter(Column::sorts);
        boolean ascending = sort.isEmpty() || !words.words(SORT).contains(DOWN);
        Map<Column, Boolean> columns = new EnumMap<>(Column.class);
        columns(words, SHOWN).forEach(column -> columns.put(column, true));
        columns(words, HIDDEN).forEach(column -> columns.put(column, false));
        return new TableChoice(
                sort.orElse(first.sort()),
                ascending,
                words.word(GROUP).flatMap(Grouping::ofWord).orElse(first.grouping()),
                new TreeSet<>(words.words(FOLDED)),
                columns(words, ORDER),
                columns);
    }

    private static List<Column> columns(Remembered words, String name) {
        return words.words(name).stream().flatMap(word -> Column.ofKey(word).stream()).toList();
    }
}
