package dev.simmer.tui.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a filter that is being typed can go on with: a key, or one of the values of a key.
 *
 * @param line the line with as much more of a key as is certain, with a key's next value, or the
 *     line itself
 * @param choices what could follow, where there is more than one way
 */
public record QueryCompletion(LineEdit line, List<String> choices) {
    /** All keys with the sign that follows them. */
    public static final List<String> KEYS =
            Stream.of(QueryKey.values())
                    .map(key -> key.word() + (key.compares() ? ">" : ":"))
                    .toList();

    public QueryCompletion {
        choices = List.copyOf(choices);
    }

    /** Completes the word before the cursor. */
    public static QueryCompletion of(Model model, LineEdit line) {
        return of(line, TableUpdate.facts(model));
    }

    static QueryCompletion of(LineEdit line, QueryKey.Facts facts) {
        String before = line.text().substring(0, line.cursor());
        int start = before.lastIndexOf(' ') + 1;
        if (start < before.length() && before.charAt(start) == '-') {
            start++;
        }
        String word = before.substring(start).toLowerCase(Locale.ROOT);
        int sign = Math.max(word.indexOf(':'), word.indexOf('='));
        if (sign >= 0) {
            String value = word.substring(sign + 1);
            String last = value.substring(value.lastIndexOf(',') + 1);
            return QueryKey.of(word.substring(0, sign))
                    .map(each -> valued(line, last, each.values(facts)))
                    .orElseGet(() -> new QueryCompletion(line, List.of()));
        }
        return keyed(line, word);
    }

    /** The next value: the first that begins so; after a whole one the one that follows it. */
    private static QueryCompletion valued(LineEdit line, String begun, List<String> values) {
        List<String> fitting = values.stream().filter(word -> word.startsWith(begun)).toList();
        int whole = values.indexOf(begun);
        if (whole >= 0) {
            List<String> others = new ArrayList<>(values.subList(whole + 1, values.size()));
            others.addAll(values.subList(0, whole));
            return others.isEmpty()
                    ? new QueryCompletion(line, List.of())
                    : new QueryCompletion(instead(line, begun, others.getFirst()), others);
        }
        return fitting.isEmpty()
                ? new QueryCompletion(line, List.of())
                : new QueryCompletion(
                        instead(line, begun, fitting.getFirst()),
                        fitting.size() == 1 ? List.of() : fitting);
    }

    private static LineEdit instead(LineEdit line, String begun, String word) {
        String before = line.text().substring(0, line.cursor() - begun.length()) + word;
        return new LineEdit(before + line.text().substring(line.cursor()), before.length());
    }

    private static QueryCompletion keyed(LineEdit line, String begun) {
        List<String> fitting = KEYS.stream().filter(word -> word.startsWith(begun)).toList();
        if (fitting.isEmpty()) {
            return new QueryCompletion(line, List.of());
        }
        String common = fitting.getFirst();
        for (String word : fitting) {
            while (!word.startsWith(common)) {
                common = common.substring(0, common.length() - 1);
            }
        }
        return new QueryCompletion(
                line.insert(common.substring(begun.length())),
                fitting.size() == 1 ? List.of() : fitting);
    }
}
