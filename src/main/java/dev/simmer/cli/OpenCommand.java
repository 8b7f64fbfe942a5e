package dev.simmer.cli;

import dev.simmer.config.DidYouMean;
import dev.simmer.config.Mistake;
import dev.simmer.config.TaskFileReader;
import dev.simmer.engine.ports.Host;
import dev.simmer.headless.HeadlessOptions;
import dev.simmer.headless.OutputFormat;
import dev.simmer.headless.Selection;
import dev.simmer.logs.TerminalText;
import dev.simmer.model.Limits;
import dev.simmer.model.Request;
import dev.simmer.model.Snapshot;
import dev.simmer.model.TaskFile;
import dev.simmer.model.WorkspaceId;
import dev.simmer.supervisor.SupervisorFailure;
import dev.simmer.supervisor.TaskFilter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code simmer} without a verb: the dashboard, or with {@code --headless} a run to the end. */
final class OpenCommand implements Verb {
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
    private final TaskFiles files;

    OpenCommand(Surroundings around) {
        this.around = around;
        this.files = new TaskFiles(around);
    }

    @Override
    public Usage usage() {
        return Usage.of("simmer", "open the dashboard")
                .about(
                        "Opens a full-screen dashboard on a workspace's tasks, which run in the"
                                + " background",
                        "whether it is open or not; or runs them with --headless to the end"
                                + " without a",
                        "terminal. TARGETs are tasks and groups of simmer.yaml; what they need"
                                + " runs too.",
                        "Without any, all tasks that start by themselves.")
                .operands("[TARGET...]", 0, Integer.MAX_VALUE)
                .value(
                        "FILE",
                        "The task file; else the nearest simmer.yaml from here upwards.",
                        "-f",
                        "--file")
                .value(
                        "NAME",
                        "Name the workspace's present set of tasks; where it has another name, or"
                                + " the name is taken, open the set of that name.",
                        "--session")
                .value("NAME", "Open a named set of tasks again, with its results.", "--resume")
                .flag("Run to the end without a terminal, then exit.", "--headless")
                .value(
                        "FORMAT",
                        "What to write: prefixed (as lines come), grouped (a task in one block when"
                                + " it ends), quiet (nothing), json (events). Default: prefixed.",
                        "--output")
                .flag("The same as --output grouped.", "--grouped")
                .flag("Stop at the first failure.", "--fail-fast")
                .flag(
                        "Go on after a failure with what does not need the failed task (default).",
                        "--keep-going")
                .value("N", "Run at most N tasks at once; 0: no limit.", "-j", "--parallel")
                .value(
                        "TIME",
                        "Stop everything after this time (90s, 10m, 2h) and exit with 124.",
                        "--timeout")
                .value("FILE", "Write a JUnit XML report.", "--junit")
                .flag("Write no colours (also: NO_COLOR=1).", "--no-color")
                .flag("Show the version.", "-V", "--version")
                .notes(
                        "Exit codes: 0 all succeeded, 1 a task failed, 2 wrong usage or task file,",
                        "3 no such task, 4 the supervisor cannot be reached, 124 the time limit ran"
                                + " out,",
                        "130 interrupted (143 by SIGTERM).")
                .example("simmer", "the dashboard on this folder's simmer.yaml")
                .example("simmer dev checks", "the same, starting these only")
                .example("simmer --session login", "the same, and call this set of tasks login")
                .example("simmer --headless", "run everything, as in CI")
                .example("simmer --headless --fail-fast build --timeout 20m --junit out.xml", "")
                .example(
                        "simmer --headless --output json | jq -r 'select(.event =="
                                + " \"task-ended\")'",
                        "")
                .example("simmer -- check", "a task that is named like a command")
                .build();
    }

    @Override
    public int run(Call call) throws CommandRefused, SupervisorFailure, InterruptedException {
        Words words = call.words();
        if (words.has("--version")) {
            around.say("simmer " + Version.text());
            return ExitCode.OK;
        }
        return words.has("--headless") ? headless(words) : dashboard(words);
    }

    private int headless(Words words) throws CommandRefused, InterruptedException {
        if (words.has("--session") || words.has("--resume")) {
            throw CommandRefused.usage(
                    "sessions are the supervisor's; a headless run has none, leave the option out");
        }
        HeadlessOptions options = options(words);
        Host host = Wiring.host();
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

    private static Optional<DashboardOpening.Session> session(Words words) throws CommandRefused {
        if (words.has("--session") && words.has("--resume")) {
            throw CommandRefused.usage("--session and --resume exclude each other");
        }
        Request.SessionChange how =
                words.has("--resume")
                        ? Request.SessionChange.OPEN
                        : Request.SessionChange.NAME_OR_OPEN;
        Optional<String> name = words.text(words.has("--resume") ? "--resume" : "--session");
        if (name.filter(String::isBlank).isPresent()) {
            throw CommandRefused.usage("a session's name is not empty");
        }
        return name.map(text -> new DashboardOpening.Session(text, how));
    }

    private int dashboard(Words words) throws CommandRefused, SupervisorFailure {
        for (String option : HEADLESS_ONLY) {
            if (words.has(option)) {
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
        Optional<DashboardOpening.Session> session = session(words);
        HomeSupervisor supervisor = new HomeSupervisor(around);
        Optional<DashboardOpening> without =
                targets(words).isEmpty()
                        ? withoutFile(file(words), session, words.has("--no-color"), supervisor)
                        : Optional.empty();
        if (without.isPresent()) {
            return without.get().show(around, supervisor);
        }
        Starting starting = starting(words);
        return new DashboardOpening(
                        starting.file(),
                        starting.tasks(),
                        !targets(words).isEmpty(),
                        session,
                        words.has("--no-color"))
                .show(around, supervisor);
    }

    /**
     * A task file with a mistake keeps nobody from the tasks that the supervisor has: the dashboard
     * opens on those, where there are any.
     */
    Optional<DashboardOpening> withoutFile(
            Optional<Path> named,
            Optional<DashboardOpening.Session> session,
            boolean noColour,
            Supervisor supervisor)
            throws CommandRefused, SupervisorFailure {
        Optional<Path> found = files.find(named);
        if (found.isEmpty() || !(files.read(found.get()) instanceof TaskFileReader.Broken broken)) {
            return Optional.empty();
        }
        Path folder = around.folder().resolve(found.get()).toAbsolutePath().normalize().getParent();
        if (folder == null) {
            return Optional.empty();
        }
        Optional<Connection> connection = supervisor.look();
        if (connection.isEmpty()) {
            return Optional.empty();
        }
        WorkspaceId here = new WorkspaceId(folder);
        try (Connection link = connection.get()) {
            Snapshot known = link.snapshot(TaskFilter.of(here));
            if (known.tasks().isEmpty()) {
                return Optional.empty();
            }
            List<String> mistakes = broken.mistakes().stream().map(Mistake::message).toList();
            return Optional.of(
                    new DashboardOpening(
                            Optional.empty(),
                            List.of(),
                            false,
                            session,
                            noColour,
                            Optional.of(
                                    new DashboardOpening.Broken(
                                            here, Here.limits(known, here), mistakes))));
        }
    }

    /** What a dashboard opens with: a task file, where there is one, and what of it starts. */
    private record Starting(Optional<TaskFile> file, List<String> tasks) {}

    private Starting starting(Words words) throws CommandRefused {
        List<String> targets = targets(words);
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
    private void refuseMistypedCommand(String word) throws CommandRefused {
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
        around.complain("simmer: there is no command `" + TerminalText.plain(word) + "`, and");
    }

    private static Optional<Path> file(Words words) {
        return words.text("--file").map(Path::of);
    }

    private static List<String> targets(Words words) {
        return words.operands();
    }

    private HeadlessOptions options(Words words) throws CommandRefused {
        if (words.has("--fail-fast") && words.has("--keep-going")) {
            throw CommandRefused.usage("--fail-fast and --keep-going exclude each other");
        }
        return new HeadlessOptions(
                format(words),
                around.colour() && !words.has("--no-color"),
                words.has("--fail-fast"),
                Values.duration(words, "--timeout"),
                words.text("--junit").map(around.folder()::resolve));
    }

    private static OutputFormat format(Words words) throws CommandRefused {
        Optional<String> word = words.text("--output");
        if (words.has("--grouped")) {
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

    private static Limits limits(Words words, Limits limits) throws CommandRefused {
        Optional<String> text = words.text("--parallel");
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
