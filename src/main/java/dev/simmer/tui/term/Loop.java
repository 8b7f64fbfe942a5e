package dev.simmer.tui.term;

import dev.simmer.model.Engine;
import dev.simmer.model.Snapshot;
import dev.simmer.tui.model.Cmd;
import dev.simmer.tui.model.Inquiry;
import dev.simmer.tui.model.Lookups;
import dev.simmer.tui.model.Model;
import dev.simmer.tui.model.Msg;
import dev.simmer.tui.model.Notice;
import dev.simmer.tui.model.Remembered;
import dev.simmer.tui.model.Step;
import dev.simmer.tui.model.Timers;
import dev.simmer.tui.model.Update;
import dev.simmer.tui.theme.Depth;
import dev.simmer.tui.theme.Theme;
import dev.simmer.tui.theme.Themes;
import dev.simmer.tui.view.Frame;
import dev.simmer.tui.view.View;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Owns the model. One thread takes messages from the inbox, updates the model and draws; all other
 * threads only post. It draws at most 30 times a second, sooner only to answer a key, and only when
 * something has changed, and sleeps without a limit when nothing on the screen can change by
 * itself.
 */
final class Loop implements AutoCloseable {
    private static final long FRAME = TimeUnit.MILLISECONDS.toNanos(33);

    /** Between two frames of which the later one answers a key: what is felt is this wait. */
    private static final long ANSWER = TimeUnit.MILLISECONDS.toNanos(6);

    private static final long CLOCK = TimeUnit.SECONDS.toNanos(1);
    private static final long TOAST = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long LOG_POLL = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LAST_LINES_POLL = TimeUnit.MILLISECONDS.toNanos(250);

    /** Logs that have said nothing for a while are looked at less often. */
    private static final long QUIET_AFTER = TimeUnit.SECONDS.toNanos(5);

    private static final long QUIET_LOG_POLL = TimeUnit.MILLISECONDS.toNanos(400);
    private static final long QUIET_LAST_LINES_POLL = TimeUnit.MILLISECONDS.toNanos(800);
    private static final int INBOX = 1_024;
    private static final int BATCH = 256;

    /** Where frames go. */
    interface Screen {
        void send(byte[] frame) throws IOException;

        /** Hands the terminal to a program until that ends; says what went wrong. */
        default Optional<String> visit(Cmd.Open open) throws IOException, InterruptedException {
            return Optional.of("no program can have this terminal");
        }

        /** Gives the terminal back until the process is woken; says what went wrong. */
        default Optional<String> suspend() throws IOException, InterruptedException {
            return Optional.of("there is no shell to go to");
        }

        /** Has the mouse reported, or leaves it to the terminal. */
        default void mouse(boolean on) throws IOException {}

        /** Takes the terminal over again, which somebody else may have used. */
        default void renew() throws IOException {}

        /** Tells the user of something outside of the dashboard; never waits. */
        default void tell(Notice notice, boolean focused) throws IOException {}

        /** Hands a text to the clipboard; may wait. */
        default Clipboard.Answer copy(String text) throws IOException, InterruptedException {
            return new Clipboard.Answer(false, "this terminal has no clipboard");
        }
    }

    private final Engine engine;
    private final Screen screen;
    private final ThemeDesk themes;
    private final Depth depth;
    private final BlockingQueue<Msg> inbox = new ArrayBlockingQueue<>(INBOX);
    private final AtomicReference<@Nullable Snapshot> newest = new AtomicReference<>();
    private final AtomicReference<Msg.@Nullable Resized> resized = new AtomicReference<>();
    private final AtomicReference<@Nullable Throwable> crash = new AtomicReference<>();
    private final LogDesk desk = new LogDesk(this::post, this::crashed);
    private final FrameWriter writer = new FrameWriter();
    private final LookupDesk lookups = new LookupDesk(this::post, this::crashed);

    private Consumer<Remembered> keeper = _ -> {};
    private Remembered remembered;

    /** The model that was last looked at for something to remember. */
    private Model looked;

    private Model model;
    private Theme theme;
    private @Nullable Frame shown;
    private boolean dirty = true;
    private boolean drawn;
    private boolean answers;
    private volatile boolean inputEnded;
    private @Nullable String farewell;
    private long drawnAt = System.nanoTime() - FRAME;
    private final Timer clock = new Timer(CLOCK, CLOCK);
    private final Timer toast = new Timer(TOAST, TOAST);
    private final Timer log = new Timer(LOG_POLL, QUIET_LOG_POLL);
    private final Timer lastLines = new Timer(LAST_LINES_POLL, QUIET_LAST_LINES_POLL);

    Loop(Engine engine, Screen screen, Themes themes, Depth depth, Model opening) {
        this(engine, screen, ThemeDesk.of(themes), depth, opening);
    }

    Loop(Engine engine, Screen screen, ThemeDesk themes, Depth depth, Model opening) {
        this.engine = engine;
        this.screen = screen;
        this.themes = themes;
        this.depth = depth;
        this.model = opening;
        this.remembered = Remembered.of(opening);
        this.looked = opening;
        this.theme = themes.newest().theme(opening.theme(), depth);
    }

    /** Something that comes again and again while it is wanted. Times are nanoseconds. */
    private static final class Timer {
        private final long period;
        private final long quietPeriod;
        private boolean on;
        private long due;
        private long stirredAt = System.nanoTime();

        Timer(long period, long quietPeriod) {
            this.period = period;
            this.quietPeriod = quietPeriod;
        }

        /** What it looks at has changed, or is about to. */
        void stirred(long now) {
            stirredAt = now;
            due = Math.min(due, now + period);
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
            due = now + (now - stirredAt < QUIET_AFTER ? period : quietPeriod);
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

    /** Notes the terminal's new size. Never waits: the loop's own thread may call this. */
    void resized(int columns, int rows) {
        if (resized.getAndSet(new Msg.Resized(columns, rows)) == null) {
            boolean _ = inbox.offer(new Msg.Clock(Instant.now()));
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
                if (dirty && System.nanoTime() - drawnAt >= pause()) {
                    draw();
                }
            }
            return farewell;
        } finally {
            remember();
        }
    }

    private void schedule(long now) {
        Timers wanted = Timers.of(model);
        clock.want(wanted.clock(), now);
        toast.want(wanted.toast(), now);
        log.want(wanted.log(), now);
        lastLines.want(wanted.lastLines(), now);
    }

    private long pause() {
        return answers ? ANSWER : FRAME;
    }

    private long waiting(long now) {
        long limit = dirty ? Math.max(0, drawnAt + pause() - now) : Long.MAX_VALUE;
        limit = clock.wait(now, limit);
        limit = toast.wait(now, limit);
        limit = log.wait(now, limit);
        return lastLines.wait(now, limit);
    }

    private void batch(@Nullable Msg first) throws IOException, InterruptedException {
        if (first != null) {
            take(new Msg.Clock(Instant.now()), false);
        }
        Msg next = first;
        for (int i = 0; next != null && i < BATCH; i++) {
            if (next instanceof Msg.SnapshotChanged) {
                newest();
            } else {
                stirred(next);
                take(next, true);
            }
            next = inbox.poll();
        }
        newest();
    }

    /** What follows sooner because of a message. */
    private void stirred(Msg msg) {
        if (msg instanceof Msg.KeyPressed || msg instanceof Msg.Wheeled) {
            answers = true;
            log.stirred(System.nanoTime());
            lastLines.stirred(System.nanoTime());
        } else if (msg instanceof Msg.LogRead) {
            log.stirred(System.nanoTime());
        } else if (msg instanceof Msg.LastLinesRead) {
            lastLines.stirred(System.nanoTime());
        }
    }

    private void newest() throws IOException, InterruptedException {
        Msg.Resized size = resized.getAndSet(null);
        if (size != null) {
            take(size, true);
        }
        Snapshot snapshot = newest.getAndSet(null);
        if (snapshot != null) {
            take(new Msg.SnapshotChanged(snapshot), true);
        }
    }

    private void timers(long now) throws IOException, InterruptedException {
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
    private void take(Msg msg, boolean visible) throws IOException, InterruptedException {
        Step step = Update.update(model, msg);
        if (step.model() != model) {
            dirty |=
                    visible
                            || !step.model().toast().equals(model.toast())
                            || step.model().notices() != model.notices();
            if (step.model().appearance() != model.appearance()) {
                theme = themes.newest().theme(step.model().theme(), depth);
            }
            model = step.model();
        }
        for (Cmd command : step.commands()) {
            perform(command);
        }
    }

    private void perform(Cmd command) throws IOException, InterruptedException {
        switch (command) {
            case Cmd.Submit submit -> submit(submit);
            case Cmd.Wake() -> engine.wake();
            case Cmd.ReadLog read -> desk.read(read);
            case Cmd.CloseLog close -> desk.close(close);
            case Cmd.MeasureDiff measure -> desk.measure(measure);
            case Cmd.ReadLastLines read -> desk.readLastLines(read);
            case Cmd.Search search -> desk.search(search);
            case Cmd.CountHits count -> desk.count(count);
            case Cmd.CopyLines copy -> desk.copy(copy);
            case Cmd.SaveLines save -> desk.save(save);
            case Cmd.FindFile find -> desk.find(find);
            case Cmd.Mouse(boolean on) -> screen.mouse(on);
            case Cmd.ReadThemes() -> themes.read();
            case Cmd.KeepTheme(String name, boolean light) ->
                    themes.keep(new KeptTheme.Choice(name, light), this::post);
            case Cmd.Copy(String text) -> copy(text);
            case Cmd.Tell(Notice notice, boolean focused) -> screen.tell(notice, focused);
            case Cmd.Open open -> {
                Optional<String> trouble = screen.visit(open);
                redraw();
                take(new Msg.Returned(open, trouble), true);
            }
            case Cmd.Suspend() -> {
                Optional<String> trouble = screen.suspend();
                redraw();
                if (trouble.isPresent()) {
                    take(new Msg.Problem(trouble.get()), true);
                }
            }
            case Cmd.Edit(String text) -> {
                Msg.Edited edited = EditedText.edit(text, screen);
                redraw();
                take(edited, true);
            }
            case Cmd.LookUp(Inquiry inquiry) -> lookups.ask(inquiry);
            case Cmd.Redraw() -> {
                screen.renew();
                redraw();
            }
            case Cmd.Quit(String words) -> farewell = words;
        }
    }

    private void redraw() {
        shown = null;
        dirty = true;
    }

    private void copy(String text) {
        var _ =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                Clipboard.Answer answer = screen.copy(text);
                                post(
                                        answer.done()
                                                ? new Msg.Said(answer.words())
                                                : new Msg.Problem(answer.words()));
                            } catch (IOException e) {
                                post(new Msg.Problem("it was not copied: " + e.getMessage()));
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
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
        if (!drawn) {
            drawn = true;
            screen.send(themes.question());
            themes.start(this::post);
        }
        remember();
        shown = frame;
        dirty = false;
        answers = false;
        drawnAt = System.nanoTime();
    }

    /** Who answers what dialogs ask. To be called before {@link #run}. */
    void asking(Lookups who) {
        lookups.asking(who);
    }

    /** From now on, tells what is to be remembered whenever that has changed. */
    void remembering(Consumer<Remembered> keeper) {
        this.keeper = keeper;
    }

    private void remember() {
        if (!Remembered.mayDiffer(looked, model)) {
            return;
        }
        looked = model;
        Remembered now = Remembered.of(model);
        if (!now.equals(remembered)) {
            remembered = now;
            keeper.accept(now);
        }
    }

    @Override
    public void close() {
        desk.close();
        lookups.close();
        themes.close();
    }
}
