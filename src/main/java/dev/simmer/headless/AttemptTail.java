package dev.simmer.headless;

import dev.simmer.logs.LogFollower;
import dev.simmer.logs.TerminalText;
import dev.simmer.model.AttemptView;
import dev.simmer.model.TaskView;
import java.io.IOException;

/** Prints an attempt's log from its beginning, as it grows. Used by the output's thread alone. */
final class AttemptTail implements AutoCloseable {
    /** How much of one log is read before the next one has its turn. */
    private static final int TURN_BYTES = 64 * 1024;

    private final TaskView task;
    private final AttemptView attempt;
    private final Printer printer;
    private final LogFollower follower;
    private boolean lineStart = true;

    AttemptTail(TaskView task, AttemptView attempt, Printer printer) {
        this.task = task;
        this.attempt = attempt;
        this.printer = printer;
        this.follower = new LogFollower(attempt.shown(), 0);
    }

    /**
     * Prints some of what is new.
     *
     * @return whether anything was new
     * @throws OutputGone where nothing more can be printed; any other exception tells that the log
     *     cannot be read
     */
    boolean turn() throws IOException {
        return follower.poll(TURN_BYTES, this::print) > 0;
    }

    /** Prints what is left when nobody writes to the log any more. */
    void finish() throws IOException {
        while (turn()) {
            // Each turn takes a part.
        }
        follower.finish(this::print);
        if (!lineStart) {
            print(new byte[0], 0, 0, true);
        }
    }

    private void print(byte[] bytes, int from, int to, boolean end) throws OutputGone {
        printer.line(
                task,
                attempt,
                new Printer.Piece(TerminalText.line(bytes, from, to), lineStart, end));
        lineStart = end;
    }

    @Override
    public void close() throws IOException {
        follower.close();
    }
}
