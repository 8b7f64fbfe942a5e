package dev.simmer.tui.term;

import dev.simmer.tui.model.Inquiry;
import dev.simmer.tui.model.Lookups;
import dev.simmer.tui.model.Msg;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks what dialogs want to know, one thing after the other, on a thread that begins with the first
 * question. Where many questions wait the oldest is dropped: a newer one is what is wanted.
 */
final class LookupDesk implements AutoCloseable {
    private static final int MOST = 16;

    private final Consumer<Msg> answers;
    private final Consumer<Throwable> crash;
    private final BlockingQueue<Inquiry> waiting = new ArrayBlockingQueue<>(MOST);
    private Lookups lookups = Lookups.NONE;
    private @Nullable Thread thread;

    /**
     * @param answers takes answers; may wait
     * @param crash takes what should never happen
     */
    LookupDesk(Consumer<Msg> answers, Consumer<Throwable> crash) {
        this.answers = answers;
        this.crash = crash;
    }

    /** Who knows; to be called before anything is asked. */
    void asking(Lookups who) {
        lookups = who;
    }

    /** Asks; for the loop's thread alone. Never waits. */
    void ask(Inquiry inquiry) {
        while (!waiting.offer(inquiry)) {
            waiting.poll();
        }
        if (thread == null) {
            thread = Thread.ofVirtual().name("lookups").start(this::work);
        }
    }

    private void work() {
        try {
            while (true) {
                answers.accept(new Msg.LookedUp(lookups.find(waiting.take())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            crash.accept(e);
        }
    }

    @Override
    public void close() {
        if (thread != null) {
            thread.interrupt();
        }
    }
}
