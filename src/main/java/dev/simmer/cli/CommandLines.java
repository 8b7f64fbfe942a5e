package dev.simmer.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * What all commands share in reading their words. The commands describe themselves through
 * picocli's programmatic model: annotations are read through proxies, which more than doubles the
 * start.
 */
final class CommandLines {
    private CommandLines() {}

    /** An empty command with a {@code --help} option. */
    static CommandSpec command(String name) {
        CommandSpec spec = CommandSpec.create().name(name);
        spec.addOption(
                OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Show this help.")
                        .build());
        spec.usageMessage().width(92).sortOptions(false).abbreviateSynopsis(false);
        return spec;
    }

    /** An option without a value. */
    static OptionSpec flag(String description, String... names) {
        return OptionSpec.builder(names[0], rest(names)).description(description).build();
    }

    /** An option with one value. */
    static OptionSpec value(String label, String description, String... names) {
        return OptionSpec.builder(names[0], rest(names))
                .paramLabel(label)
                .arity("1")
                .type(String.class)
                .description(description)
                .build();
    }

    private static String[] rest(String... names) {
        return List.of(names).subList(1, names.length).toArray(String[]::new);
    }

    /**
     * Reads the words; help is answered here.
     *
     * @return empty where help was asked for and given
     */
    static Optional<ParseResult> parse(CommandSpec spec, List<String> words, Surroundings around)
            throws CommandRefused {
        CommandLine line = new CommandLine(spec);
        line.setPosixClusteredShortOptionsAllowed(true);
        try {
            ParseResult result = line.parseArgs(words.toArray(String[]::new));
            if (result.isUsageHelpRequested()) {
                StringWriter text = new StringWriter();
                line.usage(new PrintWriter(text), Ansi.OFF);
                around.say(text.toString().stripTrailing());
                return Optional.empty();
            }
            return Optional.of(result);
        } catch (ParameterException e) {
            throw new CommandRefused(
                    ExitCode.USAGE,
                    List.of(
                            "simmer: " + e.getMessage(),
                            "Try `" + spec.qualifiedName() + " --help`."));
        }
    }

    /** An option's value, where it was given. */
    static Optional<String> text(ParseResult words, String option) {
        return Optional.ofNullable(words.matchedOptionValue(option, (String) null));
    }
}
