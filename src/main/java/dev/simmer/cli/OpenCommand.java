package dev.simmer.cli;

import dev.simmer.config.DidYouMean;
import dev.simmer.engine.ports.Host;
import dev.simmer.headless.HeadlessOptions;
import dev.simmer.headless.OutputFormat;
import dev.simmer.headless.Selection;
import dev.simmer.logs.TerminalText;
import dev.simmer.model.Durations;
import dev.simmer.model.Limits;
import dev.simmer.model.TaskFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code simmer} without a verb: the dashboard, or with {@code --headless} a run to the end. */
final class RunCommand {
    private static final List<String> HEADLESS_ONLY =
            List.of(
                    "--output",
                    "--grouped",
                    "--fail-fast",
                    "--keep-going",
                    "--parallel",
                    "--timeout",
                    "--junit");

    private final Surroundings around;

    RunCommand(Surroundings around) {
        this.around = around;
    }

    private static CommandSpec spec() {
        CommandSpec spec = CommandLines.command("simmer");
        spec.usageMessage()
                .description(
                        "Runs a workspace's tasks in a full-screen dashboard, or with --headless"
                                + " to",
                        "the end without a terminal. TARGETs are tasks and groups of simmer.yaml;",
                        "what they need runs too. Without any, all tasks that start by themselves.",
                        "")
                .footer(FOOTER);
        spec.addPositional(
                PositionalParamSpec.builder()
                        .paramLabel("TARGET")
                        .arity("0..*")
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .description("Tasks and groups to run.")
                        .build());
        spec.addOption(
                CommandLines.value(
                        "FILE",
                        "The task file; else the nearest simmer.yaml from here upwards.",
                        "-f",
                        "--file"));
        spec.addOption(
                CommandLines.flag("Run to the end without a terminal, then exit.", "--headless"));
        spec.addOption(
                CommandLines.value(
                        "FORMAT",
                        "What to write: prefixed (as lines come), grouped (a task in one block when"
                                + " it ends), quiet (nothing), json (events). Default: prefixed.",
                        "--output"));
        spec.addOption(CommandLines.flag("The same as --output grouped.", "--grouped"));
        spec.addOption(CommandLines.flag("Stop at the first failure.", "--fail-fast"));
        spec.addOption(
                CommandLines.flag(
                        "Go on after a failure with what does not need the failed task (default).",
                        "--keep-going"));
        spec.addOption(
                CommandLines.value(
                        "N", "Run at most N tasks at once; 0: no limit.", "-j", "--parallel"));
        spec.addOption(
                CommandLines.value(
                        "TIME",
                        "Stop everything after this time (90s, 10m, 2h) and exit with 124.",
                        "--timeout"));
        spec.addOption(CommandLines.value("FILE", "Write a JUnit XML report.", "--junit"));
        spec.addOption(CommandLines.flag("Write no colours (also: NO_COLOR=1).", "--no-color"));
        spec.addOption(CommandLines.flag("Show the version.", "-V", "--version"));
        return spec;
    }

    private static final String[] FOOTER = {
        "",
        "Commands:",
        "  check   validate a task file (simmer check --help)",
        "  help    show this, or the help of a command",
        "",
        "Exit codes: 0 all succeeded, 1 a task failed, 2 wrong usage or task file, 124 the time",
        "limit ran out, 130 interrupted (143 by SIGTERM).",
        "",
        "Examples:",
        "  simmer                              the dashboard on this folder's simmer.yaml",
        "  simmer dev checks                   the same, starting these only",
        "  simmer --headless                   run everything, as in CI",
        "  simmer --headless --fail-fast build --timeout 20m --junit target/simmer.xml",
        "  simmer --headless --output json | jq -r 'select(.event == \"task-ended\")'",
        "  simmer -- check                     a task that is named like a command",
    };

    /** Runs the command; the exit code. */
    int run(List<String> args) {
        try {
            Optional<ParseResult> words = CommandLines.parse(spec(), args, around);
            if (words.isEmpty()) {
                return ExitCode.OK;
            }
            if (words.get().hasMatchedOption("--version")) {
                around.say("simmer " + version());
                return ExitCode.OK;
            }
            return words.get().hasMatchedOption("--headless")
                    ? headless(words.get())
                    : dashboard(words.get());
        } catch (CommandRefused e) {
            return e.tell(around);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.FAILED;
        }
    }

    private static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    private int headless(ParseResult words) throws CommandRefused, InterruptedException {
        HeadlessOptions options = options(words);
        Host host = Wiring.host();
        TaskFiles files = new TaskFiles(around);
        TaskFile file = files.load(files.need(file(words)));
        List<String> targets = targets(words);
        List<String> chosen = TaskFiles.choose(file, targets, List.of());
        if (chosen.isEmpty()) {
            throw CommandRefused.usage(
                    "nothing to run: no task of "
                            + file.file()
                            + " starts by itself; name the tasks to run");
        }
        return Wiring.headless(
                host,
                file,
                Selection.of(file, targets, chosen),
                limits(words, file.limits()),
                options,
                around);
    }

    private int dashboard(ParseResult words) throws CommandRefused, InterruptedException {
        for (String option : HEADLESS_ONLY) {
            if (words.hasMatchedOption(option)) {
                throw CommandRefused.usage(option + " is an option of --headless; add that");
            }
        }
        Optional<String> lacking = around.lackOfTerminal();
        if (lacking.isPresent()) {
            // A mistyped word is told of first: with a terminal it would be wrong as well.
            if (!targets(words).isEmpty()) {
                starting(words);
            }
            throw CommandRefused.usage(
                    lacking.get() + "; to run the tasks to their end without one use --headless");
        }
        Host host = Wiring.host();
        Starting starting = starting(words);
        return Wiring.dashboard(
                host,
                starting.file(),
                starting.tasks(),
                words.hasMatchedOption("--no-color"),
                around);
    }

    /** What a dashboard opens with: a task file, where there is one, and what of it starts. */
    private record Starting(Optional<TaskFile> file, List<String> tasks) {}

    private Starting starting(ParseResult words) throws CommandRefused {
        List<String> targets = targets(words);
        TaskFiles files = new TaskFiles(around);
        Optional<Path> found = files.find(file(words));
        if (found.isEmpty() && targets.isEmpty()) {
            return new Starting(Optional.empty(), List.of());
        }
        if (found.isEmpty()) {
            refuseMistypedCommand(targets.getFirst());
        }
        TaskFile file = files.load(files.need(file(words)));
        return new Starting(Optional.of(file), TaskFiles.choose(file, targets, Main.COMMANDS));
    }

    /** Where there is no task file, a word near a command was hardly meant for a task. */
    private static void refuseMistypedCommand(String word) throws CommandRefused {
        Optional<String> near = DidYouMean.nearest(word, Main.COMMANDS);
        if (near.isPresent()) {
            throw CommandRefused.usage(
                    "`"
                            + TerminalText.plain(word)
                            + "` is no task, as there is no simmer.yaml here; did you mean the"
                            + " command `"
                            + near.get()
                            + "`?");
        }
    }

    private static Optional<Path> file(ParseResult words) {
        return CommandLines.text(words, "--file").map(Path::of);
    }

    private static List<String> targets(ParseResult words) {
        return words.matchedPositionalValue(0, List.of());
    }

    private HeadlessOptions options(ParseResult words) throws CommandRefused {
        if (words.hasMatchedOption("--fail-fast") && words.hasMatchedOption("--keep-going")) {
            throw CommandRefused.usage("--fail-fast and --keep-going exclude each other");
        }
        return new HeadlessOptions(
                format(words),
                around.colour() && !words.hasMatchedOption("--no-color"),
                words.hasMatchedOption("--fail-fast"),
                timeout(words),
                CommandLines.text(words, "--junit").map(around.folder()::resolve));
    }

    private static OutputFormat format(ParseResult words) throws CommandRefused {
        Optional<String> word = CommandLines.text(words, "--output");
        if (words.hasMatchedOption("--grouped")) {
            if (word.isPresent() && !word.get().equals("grouped")) {
                throw CommandRefused.usage(
                        "--grouped and --output " + word.get() + " exclude" + " each other");
            }
            return OutputFormat.GROUPED;
        }
        if (word.isEmpty()) {
            return OutputFormat.PREFIXED;
        }
        return OutputFormat.parse(word.get())
                .orElseThrow(() ->
                        CommandRefused.usage(
                                "--output is prefixed, grouped, quiet or json, not " + word.get()));
    }

    private static Optional<Duration> timeout(ParseResult words) throws CommandRefused {
        Optional<String> text = CommandLines.text(words, "--timeout");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<Duration> timeout = Durations.parse(text.get());
        if (timeout.isEmpty() || timeout.get().isZero()) {
            throw CommandRefused.usage(
                    "--timeout is a duration such as 90s, 10m or 2h, not " + text.get());
        }
        return timeout;
    }

    private static Limits limits(ParseResult words, Limits limits) throws CommandRefused {
        Optional<String> text = CommandLines.text(words, "--parallel");
        if (text.isEmpty()) {
            return limits;
        }
        try {
            int parallel = Integer.parseInt(text.get());
            if (parallel >= 0) {
                return new Limits(
                        limits.heavy(), parallel, limits.reserve(), limits.heavyFromBytes());
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw CommandRefused.usage(
                "--parallel is a whole number from 0 (no limit) on, not " + text.get());
    }
}
