package dev.simmer.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A line of the table of commands that wait for a person; the table says what it may hold. */
final class InteractiveRule {
    private final String what;
    private List<String> sub = List.of();
    private List<String> with = List.of();
    private List<String> without = List.of();
    private final Set<String> takes = new HashSet<>();
    private int operands = Integer.MAX_VALUE;
    private boolean first;
    private boolean reads;
    private boolean writes;

    private InteractiveRule(String what) {
        this.what = what;
    }

    /** Reads a line of the table. */
    static InteractiveRule parse(String line) {
        int colon = line.indexOf(" : ");
        InteractiveRule rule = new InteractiveRule(line.substring(colon + 3));
        String[] words = line.substring(0, colon).split(" ", -1);
        int i = 1;
        while (i < words.length) {
            i += rule.condition(words[i], i + 1 < words.length ? words[i + 1] : "");
        }
        return rule;
    }

    /** Takes a condition; how many words it is. */
    private int condition(String word, String value) {
        switch (word) {
            case "always" -> {
                return 1;
            }
            case "alone" -> {
                operands = 0;
                return 1;
            }
            case "first" -> {
                first = true;
                return 1;
            }
            case "reads" -> {
                reads = true;
                return 1;
            }
            case "writes" -> {
                writes = true;
                return 1;
            }
            case "operands" -> operands = Integer.parseInt(value);
            case "sub" -> sub = List.of(value.split("\\+", -1));
            case "with" -> with = List.of(value.split(",", -1));
            case "without" -> without = List.of(value.split(",", -1));
            case "takes" -> takes.addAll(List.of(value.split(",", -1)));
            default -> throw new IllegalArgumentException("no condition: " + word);
        }
        return 2;
    }

    /** What the command is that waits for a person; for people. */
    String what() {
        return what;
    }

    /**
     * Whether the command waits.
     *
     * @param arguments what follows the program
     */
    boolean holds(List<String> arguments, ShellLine.Stage stage) {
        if ((reads && stage.readsElsewhere()) || (writes && stage.writesElsewhere())) {
            return false;
        }
        Optional<List<String>> rest = afterSub(arguments);
        if (rest.isEmpty()) {
            return false;
        }
        Set<String> options = new HashSet<>();
        int others = sort(rest.get(), options);
        return others <= operands
                && (with.isEmpty() || with.stream().anyMatch(each -> all(each, options)))
                && without.stream().noneMatch(options::contains);
    }

    private static boolean all(String joined, Set<String> options) {
        return List.of(joined.split("\\+", -1)).stream().allMatch(options::contains);
    }

    private Optional<List<String>> afterSub(List<String> arguments) {
        int at = 0;
        for (String wanted : sub) {
            while (at < arguments.size() && isOption(arguments.get(at))) {
                at += takes.contains(arguments.get(at)) ? 2 : 1;
            }
            if (at >= arguments.size() || !arguments.get(at).equals(wanted)) {
                return Optional.empty();
            }
            at++;
        }
        return Optional.of(arguments.subList(at, arguments.size()));
    }

    private static boolean isOption(String word) {
        return word.length() > 1 && word.startsWith("-");
    }

    /** Collects the options, as the table names them; how many other arguments there are. */
    private int sort(List<String> arguments, Set<String> options) {
        int others = 0;
        List<String> left = new ArrayList<>(arguments);
        while (!left.isEmpty()) {
            String word = left.removeFirst();
            if (word.equals("--")) {
                return others + left.size();
            }
            if (!isOption(word)) {
                // Some programs have words where others have options.
                options.add(word);
                others++;
                if (first) {
                    return others + left.size();
                }
                continue;
            }
            int equals = word.indexOf('=');
            options.add(equals > 0 ? word.substring(0, equals) : word);
            boolean value = takes.contains(word);
            if (!word.startsWith("--")) {
                value |= cluster(word, options);
            }
            if (value && !left.isEmpty()) {
                left.removeFirst();
            }
        }
        return others;
    }

    /** Options of one letter in one word; whether the last of them takes the next word. */
    private boolean cluster(String word, Set<String> options) {
        for (int i = 1; i < word.length(); i++) {
            String option = "-" + word.charAt(i);
            options.add(option);
            if (takes.contains(option)) {
                return i == word.length() - 1;
            }
        }
        return false;
    }
}
