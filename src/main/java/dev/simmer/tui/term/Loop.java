package dev.simmer.tui.term;

import dev.simmer.model.Engine;
import dev.simmer.model.Snapshot;
import dev.simmer.tui.model.Cmd;
import dev.simmer.tui.model.Model;
import dev.simmer.tui.model.Msg;
import dev.simmer.tui.model.Step;
import dev.simmer.tui.model.Timers;
import dev.simmer.tui.model.Update;
import dev.simmer.tui.theme.Depth;
import dev.simmer.tui.theme.Theme;
import dev.simmer.tui.theme.Themes;
import dev.simmer.tui.view.Frame;
import dev.simmer.tui.view.View;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Owns the model. One thread takes messages from the inbox, updates the model and draws; all other
 * threads only post. It draws at most 30 times a second and only when something has changed, and
 * sleeps without a limit when nothing on the screen can change by itself.
 */
final class Loop implements AutoCloseable {
    private static final long FRAME = TimeUnit.MILLISECONDS.toNanos(33);
    private static final long CLOCK = TimeUnit.SECONDS.toNanos(1);
    private static final long TOAST = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long LOG_POLL = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LAST_LINES_POLL = TimeUnit.MILLISECONDS.toNanos(250);
    private static final int INBOX = 1_024;
    private static final int BATCH = 256;

    /** Where frames go. */
    interface Screen {
        void send(byte[] frame) throws IOException;
    }

    private final Engine engine;
    private final Screen screen;
    private final Themes themes;
    private final Depth depth;
    private final BlockingQueue<Msg> inbox = new ArrayBlockingQueue<>(INBOX);
    private final AtomicReference<@Nullable Snapshot> newest = new AtomicReference<>();
    private final AtomicReference<@Nullable Throwable> crash = new AtomicReference<>();
    private final LogDesk desk = new LogDesk(this::post, this::crashed);
    private final FrameWriter writer = new FrameWriter();

    private Model model;
    private Theme theme;
    private @Nullable Frame shown;
    private boolean dirty = true;
    private volatile boolean inputEnded;
    private @Nullable String farewell;
    private long drawnAt = System.nanoTime() - FRAME;
    private final Timer clock = new Timer(CLOCK);
    private final Timer toast = new Timer(TOAST);
    private final Timer log = new Timer(LOG_POLL);
    private final Timer lastLines = new Timer(LAST_LINES_POLL);

    Loop(Engine engine, Screen screen, Themes themes, Depth depth, Model opening) {
        this.engine = engine;
        this.screen = screen;
        this.themes = themes;
        this.depth = depth;
        this.model = opening;
        this.theme = themes.theme(opening.theme(), depth);
    }

    /** Something that comes again and again while it is wanted. Times are nanoseconds. */
    private static final class Timer {
        private final long period;
        private boolean on;
        private long due;

        Timer(long period) {
            this.period = period;
        }

        void want(boolean wanted, long now) {
            if (wanted && !on) {
                due = Math.max(due, now);
            }
            on = wanted;
        }

        boolean fires(long now) {
            if (!on || now - due < 0) {
                return false;
            }
            due = now + period;
            return true;
        }

        long wait(long now, long limit) {
            return on ? Math.min(limit, Math.max(0, due - now)) : limit;
        }
    }

    /**
     * Hands a message to the loop; waits while the inbox is full. For any thread but the loop's.
     */
    void post(Msg msg) {
        try {
            inbox.put(msg);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Notes a newer snapshot. Never waits: the engine's own thread calls this. */
    private void snapshot(Snapshot snapshot) {
        if (newest.getAndSet(snapshot) == null) {
            boolean _ = inbox.offer(new Msg.SnapshotChanged(snapshot));
        }
    }

    private void crashed(Throwable why) {
        crash.compareAndSet(null, why);
        post(new Msg.Clock(Instant.now()));
    }

    /** Notes that nothing can be typed any more: the terminal is gone. */
    void inputEnded() {
        inputEnded = true;
        post(new Msg.Clock(Instant.now()));
    }

    /**
     * Runs until the user leaves.
     *
     * @return what is left to say in the terminal; empty for nothing
     * @throws IOException when the terminal is gone: nothing more can be typed, or shown
     */
    String run() throws IOException, InterruptedException {
        try (Engine.Subscription _ = engine.subscribe(this::snapshot)) {
            while (farewell == null) {
                long now = System.nanoTime();
                schedule(now);
                long wait = waiting(now);
                Msg first =
                        wait == Long.MAX_VALUE
                                ? inbox.take()
                                : inbox.poll(wait, TimeUnit.NANOSECONDS);
                batch(first);
                if (inputEnded) {
                    throw new IOException("the terminal's input has ended");
                }
                Throwable bug = crash.get();
                if (bug != null) {
                    throw new IllegalStateException("a background thread failed", bug);
                }
                timers(System.nanoTime());
                if (dirty && System.nanoTime() - drawnAt >= FRAME) {
                    draw();
                }
            }
            return farewell;
        }
    }

    private void schedule(long now) {
        Timers wanted = Timers.of(model);
        clock.want(wanted.clock(), now);
        toast.want(wanted.toast(), now);
        log.want(wanted.log(), now);
        lastLines.want(wanted.lastLines(), now);
    }

    private long waiting(long now) {
        long limit = dirty ? Math.max(0, drawnAt + FRAME - now) : Long.MAX_VALUE;
        limit = clock.wait(now, limit);
        limit = toast.wait(now, limit);
        limit = log.wait(now, limit);
        return lastLines.wait(now, limit);
    }

    private void batch(@Nullable Msg first) {
        if (first != null) {
            take(new Msg.Clock(Instant.now()), false);
        }
        Msg next = first;
        for (int i = 0; next != null && i < BATCH; i++) {
            if (next instanceof Msg.SnapshotChanged) {
                newest();
            } else {
                take(next, true);
            }
            next = inbox.poll();
        }
        newest();
    }

    private void newest() {
        Snapshot snapshot = newest.getAndSet(null);
        if (snapshot != null) {
            take(new Msg.SnapshotChanged(snapshot), true);
        }
    }

    private void timers(long now) {
        boolean second = clock.fires(now);
        if (toast.fires(now) || second) {
            take(new Msg.Clock(Instant.now()), true);
        }
        if (log.fires(now)) {
            take(new Msg.LogPoll(), true);
        }
        if (lastLines.fires(now)) {
            take(new Msg.LastLinesPoll(), true);
        }
    }

    @SuppressWarnings("ReferenceEquality") // an update that changes nothing returns the model
    private void take(Msg msg, boolean visible) {
        Step step = Update.update(model, msg);
        if (step.model() != model) {
            dirty |= visible || !step.model().toast().equals(model.toast());
            if (!step.model().theme().equals(model.theme())) {
                theme = themes.theme(step.model().theme(), depth);
            }
            model = step.model();
        }
        for (Cmd command : step.commands()) {
            perform(command);
        }
    }

    private void perform(Cmd command) {
        switch (command) {
            case Cmd.Submit submit -> submit(submit);
            case Cmd.ReadLog read -> desk.read(read);
            case Cmd.MeasureDiff measure -> desk.measure(measure);
            case Cmd.ReadLastLines read -> desk.readLastLines(read);
            case Cmd.Search search -> desk.search(search);
            case Cmd.Redraw() -> {
                shown = null;
                dirty = true;
            }
            case Cmd.Quit(String words) -> farewell = words;
        }
    }

    private void submit(Cmd.Submit submit) {
        var _ =
                engine.submit(submit.request())
                        .whenComplete((reply, failure) -> {
                            Msg msg =
                                    failure == null
                                            ? new Msg.Replied(submit.request(), reply)
                                            : new Msg.Unanswered(submit.request(), words(failure));
                            Thread.ofVirtual().start(() -> post(msg));
                        });
    }

    private static String words(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        String message = cause.getMessage();
        return "there was no answer: " + (message == null ? cause.toString() : message);
    }

    private void draw() throws IOException {
        Frame frame = View.render(model, theme);
        byte[] bytes = writer.write(shown, frame);
        if (bytes.length > 0) {
            screen.send(bytes);
        }
        shown = frame;
        dirty = false;
        drawnAt = System.nanoTime();
    }

    @Override
    public void close() {
        desk.close();
    }
}
