package dev.simmer.tui.term;

import dev.simmer.tui.model.Cmd;
import dev.simmer.tui.model.Msg;
import dev.simmer.tui.model.Notice;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The dashboard's terminal, with its keys, and its manners towards the shell and the programs that
 * want it too. All that gives it away and takes it back is done by the loop's thread.
 *
 * <p>A program that is shown or edited with runs in the process group that Simmer runs in, so that
 * Ctrl+Z in it stops both, and the shell's {@code fg} wakes both.
 */
final class TtyScreen implements Loop.Screen, AutoCloseable {
    private static final long LOOK_MILLIS = 300;
    private static final long SHORT_SHOW_NANOS = TimeUnit.MILLISECONDS.toNanos(400);
    private static final int GOODBYE_SECONDS = 2;

    private final TtyTerminal terminal;
    private final Map<String, String> environment;
    private final Clipboard clipboard;
    private final Messenger messenger;
    private final Semaphore woken = new Semaphore(0);
    private final AtomicReference<@Nullable Process> guest = new AtomicReference<>();
    private volatile boolean away;
    private @Nullable Keyboard keyboard;

    /**
     * @param environment tells the terminal and the programs of the user's choice
     */
    TtyScreen(TtyTerminal terminal, Map<String, String> environment) {
        this.terminal = terminal;
        this.environment = environment;
        this.messenger = new Messenger(environment, terminal::send, LocalTime::now);
        this.clipboard = new Clipboard(environment, terminal::send);
    }

    /**
     * Begins to read keys, and to hear of wishes to stop the process and of its going on.
     *
     * @param out takes messages from several threads
     * @param ended called when nothing more can be typed
     */
    void listen(Consumer<Msg> out, Runnable ended) throws IOException {
        Keyboard keys = new Keyboard(TtyTerminal.TTY, new KeyDecoder(out), ended);
        keyboard = keys;
        keys.listen();
        Runnable _ = ProcessSignals.listen("TSTP", () -> out.accept(new Msg.StopAsked()));
        Runnable _ =
                ProcessSignals.listen(
                        "CONT",
                        () -> {
                            woken.release();
                            if (!away) {
                                out.accept(new Msg.Continued());
                            }
                        });
        Runtime.getRuntime().addShutdownHook(new Thread(this::sendGuestAway));
    }

    /** Tells the user of things in these ways from now on. */
    void tellBy(TellingWays ways, Consumer<Msg> out) {
        messenger.tellBy(ways);
        if (!ways.ways().isEmpty()) {
            out.accept(new Msg.TellingWanted());
        }
        if (!ways.problems().isEmpty()) {
            out.accept(new Msg.Wrong(ways.problems()));
        }
    }

    @Override
    public void send(byte[] frame) throws IOException {
        terminal.send(frame);
    }

    @Override
    public void mouse(boolean on) throws IOException {
        terminal.mouse(on);
    }

    @Override
    public Clipboard.Answer copy(String text) throws IOException, InterruptedException {
        return clipboard.copy(text);
    }

    @Override
    public void tell(Notice notice, boolean focused) throws IOException {
        messenger.tell(notice, focused);
    }

    @Override
    public void renew() throws IOException {
        terminal.enter();
    }

    @Override
    public Optional<String> suspend() throws IOException, InterruptedException {
        leave();
        try {
            woken.drainPermits();
            stop();
            // A group that no shell watches cannot be stopped; the system ignores the wish.
            return woken.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)
                    ? Optional.empty()
                    : Optional.of("there is no shell here to go to");
        } finally {
            comeBack();
        }
    }

    @Override
    public Optional<String> visit(Cmd.Open open) throws IOException, InterruptedException {
        OutsideProgram program;
        try {
            program = OutsideProgram.of(open, environment);
        } catch (IOException e) {
            return Optional.of("cannot open " + open.file() + ": " + e.getMessage());
        }
        leave();
        // Their keys send signals to Simmer too.
        Runnable again = ProcessSignals.listen("INT", () -> {});
        try {
            return run(program);
        } finally {
            again.run();
            comeBack();
        }
    }

    /** Reads no more keys: what is typed from now on is for whoever has the terminal next. */
    @Override
    public void close() {
        try {
            if (keyboard != null) {
                keyboard.rest();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void leave() throws IOException, InterruptedException {
        away = true;
        if (keyboard != null) {
            keyboard.rest();
        }
        terminal.leave();
    }

    private void comeBack() throws IOException {
        terminal.enter();
        away = false;
        if (keyboard != null) {
            keyboard.listen();
        }
    }

    private Optional<String> run(OutsideProgram program) throws IOException, InterruptedException {
        String name = program.argv().getFirst();
        ProcessBuilder builder = new ProcessBuilder(program.argv()).inheritIO();
        builder.environment().putAll(program.environment());
        Runnable again = ProcessSignals.byDefault("TSTP");
        long begun = System.nanoTime();
        try {
            Process process = builder.start();
            guest.set(process);
            while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                if (isStopped(process.pid())) {
                    stop();
                    shell("kill -CONT " + process.pid());
                }
            }
            int code = process.exitValue();
            if (program.pager() && System.nanoTime() - begun < SHORT_SHOW_NANOS) {
                waitForEnter();
            }
            return code == 0
                    ? Optional.empty()
                    : Optional.of(name + " has ended with exit code " + code);
        } catch (IOException e) {
            return Optional.of("cannot start " + name + ": " + e.getMessage());
        } finally {
            guest.set(null);
            again.run();
        }
    }

    /** Lets people read what a program has printed that did not stay. */
    private static void waitForEnter() throws IOException {
        System.out.print("\n(Enter: back to Simmer) ");
        System.out.flush();
        try (InputStream in = new FileInputStream(TtyTerminal.TTY)) {
            int key = in.read();
            while (key >= 0 && key != '\n') {
                key = in.read();
            }
        }
    }

    /** Stops the whole process group, as Ctrl+Z does; returns when it goes on. */
    private static void stop() throws IOException, InterruptedException {
        Runnable again = ProcessSignals.byDefault("TSTP");
        try {
            shell("kill -TSTP 0");
        } finally {
            again.run();
        }
    }

    private static void shell(String command) throws IOException, InterruptedException {
        new ProcessBuilder(List.of("/bin/sh", "-c", command))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    /** Whether a process is stopped; false where the system does not tell. */
    private static boolean isStopped(long pid) {
        try {
            String stat =
                    Files.readString(
                            Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
            return stat.substring(stat.lastIndexOf(')') + 1).startsWith(" T");
        } catch (IOException e) {
            return false;
        }
    }

    /** A program must not go on without Simmer in a terminal that is given back. */
    private void sendGuestAway() {
        Process process = guest.get();
        if (process == null) {
            return;
        }
        process.destroy();
        try {
            boolean _ = process.waitFor(GOODBYE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
