package dev.simmer.tui.term;

import com.googlecode.lanterna.TerminalSize;

import dev.simmer.tui.model.Model;
import dev.simmer.tui.model.Msg;
import dev.simmer.tui.model.Place;
import dev.simmer.tui.theme.Depth;
import dev.simmer.tui.theme.Themes;

import org.jspecify.annotations.Nullable;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** The full-screen dashboard. */
public final class Dashboard {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

    private static final int HUNG_UP = 129;

    private Dashboard() {}

    /** The terminal was closed while the dashboard ran; that is no mistake of anybody. */
    private static final class TerminalGone extends IOException {
        TerminalGone(IOException cause) {
            super(cause);
        }
    }

    /**
     * Shows the dashboard until the user leaves; the calling thread runs it. The terminal is given
     * back in any case: at the end, after a crash, and by a shutdown hook when the process is told
     * to end. Nothing is asked of the engine at the end but what the user asked for: tasks go on.
     *
     * @return the exit code: 0 when the user left, 1 after a crash, 2 where there is no terminal,
     *     129 (as after SIGHUP) when the terminal went away
     */
    public static int run(DashboardSetup setup) {
        if (!isTerminal(System.console())) {
            System.err.println(
                    "simmer: the dashboard needs a terminal on stdin and stdout; without one use"
                            + " simmer --headless");
            return 2;
        }
        Throwable failure;
        Future<Themes> themes =
                CompletableFuture.supplyAsync(() -> Themes.load(setup.themeFolders()));
        try {
            String farewell;
            try (TtyTerminal terminal = TtyTerminal.open()) {
                farewell = show(setup, terminal, themes.get());
            }
            if (!farewell.isEmpty()) {
                System.out.println(farewell);
            }
            return 0;
        } catch (TerminalGone e) {
            return HUNG_UP;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        } catch (IOException | ExecutionException | RuntimeException | Error e) {
            failure = e;
        }
        System.err.println(crashed(setup.crashFolder(), failure));
        return 1;
    }

    @SuppressWarnings("SystemConsoleNull") // the checker and the Javadoc disagree
    private static boolean isTerminal(@Nullable Console console) {
        return console != null && console.isTerminal();
    }

    private static String show(DashboardSetup setup, TtyTerminal terminal, Themes themes)
            throws IOException, InterruptedException {
        TerminalSize size = terminal.getTerminalSize();
        String theme = themes.has(setup.theme()) ? setup.theme() : Themes.BUILT_IN;
        Place place =
                new Place(
                        setup.name(),
                        setup.workspace(),
                        setup.limits(),
                        setup.inherited(),
                        setup.interactive(),
                        ZoneId.systemDefault());
        Model opening =
                Model.opening(place, size.getColumns(), size.getRows(), themes.names(), theme)
                        .withKeymap(setup.keymap());
        Depth depth = Depth.of(setup.environment());
        TtyScreen screen = new TtyScreen(terminal, setup.environment());
        try (Loop loop = new Loop(setup.engine(), screen, themes, depth, opening)) {
            terminal.addResizeListener((_, now) -> loop.resized(now.getColumns(), now.getRows()));
            screen.listen(loop::post, loop::inputEnded);
            List<String> problems = new ArrayList<>(setup.notices());
            problems.addAll(setup.keymap().mistakes());
            problems.addAll(themes.problems());
            if (!themes.has(setup.theme())) {
                problems.add("there is no theme " + setup.theme());
            }
            if (!problems.isEmpty()) {
                String more = problems.size() > 1 ? "(1 of " + problems.size() + ") " : "";
                loop.post(new Msg.Problem(more + problems.getFirst()));
            }
            return run(loop);
        }
    }

    private static String run(Loop loop) throws TerminalGone, InterruptedException {
        try {
            return loop.run();
        } catch (IOException e) {
            throw new TerminalGone(e);
        }
    }

    /** Writes the trace down; returns what to tell the user. */
    static String crashed(Path folder, Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        Path file =
                folder.resolve(
                        "crash-"
                                + LocalDateTime.now(ZoneId.systemDefault()).format(STAMP)
                                + ".txt");
        try {
            Files.createDirectories(folder);
            Files.writeString(file, trace.toString());
            return "simmer: the dashboard crashed (" + failure + "); the trace is in " + file;
        } catch (IOException e) {
            return "simmer: the dashboard crashed, and the trace cannot be written to "
                    + file
                    + ": "
                    + e.getMessage()
                    + System.lineSeparator()
                    + trace;
        }
    }
}
