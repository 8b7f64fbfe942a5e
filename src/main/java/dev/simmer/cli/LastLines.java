package dev.simmer.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Where the last lines of a file begin.
 *
 * @param offset in bytes
 * @param lines how many there are from there on; fewer than asked for where there are no more
 */
record LastLines(long offset, int lines) {
    private static final int BLOCK = 64 * 1024;

    /** Looks for the last lines; a missing file is an empty one. */
    static LastLines of(Path file, int wanted) throws IOException {
        if (wanted == 0) {
            return new LastLines(Files.exists(file) ? Files.size(file) : 0, 0);
        }
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            return of(channel, wanted);
        } catch (NoSuchFileException e) {
            return new LastLines(0, 0);
        }
    }

    private static LastLines of(SeekableByteChannel channel, int wanted) throws IOException {
        long size = channel.size();
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        int breaks = 0;
        long end = size;
        while (end > 0) {
            long start = Math.max(0, end - BLOCK);
            block.clear().limit((int) (end - start));
            channel.position(start);
            while (block.hasRemaining() && channel.read(block) >= 0) {
                // A block may come in pieces.
            }
            if (isHole(block)) {
                // What lies before was given back to the disk.
                return new LastLines(start, breaks + 1);
            }
            for (int i = block.position() - 1; i >= 0; i--) {
                // A break at the very end closes the last line and begins no other.
                if (block.get(i) == '\n' && start + i != size - 1 && ++breaks == wanted) {
                    return new LastLines(start + i + 1, wanted);
                }
            }
            end = start;
        }
        return new LastLines(0, size == 0 ? 0 : breaks + 1);
    }

    private static boolean isHole(ByteBuffer block) {
        for (int i = 0; i < block.position(); i++) {
            if (block.get(i) != 0) {
                return false;
            }
        }
        return block.position() == BLOCK;
    }
}
