package dev.simmer.process;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * Linux's calls, through the foreign function interface. Not for use by two threads at once: every
 * thread has its own.
 *
 * <p>All functions are called through one method handle that takes seven longs and the function's
 * address, since binding a handle costs milliseconds and integers and pointers travel in the same
 * registers on x86-64 and aarch64 (System V ABI, AAPCS64). A function that takes fewer arguments
 * does not look at the rest.
 *
 * <p>Every method returns what the call returned, or the negated {@code errno}; none throws.
 */
final class Posix {
    static final int EPERM = 1;
    static final int ENOENT = 2;
    static final int ESRCH = 3;
    static final int EINTR = 4;
    static final int ENXIO = 6;
    static final int E2BIG = 7;
    static final int ENOEXEC = 8;
    static final int EAGAIN = 11;
    static final int ENOMEM = 12;
    static final int EACCES = 13;
    static final int EEXIST = 17;
    static final int ENODEV = 19;
    static final int ENOTDIR = 20;
    static final int EINVAL = 22;
    static final int ENFILE = 23;
    static final int EMFILE = 24;
    static final int ENOSPC = 28;
    static final int EROFS = 30;
    static final int ENAMETOOLONG = 36;
    static final int ENOSYS = 38;
    static final int ELOOP = 40;
    static final int EOPNOTSUPP = 95;
    static final int EDQUOT = 122;

    private static final boolean ARM = System.getProperty("os.arch", "").equals("aarch64");

    static final int O_RDONLY = 0;
    static final int O_WRONLY = 1;
    static final int O_RDWR = 2;
    static final int O_CREAT = 0x40;
    static final int O_EXCL = 0x80;
    static final int O_APPEND = 0x400;
    static final int O_NONBLOCK = 0x800;
    static final int O_CLOEXEC = 0x80000;
    static final int O_DIRECTORY = ARM ? 0x4000 : 0x10000;
    static final int O_NOFOLLOW = ARM ? 0x8000 : 0x20000;

    static final int X_OK = 1;

    /** The part of {@link #mode} that tells what a file is, and its values. */
    static final int S_IFMT = 0170000;

    static final int S_IFIFO = 0010000;
    static final int S_IFDIR = 0040000;
    static final int S_IFREG = 0100000;
    static final int S_IFLNK = 0120000;

    static final int SEEK_END = 2;
    static final int SEEK_SET = 0;
    static final int SEEK_DATA = 3;
    static final int RLIMIT_RTTIME = 15;
    static final long RLIM_INFINITY = -1;

    /** How many bytes {@link #bytes} can hold. */
    static final int BUFFER_BYTES = 1 << 16;

    private static final int SYS_GETDENTS64 = ARM ? 61 : 217;
    private static final int SYS_STATX = ARM ? 291 : 332;
    private static final int SYS_PIDFD_SEND_SIGNAL = 424;
    private static final int SYS_PIDFD_OPEN = 434;
    private static final int EPOLL_CLOEXEC = 0x80000;
    private static final int EPOLL_CTL_ADD = 1;
    private static final int EPOLLIN = 1;
    private static final int EPOLLONESHOT = 1 << 30;
    private static final int EVENT_BYTES = ARM ? 16 : 12;
    private static final int EVENT_KEY = ARM ? 8 : 4;
    private static final int EVENTS = 64;
    private static final int WNOHANG = 1;

    /** struct rusage, getrusage(2): two times, then ru_maxrss in kilobytes. */
    private static final int RUSAGE_BYTES = 144;

    private static final int RUSAGE_MAXRSS = 32;
    private static final int POLLIN = 1;
    private static final int IN_MODIFY = 2;

    /** IN_ONESHOT and IN_DONT_FOLLOW. */
    private static final int IN_ONCE = 0x82000000;

    private static final int SC_PAGESIZE = 30;
    private static final int AT_FDCWD = -100;
    private static final int AT_SYMLINK_NOFOLLOW = 0x100;
    private static final int STATX_BASIC_STATS = 0x7ff;
    private static final int FALLOC_KEEP_SIZE = 1;
    private static final int FALLOC_PUNCH_HOLE = 2;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout CAPTURE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO =
            CAPTURE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    @SuppressWarnings("restricted") // Native calls are this class's purpose.
    private static final MethodHandle CALL =
            LINKER.downcallHandle(
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_LONG),
                    Linker.Option.captureCallState("errno"));

    private static final MemorySegment SYSCALL = function("syscall");
    private static final MemorySegment OPEN = function("open");
    private static final MemorySegment READ = function("read");
    private static final MemorySegment CLOSE = function("close");
    private static final MemorySegment WRITE = function("write");
    private static final MemorySegment LSEEK = function("lseek");
    private static final MemorySegment PWRITE = function("pwrite");
    private static final MemorySegment GETEUID = function("geteuid");
    private static final MemorySegment FALLOCATE = function("fallocate");
    private static final MemorySegment MKDIR = function("mkdir");
    private static final MemorySegment MKFIFO = function("mkfifo");
    private static final MemorySegment ACCESS = function("access");
    private static final MemorySegment KILL = function("kill");
    private static final MemorySegment GETSID = function("getsid");
    private static final MemorySegment WAIT4 = function("wait4");
    private static final MemorySegment PRLIMIT = function("prlimit");
    private static final MemorySegment SYSCONF = function("sysconf");
    private static final MemorySegment EPOLL_CREATE = function("epoll_create1");
    private static final MemorySegment EPOLL_CTL = function("epoll_ctl");
    private static final MemorySegment EPOLL_WAIT = function("epoll_wait");
    private static final MemorySegment INOTIFY_INIT = function("inotify_init1");
    private static final MemorySegment INOTIFY_ADD = function("inotify_add_watch");
    private static final MemorySegment INOTIFY_REMOVE = function("inotify_rm_watch");
    private static final MemorySegment POLL = function("poll");
    private static final MemorySegment EVENTFD = function("eventfd");
    private static final MemorySegment EVENTFD_WRITE = function("eventfd_write");

    private final MemorySegment errno;
    private final MemorySegment path;
    private final MemorySegment buffer;
    private final MemorySegment small;
    private final long pathAddress;
    private final long bufferAddress;
    private final long smallAddress;
    private final MemorySegment status;
    private final MemorySegment rusage;

    /**
     * Of the child that {@link #reap} or {@link #reapBlocking} reaped last: the most that it, or
     * one of the descendants that have been waited for, had resident at once (ru_maxrss,
     * getrusage(2)). Where it was spawned by a vfork that is not less than what this process had
     * itself: a program that begins keeps the high-water mark of the memory that it leaves.
     */
    long maxResidentBytes;

    /** What {@link #stat} looked at last: kind and permissions. */
    int mode;

    /** What {@link #stat} looked at last: its owner. */
    int uid;

    /** What {@link #stat} looked at last: its length in bytes. */
    long size;

    /** What {@link #stat} looked at last: what it takes on the disk, in bytes. */
    long allocated;

    /** What {@link #stat} looked at last: when its content was changed. */
    Instant modified = Instant.EPOCH;

    Posix() {
        Arena arena = Arena.ofAuto();
        errno = arena.allocate(CAPTURE);
        path = arena.allocate(4097);
        buffer = arena.allocate(BUFFER_BYTES, 16);
        small = arena.allocate(64, 16);
        status = arena.allocate(256, 16);
        rusage = arena.allocate(RUSAGE_BYTES, 16);
        pathAddress = path.address();
        bufferAddress = buffer.address();
        smallAddress = small.address();
    }

    /** The address of a function of the C library that every supported one has. */
    static MemorySegment function(String name) {
        return find(name)
                .orElseThrow(() ->
                        new UnsupportedOperationException(
                                "this C library has no " + name + "; Simmer runs on Linux only"));
    }

    static Optional<MemorySegment> find(String name) {
        return LINKER.defaultLookup().find(name);
    }

    /** Calls a function; the value is as the function returned it, {@code errno} unlooked at. */
    long raw(MemorySegment function, long a, long b, long c, long d, long e, long f, long g) {
        try {
            return (long) CALL.invokeExact(function, errno, a, b, c, d, e, f, g);
        } catch (Throwable t) {
            throw new AssertionError("a native call threw", t);
        }
    }

    private long call(MemorySegment function, long a, long b, long c, long d) {
        long result = raw(function, a, b, c, d, 0, 0, 0);
        return result == -1 || (int) result == -1 ? -(int) ERRNO.get(errno, 0L) : result;
    }

    /** As {@link #call}, for what returns an offset. */
    private long callLong(MemorySegment function, long a, long b, long c, long d) {
        long result = raw(function, a, b, c, d, 0, 0, 0);
        return result == -1 ? -(int) ERRNO.get(errno, 0L) : result;
    }

    /** What {@link #read} has read last. */
    MemorySegment bytes() {
        return buffer;
    }

    int open(String file, int flags) {
        return open(PathBytes.of(file), flags);
    }

    int open(byte[] file, int flags) {
        return put(file) ? (int) call(OPEN, pathAddress, flags | O_CLOEXEC, 0, 0) : -ENAMETOOLONG;
    }

    /** Opens a file for writing, and makes it, mode 0600, where there is none. */
    int create(byte[] file) {
        int flags = O_WRONLY | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
        return put(file) ? (int) call(OPEN, pathAddress, flags, 0600, 0) : -ENAMETOOLONG;
    }

    /**
     * Makes a file, mode 0600, that holds so many line breaks.
     *
     * @param bytes at most {@link #BUFFER_BYTES}
     * @return 0 or the negated errno; where it failed the file may be there
     */
    int createBlank(byte[] file, int bytes) {
        if (!put(file)) {
            return -ENAMETOOLONG;
        }
        int flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC;
        int fd = (int) call(OPEN, pathAddress, flags, 0600, 0);
        if (fd < 0) {
            return fd;
        }
        buffer.asSlice(0, bytes).fill((byte) '\n');
        long written = call(WRITE, fd, bufferAddress, bytes, 0);
        close(fd);
        return written == bytes ? 0 : written < 0 ? (int) written : -ENOSPC;
    }

    /** Reads up to {@link #BUFFER_BYTES} into {@link #bytes}. */
    int read(int fd) {
        return read(fd, 0);
    }

    int read(int fd, int offset) {
        return (int) call(READ, fd, bufferAddress + offset, BUFFER_BYTES - offset, 0);
    }

    /** Reads a small file whole into {@link #bytes}; a longer one up to the buffer's size. */
    int readFile(byte[] file, int flags) {
        int fd = open(file, flags | O_RDONLY);
        if (fd < 0) {
            return fd;
        }
        int total = 0;
        int got = 1;
        while (got > 0 && total < BUFFER_BYTES) {
            got = read(fd, total);
            total += Math.max(0, got);
        }
        close(fd);
        return got < 0 ? got : total;
    }

    /** One read of a small file, for files that come whole in one. */
    int readOnce(byte[] file) {
        int fd = open(file, O_RDONLY);
        if (fd < 0) {
            return fd;
        }
        int got = read(fd);
        close(fd);
        return got;
    }

    void close(int fd) {
        call(CLOSE, fd, 0, 0, 0);
    }

    /**
     * Looks at a file, following no link at its end: {@link #mode} and its neighbours; 0 or errno.
     */
    int stat(byte[] file) {
        if (!put(file)) {
            return -ENAMETOOLONG;
        }
        long failed =
                raw(
                        SYSCALL,
                        SYS_STATX,
                        AT_FDCWD,
                        pathAddress,
                        AT_SYMLINK_NOFOLLOW,
                        STATX_BASIC_STATS,
                        status.address(),
                        0);
        if ((int) failed == -1) {
            return -(int) ERRNO.get(errno, 0L);
        }
        // struct statx, statx(2)
        uid = status.get(ValueLayout.JAVA_INT, 20);
        mode = status.get(ValueLayout.JAVA_SHORT, 28) & 0xffff;
        size = status.get(ValueLayout.JAVA_LONG, 40);
        allocated = 512 * status.get(ValueLayout.JAVA_LONG, 48);
        modified =
                Instant.ofEpochSecond(
                        status.get(ValueLayout.JAVA_LONG, 112),
                        status.get(ValueLayout.JAVA_INT, 120));
        return 0;
    }

    /** What sort of file {@link #stat} looked at. */
    int kind() {
        return mode & S_IFMT;
    }

    /** Whom this process acts as. */
    int user() {
        return (int) raw(GETEUID, 0, 0, 0, 0, 0, 0, 0);
    }

    /** lseek(2): the new offset, or the negated errno. */
    long seek(int fd, long offset, int whence) {
        return callLong(LSEEK, fd, offset, whence, 0);
    }

    /** Gives a piece of a file back to the disk; its length stays, and it reads as NUL bytes. */
    int punch(int fd, long offset, long length) {
        return (int) call(FALLOCATE, fd, FALLOC_PUNCH_HOLE | FALLOC_KEEP_SIZE, offset, length);
    }

    /** Writes a part of a text, as much as goes at once; how much, or the negated errno. */
    int write(int fd, byte[] text, int from) {
        int count = Math.min(text.length - from, BUFFER_BYTES);
        MemorySegment.copy(text, from, buffer, ValueLayout.JAVA_BYTE, 0, count);
        return (int) call(WRITE, fd, bufferAddress, count, 0);
    }

    /** Writes one byte at an offset. */
    int writeAt(int fd, int value, long offset) {
        small.set(ValueLayout.JAVA_BYTE, 0, (byte) value);
        return (int) call(PWRITE, fd, smallAddress, 1, offset);
    }

    int mkdir(byte[] folder, int mode) {
        return put(folder) ? (int) call(MKDIR, pathAddress, mode, 0, 0) : -ENAMETOOLONG;
    }

    int mkfifo(byte[] file, int mode) {
        return put(file) ? (int) call(MKFIFO, pathAddress, mode, 0, 0) : -ENAMETOOLONG;
    }

    int access(byte[] file, int mode) {
        return put(file) ? (int) call(ACCESS, pathAddress, mode, 0, 0) : -ENAMETOOLONG;
    }

    int kill(int pid, int signal) {
        return (int) call(KILL, pid, signal, 0, 0);
    }

    int getsid(int pid) {
        return (int) call(GETSID, pid, 0, 0, 0);
    }

    /** Reaps a child; its wait status, or -EAGAIN while it runs. */
    int reap(int pid) {
        return reap(pid, WNOHANG);
    }

    /** Waits for a child's end and reaps it; its wait status. */
    int reapBlocking(int pid) {
        return reap(pid, 0);
    }

    private int reap(int pid, int options) {
        maxResidentBytes = 0;
        int got;
        do {
            got = (int) call(WAIT4, pid, smallAddress, options, rusage.address());
        } while (got == -EINTR);
        if (got == 0) {
            return -EAGAIN;
        }
        if (got < 0) {
            return got;
        }
        maxResidentBytes = rusage.get(ValueLayout.JAVA_LONG, RUSAGE_MAXRSS) << 10;
        return small.get(ValueLayout.JAVA_INT, 0) & 0xffff;
    }

    int pidfdOpen(int pid) {
        return (int) call(SYSCALL, SYS_PIDFD_OPEN, pid, 0, 0);
    }

    /** The size of a page of memory. */
    long pageBytes() {
        return call(SYSCONF, SC_PAGESIZE, 0, 0, 0);
    }

    int pidfdSendSignal(int pidfd, int signal) {
        long result = raw(SYSCALL, SYS_PIDFD_SEND_SIGNAL, pidfd, signal, 0, 0, 0, 0);
        return (int) result == -1 ? -(int) ERRNO.get(errno, 0L) : 0;
    }

    /**
     * A process's soft RLIMIT_RTTIME in microseconds; -1 where it is infinite, and less than -1:
     * one below the negated errno.
     *
     * @param pid 0 is this process
     */
    long softRealTimeLimit(int pid) {
        int result = (int) call(PRLIMIT, pid, RLIMIT_RTTIME, 0, smallAddress);
        return result < 0 ? result - 1 : small.get(ValueLayout.JAVA_LONG, 0);
    }

    /** Sets this process's soft RLIMIT_RTTIME and leaves the hard one. */
    int setSoftRealTimeLimit(long micros) {
        int result = (int) call(PRLIMIT, 0, RLIMIT_RTTIME, 0, smallAddress);
        if (result < 0) {
            return result;
        }
        small.set(ValueLayout.JAVA_LONG, 0, micros);
        return (int) call(PRLIMIT, 0, RLIMIT_RTTIME, smallAddress, 0);
    }

    /** Makes this process's soft RLIMIT_RTTIME what the hard one is. */
    int liftSoftRealTimeLimit() {
        int result = (int) call(PRLIMIT, 0, RLIMIT_RTTIME, 0, smallAddress);
        if (result < 0) {
            return result;
        }
        small.set(ValueLayout.JAVA_LONG, 0, small.get(ValueLayout.JAVA_LONG, Long.BYTES));
        return (int) call(PRLIMIT, 0, RLIMIT_RTTIME, smallAddress, 0);
    }

    /** Starts the listing of an open folder again. */
    void rewind(int folder) {
        call(LSEEK, folder, 0, 0, 0);
    }

    /** The next part of a folder's listing (getdents64(2)) into {@link #bytes}; 0 at its end. */
    int entries(int folder) {
        return (int) call(SYSCALL, SYS_GETDENTS64, folder, bufferAddress, BUFFER_BYTES);
    }

    int epollCreate() {
        return (int) call(EPOLL_CREATE, EPOLL_CLOEXEC, 0, 0, 0);
    }

    /**
     * Waits for one event of a descriptor. Only one: a child that is just being spawned holds a
     * copy of each descriptor, and keeps one that was closed here in the epoll until it has become
     * another program.
     */
    int epollAdd(int epoll, int fd, long key) {
        small.set(ValueLayout.JAVA_INT, 0, EPOLLIN | EPOLLONESHOT);
        small.set(ValueLayout.JAVA_LONG_UNALIGNED, EVENT_KEY, key);
        return (int) call(EPOLL_CTL, epoll, EPOLL_CTL_ADD, fd, smallAddress);
    }

    /** Waits for events without limit; how many there are, 0 where a signal came between. */
    int epollWait(int epoll) {
        int got = (int) call(EPOLL_WAIT, epoll, bufferAddress, EVENTS, -1);
        return got == -EINTR ? 0 : got;
    }

    /** The key of an event that {@link #epollWait} found. */
    long epollKey(int index) {
        return buffer.get(ValueLayout.JAVA_LONG_UNALIGNED, (long) index * EVENT_BYTES + EVENT_KEY);
    }

    /** A descriptor that tells of changes to files that {@link #watchOnce} names. */
    int inotify() {
        return (int) call(INOTIFY_INIT, O_CLOEXEC | O_NONBLOCK, 0, 0, 0);
    }

    /** Has the next write to a file be told, once; the number by which it is told. */
    int watchOnce(int inotify, byte[] file) {
        return put(file)
                ? (int) call(INOTIFY_ADD, inotify, pathAddress, IN_ONCE | IN_MODIFY, 0)
                : -ENAMETOOLONG;
    }

    int unwatch(int inotify, int watch) {
        return (int) call(INOTIFY_REMOVE, inotify, watch, 0, 0);
    }

    /**
     * Waits until one of two descriptors can be read.
     *
     * @param millis how long at most; -1: without limit
     */
    void awaitReadable(int one, int other, int millis) {
        // struct pollfd, poll(2)
        small.set(ValueLayout.JAVA_INT, 0, one);
        small.set(ValueLayout.JAVA_INT, 4, POLLIN);
        small.set(ValueLayout.JAVA_INT, 8, other);
        small.set(ValueLayout.JAVA_INT, 12, POLLIN);
        call(POLL, smallAddress, other < 0 ? 1 : 2, millis, 0);
    }

    int eventfd() {
        return (int) call(EVENTFD, 0, O_CLOEXEC | O_NONBLOCK, 0, 0);
    }

    void wake(int eventfd) {
        call(EVENTFD_WRITE, eventfd, 1, 0, 0);
    }

    /** The text of {@link #bytes}, one character a byte. */
    String text(int length) {
        byte[] copy = new byte[length];
        MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, copy, 0, length);
        return new String(copy, StandardCharsets.ISO_8859_1);
    }

    private boolean put(byte[] text) {
        if (text.length > 4096) {
            return false;
        }
        MemorySegment.copy(text, 0, path, ValueLayout.JAVA_BYTE, 0, text.length);
        path.set(ValueLayout.JAVA_BYTE, text.length, (byte) 0);
        return true;
    }
}
