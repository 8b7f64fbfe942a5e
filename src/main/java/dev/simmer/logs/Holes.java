package dev.simmer.logs;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Passes over the holes of a sparse file without reading them: lseek(2) with SEEK_DATA and
 * SEEK_HOLE, which the JDK does not offer. Where the system has no such thing, nothing is passed
 * over, and the reader goes through the NUL bytes that a hole reads as.
 */
final class Holes implements AutoCloseable {
    private static final int READ_ONLY_CLOSE_ON_EXEC = 0x80000;
    private static final int SEEK_DATA = 3;
    private static final int SEEK_HOLE = 4;

    private static final long FIRST_STEP = 1L << 20;

    /** The smallest limit that a log can have: shorter ones have no hole at their beginning. */
    private static final long SMALLEST = 1L << 20;

    private static final String[] UNITS = {"K", "M", "G", "T"};

    /** The functions of the C library; loaded when the first hole is met. */
    private record Calls(MethodHandle open, MethodHandle lseek, MethodHandle close) {
        static final @Nullable Calls LINUX = linux();

        @SuppressWarnings("restricted") // the signatures are those of POSIX
        private static @Nullable Calls linux() {
            if (!System.getProperty("os.name", "").equals("Linux")) {
                return null;
            }
            try {
                Linker linker = Linker.nativeLinker();
                SymbolLookup names = linker.defaultLookup();
                ValueLayout.OfInt integer = ValueLayout.JAVA_INT;
                ValueLayout.OfLong offset = ValueLayout.JAVA_LONG;
                MethodHandle open =
                        linker.downcallHandle(
                                names.findOrThrow("open"),
                                FunctionDescriptor.of(integer, ValueLayout.ADDRESS, integer),
                                Linker.Option.firstVariadicArg(2));
                MethodHandle lseek =
                        linker.downcallHandle(
                                names.findOrThrow("lseek"),
                                FunctionDescriptor.of(offset, integer, offset, integer));
                MethodHandle close =
                        linker.downcallHandle(
                                names.findOrThrow("close"),
                                FunctionDescriptor.of(integer, integer));
                return new Calls(open, lseek, close);
            } catch (RuntimeException | LinkageError _) {
                return null;
            }
        }
    }

    private final @Nullable Calls calls;
    private final int descriptor;

    /**
     * Opens a file; close it soon.
     *
     * @param path of a regular file
     */
    Holes(Path path) {
        this.calls = Calls.LINUX;
        this.descriptor = calls == null ? -1 : open(calls, path);
    }

    private static int open(Calls calls, Path path) {
        try (Arena arena = Arena.ofConfined()) {
            return (int)
                    calls.open()
                            .invokeExact(
                                    arena.allocateFrom(path.toString()), READ_ONLY_CLOSE_ON_EXEC);
        } catch (Throwable thrown) {
            throw new IllegalStateException("open(2) cannot be called", thrown);
        }
    }

    /**
     * Where the hole at a log's beginning ends, 0 where it has none: what a log limit has given
     * back to the disk. Costs one byte's reading while that does not move on.
     *
     * @param known where it ended when last looked at, or 0
     */
    static long beginning(FileChannel log, Path path, long known, long size) throws IOException {
        if (size < SMALLEST) {
            return 0;
        }
        ByteBuffer first = ByteBuffer.allocate(1);
        if (log.read(first, known) < 1 || first.get(0) != 0) {
            return known;
        }
        try (Holes holes = new Holes(path)) {
            return holes.ahead(known, size);
        }
    }

    /** What a reader sees in the place of what is gone. */
    static String words(long bytes) {
        double amount = bytes / 1024.0;
        int unit = 0;
        while (amount >= 1024 && unit < UNITS.length - 1) {
            amount /= 1024;
            unit++;
        }
        String number = String.format(Locale.ROOT, amount < 10 ? "%.1f" : "%.0f", amount);
        return "[" + number + UNITS[unit] + " of older output are gone: log_limit]";
    }

    /** The first offset from a given one on that is no hole; the limit where there is none. */
    long ahead(long from, long limit) {
        if (descriptor < 0) {
            return from;
        }
        long data = seek(from, SEEK_DATA);
        return data < 0 ? limit : Math.min(data, limit);
    }

    /** The lowest offset from which on up to a given one all is a hole. */
    long back(long to) {
        if (descriptor < 0) {
            return to;
        }
        long hole = to;
        for (long step = FIRST_STEP; hole > 0; step *= 2) {
            long from = Math.max(0, hole - step);
            long data = ahead(from, hole);
            if (data < hole) {
                return lastHole(data, hole);
            }
            hole = from;
        }
        return 0;
    }

    /** Start of the hole that reaches up to an offset, looked for from a piece of data on. */
    private long lastHole(long from, long to) {
        long data = from;
        while (true) {
            long hole = seek(data, SEEK_HOLE);
            if (hole < 0 || hole >= to) {
                return to;
            }
            data = ahead(hole, to);
            if (data >= to) {
                return hole;
            }
        }
    }

    private long seek(long offset, int whence) {
        Calls present = calls;
        if (present == null) {
            return offset;
        }
        try {
            return (long) present.lseek().invokeExact(descriptor, offset, whence);
        } catch (Throwable thrown) {
            throw new IllegalStateException("lseek(2) cannot be called", thrown);
        }
    }

    @Override
    public void close() {
        Calls present = calls;
        if (present == null || descriptor < 0) {
            return;
        }
        try {
            int _ = (int) present.close().invokeExact(descriptor);
        } catch (Throwable thrown) {
            throw new IllegalStateException("close(2) cannot be called", thrown);
        }
    }
}
