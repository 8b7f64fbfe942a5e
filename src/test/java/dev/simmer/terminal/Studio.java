package dev.simmer.terminal;

import dev.simmer.tui.theme.Depth;
import dev.simmer.tui.theme.Paint;
import dev.simmer.tui.theme.Role;
import dev.simmer.tui.theme.Theme;
import dev.simmer.tui.theme.Themes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where pictures are taken: a workspace of which all tasks run, with a supervisor of its own, and
 * the dashboard opened anew for each scene. For one thread.
 */
final class Studio implements AutoCloseable {
    /** What all rows come to, in the order of the table; then nothing moves any more. */
    private static final List<String> SETTLED =
            List.of(
                    "ready",
                    "68%",
                    "waits for build",
                    "waits for a h",
                    "retry 1",
                    "permission",
                    "completed",
                    "Read tests");

    private final Path project;
    private final Path folder;
    private final Home home;
    private final Themes themes;
    private boolean settled;

    /**
     * A picture's cells, and the colour around them.
     *
     * @param ground the background of the scene's theme, 24 bits
     */
    record Taken(ScreenCells cells, int ground) {}

    /**
     * @param folder empty; not deleted here
     */
    Studio(Path project, Path folder) throws IOException {
        this.project = project;
        this.folder = folder;
        this.home = new Home(folder.resolve("home"));
        this.themes = Themes.load(List.of(project.resolve("themes")));
        copy(project.resolve("src/test/workspaces/pictures"), folder.resolve("shop"));
        Files.move(folder.resolve("shop/bin"), folder.resolve("bin"));
        copy(project.resolve("agents"), folder.resolve("shop/.agents/agents"));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    /** Opens the dashboard, plays the scene and leaves; tasks go on. */
    Taken take(Scene scene) throws IOException, InterruptedException {
        if (!settled) {
            settle();
        }
        try (Tmux terminal = open(scene.theme(), scene.columns(), scene.rows())) {
            terminal.await("n spawn");
            for (String key : scene.keys()) {
                terminal.keys(key);
            }
            String screen = still(terminal, scene.until());
            Theme theme = themes.theme(scene.theme(), Depth.RGB);
            int ground = Paint.background(theme.paint(Role.TEXT)) & 0xffffff;
            int ink = Paint.foreground(theme.paint(Role.TEXT)) & 0xffffff;
            ScreenCells cells = ScreenCells.of(screen, scene.columns(), scene.rows(), ink, ground);
            terminal.keys("C-c");
            return new Taken(cells, ground);
        }
    }

    private Tmux open(String theme, int columns, int rows)
            throws IOException, InterruptedException {
        forget(home.folder().resolve("dashboard"));
        Path kept = Files.createDirectories(home.folder().resolve("dashboard")).resolve("theme");
        Files.writeString(kept, "theme: " + theme + "\nbackground: dark\n");
        Map<String, String> environment =
                Map.of(
                        "SIMMER_HOME", home.folder().toString(),
                        "XDG_CONFIG_HOME", folder.resolve("config").toString(),
                        "HOME", folder.toString(),
                        "COLORTERM", "truecolor",
                        "NO_COLOR", "",
                        "LC_ALL", "C.UTF-8",
                        "TZ", "UTC");
        String command =
                "PATH='%s':$PATH; export PATH; JAVA_TOOL_OPTIONS='-Dsimmer.root=%s' %s"
                        .formatted(folder.resolve("bin"), project, Launching.commandLine());
        return Tmux.open(folder.resolve("shop"), columns, rows, environment, command);
    }

    /**
     * Opening the dashboard tries again what was skipped, and so what that needs; not from here on.
     */
    private void calm() throws IOException {
        Path file = folder.resolve("shop/simmer.yaml");
        List<String> lines = Files.readAllLines(file);
        Files.write(file, lines.stream().filter(line -> !line.startsWith("  release:")).toList());
    }

    /** Waits, in a terminal that shows all rows, until every task has come to where it stays. */
    private void settle() throws IOException, InterruptedException {
        try (Tmux terminal = open("auto", 130, 45)) {
            for (String each : SETTLED) {
                terminal.await(each);
            }
            terminal.keys("C-c");
            terminal.await("ended with");
        }
        calm();
        settled = true;
    }

    /**
     * The screen with its colours, once it shows a text and has stopped to change but in figures.
     */
    private static String still(Tmux terminal, String until)
            throws IOException, InterruptedException {
        String before = terminal.awaitColoured(until);
        for (int i = 0; i < 100; i++) {
            Thread.sleep(200);
            String now = terminal.awaitColoured(until);
            if (figures(now).equals(figures(before))) {
                return now;
            }
            before = now;
        }
        throw new AssertionError("never still:\n" + before);
    }

    private static String figures(String screen) {
        return screen.replaceAll("[0-9. \\u2800-\\u28ff]+", "");
    }

    private static void forget(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    @Override
    public void close() throws IOException {
        home.close();
    }
}
