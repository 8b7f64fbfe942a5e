package dev.simmer.process;

import dev.simmer.engine.ports.Launch;
import dev.simmer.model.StartFailure;
import dev.simmer.model.TaskSpec;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

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

    private final Environment environment;
    private final MemorySegment attributes;
    private final MemorySegment shell;
    private final Optional<String> setsid;
    private final String path;

    Spawner(Environment environment) {
        this.environment = environment;
        this.path = environment.get("PATH").orElse("/usr/bin:/bin");
        this.setsid = SETSID_PLACES.stream().filter(at -> Files.exists(Path.of(at))).findFirst();
        Arena arena = Arena.global();
        shell = arena.allocateFrom(Shim.SHELL);
        attributes = attributes(arena);
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

    /** What came of a start. */
    sealed interface Result {
        /** The shim runs. */
        record Started(int shim) implements Result {}

        /** Nothing runs, and nothing is left on disk. */
        record Failed(StartFailure failure) implements Result {}
    }

    Result spawn(Launch launch, RunFolder folder, long marker, Posix posix) {
        TaskSpec spec = launch.spec();
        Map<String, String> variables = variables(launch, folder);
        Optional<StartFailure> failure =
                StartChecks.before(launch, variables, variables.getOrDefault("PATH", path), posix);
        if (failure.isEmpty() && setsid.isEmpty()) {
            failure =
                    Optional.of(
                            new StartFailure(
                                    StartFailure.Cause.NO_SUCH_COMMAND,
                                    "there is no /usr/bin/setsid, which every task is started by;"
                                            + " install util-linux"));
        }
        if (failure.isPresent()) {
            return new Result.Failed(failure.get());
        }
        int made = folder.make(spec.input(), posix);
        if (made < 0) {
            if (made != -Posix.EEXIST && made != -Posix.ELOOP) {
                folder.removeAll();
            }
            return new Result.Failed(StartChecks.files(launch.folder(), -made));
        }
        int pid =
                spawn(
                        Shim.arguments(spec.command(), setsid.orElseThrow()),
                        variables,
                        folder,
                        spec,
                        marker,
                        posix);
        if (pid < 0) {
            StartFailure why = StartChecks.spawning(launch, -pid);
            folder.removeAll();
            return new Result.Failed(why);
        }
        return new Result.Started(pid);
    }

    /** What a task has on top of what Simmer has. */
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
            Map<String, String> variables,
            RunFolder folder,
            TaskSpec spec,
            long marker,
            Posix posix) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment argv = arena.allocate(ValueLayout.ADDRESS, arguments.size() + 1L);
            for (int i = 0; i < arguments.size(); i++) {
                argv.setAtIndex(ValueLayout.ADDRESS, i, arena.allocateFrom(arguments.get(i)));
            }
            MemorySegment envp = environment.block(variables, arena);
            MemorySegment actions = arena.allocate(ACTIONS_BYTES, 16);
            long at = actions.address();
            posix.raw(ACTIONS_INIT, at, 0, 0, 0, 0, 0, 0);
            byte[] input = spec.input() ? folder.file(RunFolder.INPUT) : PathBytes.of("/dev/null");
            int create = Posix.O_WRONLY | Posix.O_CREAT | Posix.O_APPEND;
            open(at, 0, input, Posix.O_RDWR, arena, posix);
            open(at, 1, folder.file(RunFolder.LOG), create, arena, posix);
            open(at, 2, folder.file(RunFolder.EXIT), create, arena, posix);
            open(at, 3, folder.file(RunFolder.PID), create, arena, posix);
            long cwd = cString(PathBytes.of(spec.cwd()), arena).address();
            posix.raw(ADD_CHDIR, at, cwd, 0, 0, 0, 0, 0);
            if (ADD_CLOSE_FROM.isPresent()) {
                posix.raw(ADD_CLOSE_FROM.get(), at, 4, 0, 0, 0, 0, 0);
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
            }
            posix.raw(ACTIONS_DESTROY, at, 0, 0, 0, 0, 0, 0);
            return error == 0 ? pid.get(ValueLayout.JAVA_INT, 0) : -error;
        }
    }

    private static void open(
            long actions, int fd, byte[] file, int flags, Arena arena, Posix posix) {
        int only = (flags & Posix.O_CREAT) != 0 ? Posix.O_EXCL | Posix.O_NOFOLLOW : 0;
        posix.raw(ADD_OPEN, actions, fd, cString(file, arena).address(), flags | only, 0600, 0, 0);
    }

    private static MemorySegment cString(byte[] text, Arena arena) {
        MemorySegment segment = arena.allocate(text.length + 1L);
        MemorySegment.copy(text, 0, segment, ValueLayout.JAVA_BYTE, 0, text.length);
        return segment;
    }
}
