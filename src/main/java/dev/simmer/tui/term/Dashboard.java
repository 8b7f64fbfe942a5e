package dev.simmer.tui.term;

import com.googlecode.lanterna.TerminalSize;
import dev.simmer.tui.model.Appearance;
import dev.simmer.tui.model.Groups;
import dev.simmer.tui.model.Model;
import dev.simmer.tui.model.Msg;
import dev.simmer.tui.model.Place;
import dev.simmer.tui.model.Remembered;
import dev.simmer.tui.settings.Remembering;
import dev.simmer.tui.theme.Depth;
import dev.simmer.tui.theme.Themes;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** The full-screen dashboard. */
public final class Dashboard {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

    private static final int HUNG_UP = 129;

    /** How long the layout has to stay as it is before it is written down. */
    private static final Duration SETTLES = Duration.ofSeconds(1);

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
        KeptTheme kept = new KeptTheme(setup.crashFolder().resolve("dashboard").resolve("theme"));
        Future<Opened> opened = CompletableFuture.supplyAsync(() -> open(setup, kept));
        try {
            String farewell;
            try (TtyTerminal terminal = TtyTerminal.open()) {
                farewell = show(setup, terminal, opened.get());
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

    /**
     * What the first frame looks like.
     *
     * @param choice the theme, and whether the terminal seems to be light
     * @param remembered how it was arranged
     */
    private record Opened(ThemeDesk desk, KeptTheme.Choice choice, Remembered remembered) {}

    /** Reads no more than the first frame needs; all themes are read after it. */
    private static Opened open(DashboardSetup setup, KeptTheme kept) {
        Optional<KeptTheme.Choice> last = kept.read();
        String theme = last.map(KeptTheme.Choice::theme).orElse(setup.theme());
        boolean light =
                Background.told(setup.environment())
                        .orElse(last.filter(KeptTheme.Choice::light).isPresent());
        Themes first = Themes.builtIn();
        if (!theme.equals(Appearance.AUTO) && !first.has(theme)) {
            first = Themes.loadOnly(theme, setup.themeFolders());
        }
        if (!theme.equals(Appearance.AUTO) && !first.has(theme)) {
            first = Themes.load(setup.themeFolders());
        }
        boolean asks = Background.answers(setup.environment());
        ThemeDesk desk = ThemeDesk.of(setup.themeFolders(), kept, first).asking(asks);
        return new Opened(desk, new KeptTheme.Choice(theme, light), setup.remembered().read());
    }

    private static String show(DashboardSetup setup, TtyTerminal terminal, Opened opened)
            throws IOException, InterruptedException {
        TerminalSize size = terminal.getTerminalSize();
        Themes themes = opened.desk().newest();
        String wanted = opened.choice().theme();
        boolean there = wanted.equals(Appearance.AUTO) || themes.has(wanted);
        String theme = there ? wanted : Appearance.AUTO;
        Place place =
                new Place(
                        setup.name(),
                        setup.workspace(),
                        setup.limits(),
                        setup.inherited(),
                        setup.interactive(),
                        Groups.of(setup.workspace(), setup.groups()),
                        ZoneId.systemDefault());
        Remembered remembered = opened.remembered();
        Model opening =
                remembered.restored(
                        Model.opening(
                                        place,
                                        size.getColumns(),
                                        size.getRows(),
                                        themes.names(),
                                        theme)
                                .onLight(opened.choice().light())
                                .withKeymap(setup.keymap()));
        Depth depth = Depth.of(setup.environment());
        try (TtyScreen screen = new TtyScreen(terminal, setup.environment());
                Loop loop = new Loop(setup.engine(), screen, opened.desk(), depth, opening);
                Remembering keeper =
                        new Remembering(
                                setup.remembered(),
                                remembered,
                                SETTLES,
                                why -> loop.post(new Msg.Problem(why)))) {
            loop.remembering(keeper::note);
            loop.asking(setup.lookups());
            terminal.addResizeListener((_, now) -> loop.resized(now.getColumns(), now.getRows()));
            screen.listen(loop::post, loop::inputEnded);
            // The user's configuration need not be read before the first frame.
            Thread.ofVirtual().start(() -> screen.tellBy(setup.telling().get(), loop::post));
            List<String> problems = new ArrayList<>(setup.notices());
            problems.addAll(setup.keymap().mistakes());
            if (!there) {
                problems.add("there is no theme " + wanted + "; t shows which there are");
            }
            if (!problems.isEmpty()) {
                loop.post(new Msg.Wrong(problems));
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
