package dev.simmer.cli;

import java.util.List;
import java.util.Optional;

/** A command cannot be carried out; ends it with messages for people and an exit code. */
final class CommandRefused extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<String> lines;
    private final int exitCode;

    CommandRefused(int exitCode, List<String> lines) {
        super(String.join("\n", lines), null, false, false);
        this.exitCode = exitCode;
        this.lines = List.copyOf(lines);
    }

    /** Wrong usage or a wrong task file. */
    static CommandRefused usage(String line) {
        return new CommandRefused(ExitCode.USAGE, List.of("simmer: " + line));
    }

    /** Several as one, with the largest exit code; empty where there are none. */
    static Optional<CommandRefused> all(List<CommandRefused> several) {
        return several.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new CommandRefused(
                                several.stream().mapToInt(each -> each.exitCode).max().getAsInt(),
                                several.stream().flatMap(each -> each.lines.stream()).toList()));
    }

    /** The messages as one, without the program's name. */
    String why() {
        return String.join(
                "; ", lines.stream().map(line -> line.replaceFirst("^simmer: ", "")).toList());
    }

    /** Writes the messages to standard error; the exit code. */
    int tell(Surroundings around) {
        lines.forEach(around::complain);
        return exitCode;
    }
}
