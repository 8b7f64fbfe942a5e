package dev.simmer.process;

import dev.simmer.model.Command;
import dev.simmer.model.ExitStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The script that stands between Simmer and a command, and what it writes down.
 *
 * <p>It is handed to {@code sh -c} as text, so that it goes on while Simmer is replaced on disk.
 * Its files are open before it starts: 0 nothing or the input FIFO, 1 output.log, 2 exit, 3 pid. It
 * forks once; the child writes {@code pid}, enters its control group where it has one, leads a new
 * session and becomes the command. It runs in the foreground, since POSIX has an asynchronous list
 * ignore SIGINT and SIGQUIT for ever. The shell's own words on how its child ended ("Killed") go to
 * {@code exit} as well, which tells a command that a signal ended from one that exited with 128 and
 * more.
 *
 * <p>{@code pid} is {@code PID START SHIM}: the main process's id, its start time in clock ticks
 * since boot (field 22 of proc_pid_stat(5)), and the shim's id. The last line of {@code exit} is
 * {@code exit STATUS UPTIME end}, the seconds since boot at which the command ended; the file's
 * time of change is the same by the wall clock. A line without {@code end} is a half-written one.
 * While the disk is full the shim tries again every second.
 */
final class Shim {
    static final String SHELL = "/bin/sh";

    static final String SCRIPT =
            """
            trap : HUP INT QUIT PIPE ALRM TERM USR1 USR2
            (
            read -r pid _ _ shim _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ start _ </proc/self/stat
            echo "$pid $start $shim" >&3
            test -z "$1" || {
            echo 0 >"$1/cgroup.procs" || echo "control group $1 cannot be entered" >"$2"
            } 2>/dev/null
            shift 2
            exec "$@" 2>&1 3>&-
            )
            status=$?
            read -r uptime _ </proc/uptime
            until echo "exit $status $uptime end" >&2
            do
            PATH=/usr/bin:/bin
            sleep 1
            done
            """;

    private static final Pattern EXIT = Pattern.compile("exit (\\d{1,3}) \\S* end");

    /** Fronts of lines that did not fit on the disk, or nothing. */
    private static final Pattern BROKEN = Pattern.compile("[exitnd0-9. ]*");

    private static final Pattern PID = Pattern.compile("(\\d{1,9}) (\\d{1,18}) (\\d{1,9})\\n");

    private Shim() {}

    /**
     * Who runs.
     *
     * @param pid the main process
     * @param startTicks its start time in clock ticks since boot
     * @param shim the shim's process id
     */
    record Ids(int pid, long startTicks, int shim) {
        /** Where that is not known: no process has these, and every process is younger. */
        static final Ids UNKNOWN = new Ids(Integer.MAX_VALUE, 0, Integer.MAX_VALUE);
    }

    /**
     * What {@code sh} is started with.
     *
     * @param isolation how the command comes into a control group
     * @param note the file that tells why it is not
     */
    static List<String> arguments(
            Command command, String setsid, AttemptMemory.Isolation isolation, String note) {
        List<String> arguments = new ArrayList<>();
        arguments.add("sh");
        arguments.add("-c");
        arguments.add(SCRIPT);
        arguments.add("simmer");
        arguments.add(isolation.group());
        arguments.add(note);
        arguments.add(setsid);
        arguments.add("--");
        arguments.addAll(isolation.prefix());
        switch (command) {
            case Command.Shell shell -> {
                arguments.add(SHELL);
                arguments.add("-c");
                arguments.add(shell.line());
            }
            case Command.Exec exec -> arguments.addAll(exec.argv());
        }
        return arguments;
    }

    /** What {@code pid} says; empty while it is not whole. */
    static Optional<Ids> ids(String text) {
        Matcher matcher = PID.matcher(text);
        return matcher.lookingAt()
                ? Optional.of(
                        new Ids(
                                Integer.parseInt(matcher.group(1)),
                                Long.parseLong(matcher.group(2)),
                                Integer.parseInt(matcher.group(3))))
                : Optional.empty();
    }

    /**
     * What {@code exit} says; empty while it is not whole.
     *
     * @param toldOfSignals whether this shell says something about every child that a signal has
     *     ended, SIGINT and SIGPIPE excepted
     */
    static Optional<ExitStatus> exit(String text, boolean toldOfSignals) {
        // The file was made full of line breaks, of which some are left at its end.
        int end = text.stripTrailing().length();
        if (end == text.length()) {
            return Optional.empty();
        }
        // Where the disk was full in the middle of the line, the whole one follows the broken one.
        int start = text.lastIndexOf("exit ", end);
        if (start < 0) {
            return Optional.empty();
        }
        Matcher matcher = EXIT.matcher(text).region(start, end);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int status = Integer.parseInt(matcher.group(1));
        if (status > 255) {
            return Optional.empty();
        }
        int signal = status - 128;
        boolean silent = BROKEN.matcher(text).region(0, start).matches();
        boolean alwaysSilent = signal == 2 || signal == 13;
        boolean signaled =
                signal >= 1 && signal <= 64 && (!silent || alwaysSilent || !toldOfSignals);
        return Optional.of(
                signaled ? new ExitStatus.Signaled(signal) : new ExitStatus.Code(status));
    }
}
