package dev.simmer.cli;

import dev.simmer.config.DidYouMean;
import dev.simmer.logs.TerminalText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A command line, taken apart as getopt_long(3) does: {@code --name VALUE}, {@code --name=VALUE},
 * {@code -n VALUE}, {@code -nVALUE}, flags of one letter in one word ({@code -fa}), and {@code --}
 * before words that only look like options. Options may stand behind operands.
 */
final class Words {
    private final Map<String, List<String>> given;
    private final List<String> operands;

    private Words(Map<String, List<String>> given, List<String> operands) {
        this.given = given;
        this.operands = List.copyOf(operands);
    }

    /**
     * Takes the words apart; how many operands there are is not looked at where help is asked for.
     */
    static Words parse(Usage usage, List<String> words) throws CommandRefused {
        Words parsed = new Parser(usage, words).parse();
        if (!parsed.has("--help")) {
            parsed.checkOperands(usage);
        }
        return parsed;
    }

    /** Whether an option was given, by its long name. */
    boolean has(String option) {
        return !texts(option).isEmpty();
    }

    /** An option's value, by its long name. */
    Optional<String> text(String option) {
        List<String> values = texts(option);
        return values.isEmpty() ? Optional.empty() : Optional.of(values.getLast());
    }

    /** The values of an option that may be given more than once. */
    List<String> texts(String option) {
        return given.getOrDefault(option, List.of());
    }

    /** The words that are no options. */
    List<String> operands() {
        return operands;
    }

    private void checkOperands(Usage usage) throws CommandRefused {
        if (operands.size() < usage.least()) {
            throw wrong(usage, "`" + usage.name() + "` needs " + usage.operands());
        }
        if (operands.size() > usage.most()) {
            String extra = TerminalText.plain(operands.get(usage.most()));
            throw wrong(usage, "`" + extra + "` is one word too many");
        }
    }

    private static CommandRefused wrong(Usage usage, String what) {
        return new CommandRefused(
                ExitCode.USAGE, List.of("simmer: " + what, "Try `" + usage.name() + " --help`."));
    }

    /** Goes through the words once. */
    private static final class Parser {
        private final Usage usage;
        private final List<String> words;
        private final Map<String, List<String>> given = new LinkedHashMap<>();
        private final List<String> operands = new ArrayList<>();
        private int at;

        Parser(Usage usage, List<String> words) {
            this.usage = usage;
            this.words = words;
        }

        Words parse() throws CommandRefused {
            while (at < words.size()) {
                String word = words.get(at++);
                if (word.equals("--")) {
                    takeRest();
                } else if (word.startsWith("--")) {
                    takeLong(word);
                } else if (word.startsWith("-") && word.length() > 1) {
                    takeShort(word);
                } else {
                    operands.add(word);
                    if (usage.verbatim()) {
                        takeRest();
                    }
                }
            }
            return new Words(given, operands);
        }

        private void takeRest() {
            operands.addAll(words.subList(at, words.size()));
            at = words.size();
        }

        private void takeLong(String word) throws CommandRefused {
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            Option option = known(name);
            if (option.isFlag() && equals >= 0) {
                throw wrong(usage, name + " takes no value");
            }
            add(
                    option,
                    option.isFlag()
                            ? ""
                            : equals < 0 ? next(option, name) : word.substring(equals + 1));
        }

        private void takeShort(String word) throws CommandRefused {
            for (int i = 1; i < word.length(); i++) {
                String name = "-" + word.charAt(i);
                Option option = known(name);
                if (option.isFlag()) {
                    add(option, "");
                    continue;
                }
                add(option, i + 1 < word.length() ? word.substring(i + 1) : next(option, name));
                return;
            }
        }

        private String next(Option option, String name) throws CommandRefused {
            if (at == words.size() || usage.option(words.get(at)).isPresent()) {
                throw wrong(usage, name + " takes a value: " + name + " " + option.label());
            }
            return words.get(at++);
        }

        private void add(Option option, String value) throws CommandRefused {
            List<String> values = given.computeIfAbsent(option.name(), _ -> new ArrayList<>());
            if (!values.isEmpty() && !option.many() && !option.isFlag()) {
                throw wrong(usage, option.name() + " is given twice");
            }
            values.add(value);
        }

        private Option known(String name) throws CommandRefused {
            Optional<Option> option = usage.option(name);
            if (option.isPresent()) {
                return option.get();
            }
            List<String> names = new ArrayList<>();
            usage.options().forEach(each -> names.addAll(each.names()));
            String near =
                    name.length() > 2
                            ? DidYouMean.nearest(name, names)
                                    .map(each -> "; did you mean " + each + "?")
                                    .orElse("")
                            : "";
            throw wrong(usage, "there is no option " + TerminalText.plain(name) + near);
        }
    }
}
