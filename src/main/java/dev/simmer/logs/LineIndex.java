package dev.simmer.logs;

import java.io.IOException;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * Line numbers of a log file, counted as needed. Lines count from 0.
 *
 * <p>The file is divided into blocks of equal size; for each the index holds how many line breaks
 * lie before it, so that either way from a number to a place one block is read. When there are
 * {@value #MAX_BLOCKS} blocks, each second one is given up and the blocks get twice as long: the
 * index takes at most 128 KiB of memory, and a block is 64 KiB in a file of up to 1 GiB and at most
 * 1/8192 of a longer file.
 *
 * <p>The caller says how far to count, so counting can be done in small steps, stopped at any time
 * and taken up as the file grows. When the file is replaced or cut the index begins again. For one
 * thread at a time, the same as the file's.
 */
public final class LineIndex {
    private static final int MAX_BLOCKS = 16 * 1024;
    private static final int CHUNK = 128 * 1024;

    private final LogFile file;
    private long blockSize = 64 * 1024;

    /** Line breaks before each block that begins in the part that is indexed. */
    private long[] breaksBefore = new long[64];

    private int blocks = 1;
    private long indexed;
    private long breaks;
    private long generation;
    private final byte[] chunk = new byte[CHUNK];

    /**
     * @param file stays the caller's to close
     */
    public LineIndex(LogFile file) {
        this.file = file;
        this.generation = file.generation();
    }

    /**
     * Counts on from where the last call stopped.
     *
     * @param maxBytes how much to read at most
     * @return bytes read; 0 when the end of the file is reached
     */
    public long advance(long maxBytes) throws IOException {
        long size = file.refresh();
        if (file.generation() != generation) {
            restart();
        }
        long target = Math.min(size, indexed + Math.max(0, maxBytes));
        long begin = indexed;
        // What has been given back to the disk holds no lines any more.
        while (indexed < file.gone()) {
            indexed = Math.min(file.gone(), blocks * blockSize);
            if (indexed == blocks * blockSize) {
                addBlock();
            }
        }
        while (indexed < target) {
            long blockEnd = blocks * blockSize;
            int want = (int) Math.min(CHUNK, Math.min(target, blockEnd) - indexed);
            int got = file.read(indexed, chunk, want);
            breaks += Newlines.count(chunk, 0, got);
            indexed += got;
            if (indexed == blockEnd) {
                addBlock();
            }
            if (got < want) {
                break;
            }
        }
        return indexed - begin;
    }

    private void restart() {
        generation = file.generation();
        blockSize = 64 * 1024;
        blocks = 1;
        indexed = 0;
        breaks = 0;
    }

    private void addBlock() {
        if (blocks == MAX_BLOCKS) {
            for (int i = 0; i < MAX_BLOCKS / 2; i++) {
                breaksBefore[i] = breaksBefore[2 * i];
            }
            blocks = MAX_BLOCKS / 2;
            blockSize *= 2;
        }
        if (blocks == breaksBefore.length) {
            breaksBefore = Arrays.copyOf(breaksBefore, 2 * blocks);
        }
        breaksBefore[blocks++] = breaks;
    }

    /** How far the index reaches, in bytes from the start of the file. */
    public long indexedBytes() {
        return indexed;
    }

    /** Line breaks in the part that is indexed, which is the number of finished lines. */
    public long lines() {
        return breaks;
    }

    /** Where a line starts; empty where the index does not reach it yet. */
    public OptionalLong offsetOf(long line) throws IOException {
        if (line < 0 || line > breaks) {
            return OptionalLong.empty();
        }
        if (line == 0) {
            return OptionalLong.of(0);
        }
        int low = 0;
        int high = blocks - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (breaksBefore[middle] < line) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        long skip = line - 1 - breaksBefore[low];
        long at = low * blockSize;
        while (at < indexed) {
            int got = file.read(at, chunk, (int) Math.min(CHUNK, indexed - at));
            int i = Newlines.nth(chunk, 0, got, skip);
            if (i >= 0) {
                return OptionalLong.of(at + i + 1);
            }
            if (got == 0) {
                break;
            }
            skip -= Newlines.count(chunk, 0, got);
            at += got;
        }
        return OptionalLong.empty();
    }

    /** Which line holds the byte at an offset; empty where the index does not reach it yet. */
    public OptionalLong lineOf(long offset) throws IOException {
        if (offset < 0 || offset > indexed) {
            return OptionalLong.empty();
        }
        int block = (int) Math.min(blocks - 1, offset / blockSize);
        long line = breaksBefore[block];
        long at = block * blockSize;
        while (at < offset) {
            int got = file.read(at, chunk, (int) Math.min(CHUNK, offset - at));
            if (got == 0) {
                return OptionalLong.empty();
            }
            line += Newlines.count(chunk, 0, got);
            at += got;
        }
        return OptionalLong.of(line);
    }
}
