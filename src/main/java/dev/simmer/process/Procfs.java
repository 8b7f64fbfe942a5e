package dev.simmer.process;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Reads /proc (proc(5)) without garbage: {@link #stat} fills the fields of this object. Not for use
 * by two threads at once.
 */
final class Procfs implements AutoCloseable {
    private static final byte[] PROC = PathBytes.of("/proc/");
    private static final int DIRENT_LENGTH = 16;
    private static final int DIRENT_NAME = 19;

    private final Posix posix;
    private final MemorySegment bytes;
    private int proc = -1;
    private int[] pids = new int[512];

    int ppid;
    int pgid;
    int sid;
    char state;
    int threads;
    long startTicks;

    /** Processor time of the process and of the children it has waited for, in ticks. */
    long ticks;

    /** Of {@link #ticks} the process's own part. */
    long ownTicks;

    /** Page faults so far, of all threads; without one nothing becomes resident. */
    long faults;

    long rssPages;

    /** What {@link #status} found last: the most that was resident since the program began. */
    long highWaterBytes;

    /** What {@link #shares} found last: resident, and the same with each page divided by users. */
    long residentBytes;

    long proportionalBytes;

    /** What {@link #shares} found last: of the resident that which other processes have too. */
    long commonBytes;

    /** Where the program's code and the first thread's stack begin; 0 or 1 if not for us to see. */
    long startCode;

    long startStack;

    private int at;

    Procfs(Posix posix) {
        this.posix = posix;
        this.bytes = posix.bytes();
    }

    /** How many processes there are; {@link #pid} tells which. */
    int list() {
        if (proc < 0) {
            proc = posix.open("/proc", Posix.O_DIRECTORY);
        } else {
            posix.rewind(proc);
        }
        int count = 0;
        for (int got = posix.entries(proc); got > 0; got = posix.entries(proc)) {
            for (int entry = 0; entry < got; ) {
                int pid = number(entry + DIRENT_NAME);
                if (pid > 0) {
                    if (count == pids.length) {
                        pids = Arrays.copyOf(pids, count * 2);
                    }
                    pids[count++] = pid;
                }
                entry += bytes.get(ValueLayout.JAVA_SHORT, entry + DIRENT_LENGTH);
            }
        }
        return count;
    }

    int pid(int index) {
        return pids[index];
    }

    private int number(int from) {
        int value = 0;
        int i = from;
        int b = bytes.get(ValueLayout.JAVA_BYTE, i);
        while (b >= '0' && b <= '9') {
            value = value * 10 + (b - '0');
            b = bytes.get(ValueLayout.JAVA_BYTE, ++i);
        }
        return b == 0 ? value : 0;
    }

    /** Fills the fields from /proc/PID/stat; false where there is no such process. */
    boolean stat(int pid) {
        int length = posix.readOnce(file(pid, "/stat"));
        if (length <= 0) {
            return false;
        }
        // The name in parentheses may hold anything, parentheses too: look from the end.
        int close = length - 1;
        while (close > 0 && bytes.get(ValueLayout.JAVA_BYTE, close) != ')') {
            close--;
        }
        state = (char) bytes.get(ValueLayout.JAVA_BYTE, close + 2);
        at = close + 4;
        ppid = (int) next();
        pgid = (int) next();
        sid = (int) next();
        skip(3); // tty_nr tpgid flags
        faults = next();
        skip(1); // cminflt
        faults += next();
        skip(1); // cmajflt
        long user = next();
        long system = next();
        ownTicks = user + system;
        ticks = ownTicks + next() + next();
        skip(2); // priority nice
        threads = (int) next();
        skip(1); // itrealvalue
        startTicks = next();
        skip(1); // vsize
        rssPages = next();
        skip(1); // rsslim
        startCode = next();
        skip(1); // endcode
        startStack = next();
        return true;
    }

    /**
     * Fills {@link #highWaterBytes} from /proc/PID/status; false where there is no such process or
     * it has no memory of its own any more.
     */
    boolean status(int pid) {
        int length = posix.readOnce(file(pid, "/status"));
        highWaterBytes = number("VmHWM:", length) << 10;
        return highWaterBytes >= 0;
    }

    /**
     * Fills {@link #residentBytes} and {@link #proportionalBytes} from /proc/PID/smaps_rollup;
     * false where that cannot be read. It walks the process's page tables and holds up its mmap
     * calls meanwhile: milliseconds where gigabytes are resident.
     */
    boolean shares(int pid) {
        int length = posix.readOnce(file(pid, "/smaps_rollup"));
        residentBytes = number("Rss:", length) << 10;
        proportionalBytes = number("Pss:", length) << 10;
        commonBytes = (number("Shared_Clean:", length) + number("Shared_Dirty:", length)) << 10;
        return residentBytes >= 0 && proportionalBytes >= 0 && commonBytes >= 0;
    }

    /** The number that follows a label at the beginning of a line of a file; -1 without one. */
    long number(byte[] file, String label) {
        return number(label, posix.readFile(file, 0));
    }

    private long number(String label, int length) {
        for (int i = 0; i < length - label.length(); i++) {
            if (i > 0 && bytes.get(ValueLayout.JAVA_BYTE, i - 1) != '\n') {
                continue;
            }
            int j = 0;
            while (j < label.length()
                    && bytes.get(ValueLayout.JAVA_BYTE, i + j) == label.charAt(j)) {
                j++;
            }
            if (j == label.length()) {
                at = i + j;
                int b = bytes.get(ValueLayout.JAVA_BYTE, at);
                while (b == ' ' || b == '\t') {
                    b = bytes.get(ValueLayout.JAVA_BYTE, ++at);
                }
                return next();
            }
        }
        return -1;
    }

    /** Whether the process that {@link #stat} found does nothing any more but wait to be reaped. */
    boolean dead() {
        return (state == 'Z' || state == 'X') && threads <= 1;
    }

    private void skip(int fields) {
        for (int i = 0; i < fields; i++) {
            next();
        }
    }

    private long next() {
        int b = bytes.get(ValueLayout.JAVA_BYTE, at);
        boolean negative = b == '-';
        if (negative) {
            b = bytes.get(ValueLayout.JAVA_BYTE, ++at);
        }
        long value = 0;
        while (b >= '0' && b <= '9') {
            value = value * 10 + (b - '0');
            b = bytes.get(ValueLayout.JAVA_BYTE, ++at);
        }
        at++;
        return negative ? -value : value;
    }

    /** The newest process id (the last field of /proc/loadavg); -1 where it cannot be told. */
    int newestPid() {
        int length = posix.readOnce(PathBytes.of("/proc/loadavg"));
        if (length <= 0) {
            return -1;
        }
        int i = length - 1;
        while (i > 0 && bytes.get(ValueLayout.JAVA_BYTE, i - 1) != ' ') {
            i--;
        }
        at = i;
        return (int) next();
    }

    /**
     * Whether the process was started with a variable, given as {@code NAME=value}. False where its
     * environment cannot be read or is longer than the buffer and the variable lies behind.
     */
    boolean environmentHas(int pid, byte[] variable) {
        int length = posix.readFile(file(pid, "/environ"), 0);
        for (int start = 0; start + variable.length <= length; ) {
            int i = 0;
            while (i < variable.length
                    && bytes.get(ValueLayout.JAVA_BYTE, start + i) == variable[i]) {
                i++;
            }
            int end = start + i;
            if (i == variable.length
                    && (end >= length || bytes.get(ValueLayout.JAVA_BYTE, end) == 0)) {
                return true;
            }
            while (end < length && bytes.get(ValueLayout.JAVA_BYTE, end) != 0) {
                end++;
            }
            start = end + 1;
        }
        return false;
    }

    private static byte[] file(int pid, String name) {
        byte[] path = new byte[PROC.length + 10 + name.length()];
        System.arraycopy(PROC, 0, path, 0, PROC.length);
        int digits = PROC.length;
        for (int rest = pid; rest > 0; rest /= 10) {
            digits++;
        }
        int i = digits;
        for (int rest = pid; rest > 0; rest /= 10) {
            path[--i] = (byte) ('0' + rest % 10);
        }
        for (int j = 0; j < name.length(); j++) {
            path[digits + j] = (byte) name.charAt(j);
        }
        return Arrays.copyOf(path, digits + name.length());
    }

    @Override
    public void close() {
        if (proc >= 0) {
            posix.close(proc);
            proc = -1;
        }
    }
}
