package dev.simmer.process;

import java.util.Optional;

/**
 * Writes to the FIFO that is an attempt's standard input. The attempt holds both of its ends open,
 * so that what is written waits there until it is read; a pipe holds 64 KiB (pipe(7)).
 */
final class InputPipe {
    private static final int LIMIT_MILLIS = 2_000;
    private static final int LONGEST_PAUSE_MILLIS = 50;

    private InputPipe() {}

    /**
     * Writes all of a text, and waits for room while somebody reads; at most two seconds while
     * nobody does.
     *
     * @return why that could not be done
     */
    static Optional<String> write(byte[] fifo, String text) {
        Posix posix = new Posix();
        int flags = Posix.O_WRONLY | Posix.O_NONBLOCK | Posix.O_NOFOLLOW;
        if (posix.stat(fifo) < 0 || posix.kind() != Posix.S_IFIFO) {
            return Optional.of("the pipe of its standard input is not in its run folder any more");
        }
        int fd = posix.open(fifo, flags);
        if (fd < 0) {
            return Optional.of(
                    fd == -Posix.ENXIO
                            ? "nothing of it has its standard input open any more"
                            : "its standard input cannot be opened (errno " + -fd + ")");
        }
        try {
            return write(fd, PathBytes.of(text), posix);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("writing its standard input was interrupted");
        } finally {
            posix.close(fd);
        }
    }

    private static Optional<String> write(int fd, byte[] text, Posix posix)
            throws InterruptedException {
        int written = 0;
        int waited = 0;
        int pause = 1;
        while (written < text.length) {
            int put = posix.write(fd, text, written);
            if (put > 0) {
                written += put;
                waited = 0;
                pause = 1;
            } else if (put != -Posix.EAGAIN && put != -Posix.EINTR) {
                return Optional.of(
                        "nothing of it reads its standard input any more (errno " + -put + ")");
            } else if (waited >= LIMIT_MILLIS) {
                return Optional.of(
                        "it does not read its standard input: "
                                + written
                                + " of "
                                + text.length
                                + " bytes wait there for it, the rest was not written");
            } else {
                Thread.sleep(pause);
                waited += pause;
                pause = Math.min(LONGEST_PAUSE_MILLIS, 2 * pause);
            }
        }
        return Optional.empty();
    }
}
