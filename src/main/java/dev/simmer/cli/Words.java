package dev.simmer.cli;

import dev.simmer.config.DidYouMean;
import dev.simmer.logs.TerminalText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

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
        Words parsed = read(usage, words);
        if (!parsed.has("--help")) {
            parsed.checkOperands(usage);
        }
        return parsed;
    }

    private static Words read(Usage usage, List<String> words) throws CommandRefused {
        ParseResult result;
        try {
            result = commandLine(usage).parseArgs(words.toArray(String[]::new));
        } catch (ParameterException e) {
            throw mistake(usage, e);
        }
        Map<String, List<String>> given = new LinkedHashMap<>();
        for (Option option : usage.options()) {
            OptionSpec matched = result.matchedOption(option.name());
            if (matched != null) {
                List<String> values = matched.stringValues();
                if (values.size() > 1 && !option.many() && !option.isFlag()) {
                    throw wrong(usage, option.name() + " is given twice");
                }
                given.put(option.name(), option.isFlag() ? List.of("") : List.copyOf(values));
            }
        }
        PositionalParamSpec operands = result.matchedPositional(0);
        return new Words(given, operands == null ? List.of() : operands.stringValues());
    }

    /**
     * The command in picocli's programmatic model: annotations are read through proxies, which more
     * than doubles a command's start. Values stay text here; who uses them knows what they mean.
     */
    private static CommandLine commandLine(Usage usage) {
        CommandSpec spec = CommandSpec.create().name(usage.name());
        for (Option option : usage.options()) {
            String[] names = option.names().toArray(String[]::new);
            OptionSpec.Builder builder = OptionSpec.builder(names);
            if (option.isFlag()) {
                builder.arity("0").type(boolean.class);
            } else {
                builder.arity("1").type(List.class).auxiliaryTypes(String.class);
            }
            spec.addOption(builder.build());
        }
        spec.addPositional(
                PositionalParamSpec.builder()
                        .index("0..*")
                        .arity("0..*")
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .build());
        spec.parser()
                .posixClusteredShortOptionsAllowed(true)
                .stopAtPositional(usage.verbatim())
                .overwrittenOptionsAllowed(true)
                .expandAtFiles(false)
                .caseInsensitiveEnumValuesAllowed(false);
        return new CommandLine(spec);
    }

    private static CommandRefused mistake(Usage usage, ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched) {
            return unknown(usage, unmatched.getUnmatched().getFirst());
        }
        // Which option it speaks of: picocli's exceptions do not always carry it.
        Matcher named =
                Pattern.compile("option '(--?[A-Za-z-]+)").matcher(String.valueOf(e.getMessage()));
        Optional<Option> option = named.find() ? usage.option(named.group(1)) : Optional.empty();
        if (option.isEmpty()) {
            return wrong(usage, TerminalText.plain(String.valueOf(e.getMessage())));
        }
        Option known = option.get();
        return wrong(
                usage,
                known.isFlag()
                        ? known.name() + " takes no value"
                        : known.name() + " takes a value: " + known.name() + " " + known.label());
    }

    private static CommandRefused unknown(Usage usage, String word) {
        int equals = word.indexOf('=');
        String name = word.startsWith("--") && equals > 0 ? word.substring(0, equals) : word;
        List<String> names = new ArrayList<>();
        usage.options().forEach(each -> names.addAll(each.names()));
        String near =
                name.length() > 2
                        ? DidYouMean.nearest(name, names)
                                .map(each -> "; did you mean " + each + "?")
                                .orElse("")
                        : "";
        return wrong(usage, "there is no option " + TerminalText.plain(name) + near);
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
}
