package dev.simmer.tui.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a filter that is being typed can go on with: a key, or one of the values of a key.
 *
 * @param line the line with as much more as is certain, or the line itself
 * @param choices what could follow, where there is more than one way
 */
public record QueryCompletion(LineEdit line, List<String> choices) {
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
        int colon = word.indexOf(':');
        Optional<QueryKey> key =
                colon < 0 ? Optional.empty() : QueryKey.of(word.substring(0, colon));
        if (colon >= 0) {
            String value = word.substring(colon + 1);
            String last = value.substring(value.lastIndexOf(',') + 1);
            return key.map(each -> completed(line, last, each.values(facts), " "))
                    .orElseGet(() -> new QueryCompletion(line, List.of()));
        }
        List<String> words = new ArrayList<>();
        for (QueryKey each : QueryKey.values()) {
            words.add(each.word() + (each.compares() ? ">" : ":"));
        }
        return completed(line, word, words, "");
    }

    private static QueryCompletion completed(
            LineEdit line, String begun, List<String> words, String end) {
        List<String> fitting = words.stream().filter(word -> word.startsWith(begun)).toList();
        if (fitting.isEmpty()) {
            return new QueryCompletion(line, List.of());
        }
        if (fitting.size() == 1) {
            String rest = fitting.getFirst().substring(begun.length()) + end;
            return new QueryCompletion(line.insert(rest), List.of());
        }
        String common = fitting.getFirst();
        for (String word : fitting) {
            while (!word.startsWith(common)) {
                common = common.substring(0, common.length() - 1);
            }
        }
        return new QueryCompletion(line.insert(common.substring(begun.length())), fitting);
    }
}
