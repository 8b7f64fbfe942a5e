package dev.simmer.process;

import dev.simmer.engine.ports.Launch;
import dev.simmer.model.CallerEnvironment;
import dev.simmer.model.Command;
import dev.simmer.model.ShellQuote;
import dev.simmer.model.StartFailure;
import dev.simmer.model.TaskSpec;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/**
 * Starts shims by posix_spawn(3): a vfork, so that the size of this process does not matter, and no
 * program between. Safe for all threads, each with a {@link Posix} of its own.
 */
final class Spawner {
    private static final MemorySegment SPAWN = Posix.function("posix_spawn");
    private static final MemorySegment ACTIONS_INIT =
            Posix.function("posix_spawn_file_actions_init");
    private static final MemorySegment ACTIONS_DESTROY =
            Posix.function("posix_spawn_file_actions_destroy");
    private static final MemorySegment ADD_OPEN =
            Posix.function("posix_spawn_file_actions_addopen");
    private static final MemorySegment ADD_CHDIR =
            Posix.function("posix_spawn_file_actions_addchdir_np");

    /** glibc from 2.34; elsewhere it must do that everything here is opened close-on-exec. */
    private static final Optional<MemorySegment> ADD_CLOSE_FROM =
            Posix.find("posix_spawn_file_actions_addclosefrom_np");

    /** The size of a terminal whose caller says nothing of its own. */
    private static final int USUAL_ROWS = 24;

    private static final int USUAL_COLUMNS = 80;
    private static final Pattern EXTENT = Pattern.compile("[1-9]\\d{0,3}");

    private static final byte[] NOTHING = PathBytes.of("/dev/null");
    private static final int FILE_MODE = 0600;

    /** How many callers' environments are kept ready. */
    private static final int CALLERS = 16;

    private static final int ACTIONS_BYTES = 256;
    private static final int ATTRIBUTES_BYTES = 1024;
    private static final int SIGNAL_SET_BYTES = 128;
    private static final short SETSIGDEF = 0x04;
    private static final short SETSIGMASK = 0x08;
    private static final short SETSID = 0x80;

    /** Guards this process's RLIMIT_RTTIME between marking, spawning and taking it back. */
    private static final ReentrantLock MARKING = new ReentrantLock();

    private static final List<String> SETSID_PLACES =
            List.of("/usr/bin/setsid", "/bin/setsid", "/usr/local/bin/setsid");

    private static final List<String> SCRIPT_PLACES = List.of("/usr/bin/script", "/bin/script");

    /** What a readiness command carries. */
    static final String PROBE_VARIABLE = "SIMMER_PROBE";

    private final Environment own;
    private final Map<CallerEnvironment, Environment> callers = new LinkedHashMap<>();
    private final MemorySegment attributes;
    private final MemorySegment shell;
    private final Optional<String> setsid;
    private final Optional<String> script;

    Spawner(Environment environment) {
        this.own = environment;
        this.setsid = first(SETSID_PLACES);
        this.script = first(SCRIPT_PLACES);
        Arena arena = Arena.global();
        shell = arena.allocateFrom(Shim.SHELL);
        attributes = attributes(arena);
    }

    /** What a task inherits. */
    private Environment inherited(TaskSpec spec) {
        if (spec.inherited().isEmpty()) {
            return own;
        }
        synchronized (callers) {
            if (callers.size() > CALLERS) {
                callers.clear();
            }
            return callers.computeIfAbsent(
                    spec.inherited().get(), caller -> Environment.of(caller.variables()));
        }
    }

    private static Optional<String> first(List<String> places) {
        return places.stream().filter(place -> Files.exists(Path.of(place))).findFirst();
    }

    private static MemorySegment attributes(Arena arena) {
        Posix posix = new Posix();
        MemorySegment attributes = arena.allocate(ATTRIBUTES_BYTES, 16);
        MemorySegment none = arena.allocate(SIGNAL_SET_BYTES, 16);
        MemorySegment all = arena.allocate(SIGNAL_SET_BYTES, 16);
        all.set(ValueLayout.JAVA_LONG, 0, -1);
        long at = attributes.address();
        posix.raw(Posix.function("posix_spawnattr_init"), at, 0, 0, 0, 0, 0, 0);
        posix.raw(
                Posix.function("posix_spawnattr_setflags"),
                at,
                SETSIGDEF | SETSIGMASK | SETSID,
                0,
                0,
                0,
                0,
                0);
        posix.raw(Posix.function("posix_spawnattr_setsigmask"), at, none.address(), 0, 0, 0, 0, 0);
        posix.raw(
                Posix.function("posix_spawnattr_setsigdefault"), at, all.address(), 0, 0, 0, 0, 0);
        return attributes;
    }

    /** A file that is open when the program starts; the first is descriptor 0. */
    private static final class Opening {
        private final byte[] file;
        private final int flags;

        private Opening(byte[] file, int flags) {
            this.file = file;
            this.flags = flags;
        }
    }

    /** What came of a start. */
    sealed interface Result {
        /** The shim runs. */
        record Started(int shim) implements Result {}

        /** Nothing runs, and nothing is left on disk. */
        record Failed(StartFailure failure) implements Result {}
    }

    Result spawn(
            Launch launch,
            RunFolder folder,
            AttemptMemory memory,
            Adoption before,
            long marker,
            Hands hands) {
        Posix posix = hands.posix;
        TaskSpec spec = launch.spec();
        Environment inherited = inherited(spec);
        Map<String, String> variables = variables(launch, folder);
        Optional<StartFailure> failure =
                StartChecks.before(
                        launch, variables, variables.getOrDefault("PATH", inherited.path()), posix);
        if (failure.isEmpty()) {
            failure = missingTool(spec);
        }
        if (failure.isPresent()) {
            return new Result.Failed(failure.get());
        }
        int made = folder.make(spec.takesInput(), posix);
        if (made == -Posix.EEXIST && folder.isBlank(posix) && !before.anyLives(hands)) {
            // What a start has left that never came to its end.
            folder.removeAll();
            made = folder.make(spec.takesInput(), posix);
        }
        if (made < 0) {
            if (made != -Posix.EEXIST && made != -Posix.ELOOP) {
                folder.removeAll();
            }
            return new Result.Failed(StartChecks.files(launch.folder(), -made));
        }
        AttemptMemory.Isolation isolation = memory.prepare(hands);
        int create = Posix.O_WRONLY | Posix.O_CREAT | Posix.O_APPEND;
        create |= Posix.O_EXCL | Posix.O_NOFOLLOW;
        int own = Posix.O_NOFOLLOW;
        byte[] input = spec.takesInput() ? folder.file(RunFolder.INPUT) : NOTHING;
        int pid =
                spawn(
                        Shim.arguments(
                                command(spec, inherited),
                                setsid.orElseThrow(),
                                isolation,
                                folder.path().resolve(RunFolder.ISOLATION).toString()),
                        inherited,
                        variables,
                        List.of(
                                new Opening(input, Posix.O_RDWR | own),
                                new Opening(folder.file(RunFolder.LOG), create),
                                new Opening(folder.file(RunFolder.EXIT), Posix.O_WRONLY | own),
                                new Opening(folder.file(RunFolder.PID), Posix.O_WRONLY | own)),
                        spec.cwd(),
                        marker,
                        posix);
        if (pid < 0) {
            StartFailure why = StartChecks.spawning(launch, -pid);
            memory.release();
            folder.removeAll();
            return new Result.Failed(why);
        }
        memory.begun(hands);
        return new Result.Started(pid);
    }

    /**
     * Starts a readiness command; its process id, or the negated errno.
     *
     * @param name what {@link #PROBE_VARIABLE} says
     */
    int spawnProbe(String line, Launch launch, Path name, long marker, Posix posix) {
        Map<String, String> variables = variables(launch, new RunFolder(launch.folder()));
        variables.put(PROBE_VARIABLE, name.toString());
        Opening nothing = new Opening(NOTHING, Posix.O_RDWR);
        return spawn(
                List.of("sh", "-c", line),
                inherited(launch.spec()),
                variables,
                List.of(nothing, nothing, nothing),
                launch.spec().cwd(),
                marker,
                posix);
    }

    private Optional<StartFailure> missingTool(TaskSpec spec) {
        boolean missesScript = spec.tty() && script.isEmpty();
        if (setsid.isPresent() && !missesScript) {
            return Optional.empty();
        }
        return Optional.of(
                new StartFailure(
                        StartFailure.Cause.NO_SUCH_COMMAND,
                        missesScript
                                ? "there is no /usr/bin/script, which a task with tty: true is"
                                        + " started by; install util-linux"
                                : "there is no /usr/bin/setsid, which every task is started by;"
                                        + " install util-linux"));
    }

    /** What the shim starts: the command, or what gives it a terminal. */
    private Command command(TaskSpec spec, Environment inherited) {
        if (!spec.tty()) {
            return spec.command();
        }
        String words =
                switch (spec.command()) {
                    case Command.Shell(String line) -> line;
                    case Command.Exec exec -> "exec " + exec.text();
                };
        // script(1) runs its command by $SHELL; the command itself sees the variable as it was.
        String shell =
                Optional.ofNullable(spec.env().get("SHELL"))
                        .or(() -> inherited.get("SHELL"))
                        .map(value -> "SHELL=" + ShellQuote.quote(value))
                        .orElse("unset SHELL");
        // A new terminal has no size, and what draws on it would draw nothing.
        String size =
                "stty rows %d cols %d 2>/dev/null"
                        .formatted(
                                extent("LINES", USUAL_ROWS, spec, inherited),
                                extent("COLUMNS", USUAL_COLUMNS, spec, inherited));
        return new Command.Exec(
                List.of(
                        "/usr/bin/env",
                        "SHELL=" + Shim.SHELL,
                        script.orElseThrow(),
                        "-qefc",
                        shell + "\n" + size + "\n" + words,
                        "/dev/null"));
    }

    /** A terminal's rows or columns: what the variable says, if that is a number of them. */
    private static int extent(String variable, int usual, TaskSpec spec, Environment inherited) {
        return Optional.ofNullable(spec.env().get(variable))
                .or(() -> inherited.get(variable))
                .filter(text -> EXTENT.matcher(text).matches())
                .map(Integer::parseInt)
                .orElse(usual);
    }

    /**
     * What a task has on top of what it inherits. Each of these also takes the place of what a task
     * around this Simmer, or around its caller, has left in the environment.
     */
    static Map<String, String> variables(Launch launch, RunFolder folder) {
        TaskSpec spec = launch.spec();
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("PWD", spec.cwd().toString());
        variables.putAll(spec.env());
        variables.put("SIMMER_TASK", spec.name());
        variables.put("SIMMER_ID", launch.id().task().toString());
        variables.put("SIMMER_ATTEMPT", Integer.toString(launch.id().number()));
        variables.put("SIMMER_WORKSPACE", spec.workspace().toString());
        variables.put("TMPDIR", folder.tmp().toString());
        return variables;
    }

    private int spawn(
            List<String> arguments,
            Environment inherited,
            Map<String, String> variables,
            List<Opening> openings,
            Path cwd,
            long marker,
            Posix posix) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment argv = arena.allocate(ValueLayout.ADDRESS, arguments.size() + 1L);
            for (int i = 0; i < arguments.size(); i++) {
                argv.setAtIndex(ValueLayout.ADDRESS, i, arena.allocateFrom(arguments.get(i)));
            }
            MemorySegment envp = inherited.block(variables, arena);
            MemorySegment actions = arena.allocate(ACTIONS_BYTES, 16);
            long at = actions.address();
            posix.raw(ACTIONS_INIT, at, 0, 0, 0, 0, 0, 0);
            for (int fd = 0; fd < openings.size(); fd++) {
                Opening opening = openings.get(fd);
                long file = cString(opening.file, arena).address();
                posix.raw(ADD_OPEN, at, fd, file, opening.flags, FILE_MODE, 0, 0);
            }
            long folder = cString(PathBytes.of(cwd), arena).address();
            posix.raw(ADD_CHDIR, at, folder, 0, 0, 0, 0, 0);
            if (ADD_CLOSE_FROM.isPresent()) {
                posix.raw(ADD_CLOSE_FROM.get(), at, openings.size(), 0, 0, 0, 0, 0);
            }
            MemorySegment pid = arena.allocate(ValueLayout.JAVA_INT);
            int error;
            MARKING.lock();
            try {
                long before = posix.softRealTimeLimit(0);
                posix.setSoftRealTimeLimit(marker);
                error =
                        (int)
                                posix.raw(
                                        SPAWN,
                                        pid.address(),
                                        shell.address(),
                                        at,
                                        attributes.address(),
                                        argv.address(),
                                        envp.address(),
                                        0);
                posix.setSoftRealTimeLimit(before);
            } finally {
                MARKING.unlock();
                Reference.reachabilityFence(inherited);
            }
            posix.raw(ACTIONS_DESTROY, at, 0, 0, 0, 0, 0, 0);
            return error == 0 ? pid.get(ValueLayout.JAVA_INT, 0) : -error;
        }
    }

    private static MemorySegment cString(byte[] text, Arena arena) {
        MemorySegment segment = arena.allocate(text.length + 1L);
        MemorySegment.copy(text, 0, segment, ValueLayout.JAVA_BYTE, 0, text.length);
        return segment;
    }
}
