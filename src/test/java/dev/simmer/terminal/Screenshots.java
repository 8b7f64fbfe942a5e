package dev.simmer.terminal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Makes the pictures in {@code screenshots/} from the real dashboard with real tasks running. */
public final class Screenshots {
    private Screenshots() {}

    /** Makes them: {@code Screenshots PROJECT}. */
    public static void main(String[] args) throws Exception {
        Path project = Path.of(args[0]).toAbsolutePath();
        Path folder = Files.createTempDirectory("simmer");
        Path workspace = project.resolve("src/test/workspaces/kitchen");
        Map<String, String> env =
                Map.of(
                        "SIMMER_HOME",
                        folder.toString(),
                        "COLORTERM",
                        "truecolor",
                        "NO_COLOR",
                        "",
                        "LC_ALL",
                        "C.UTF-8");
        try (Home _ = new Home(folder);
                Tmux terminal = Tmux.open(workspace, 120, 32, env, "'" + project + "/simmer'")) {
            terminal.await("waits for");
            terminal.await("failed");
            terminal.await("Tests");
            terminal.keys("G", "g", "j", "j", "j");
            String screen = terminal.awaitColoured("42 %");
            Files.writeString(
                    Files.createDirectories(project.resolve("screenshots"))
                            .resolve("dashboard.svg"),
                    ScreenSvg.of(screen, 120, 32, "#15171c", "#d7dbe2"));
            terminal.keys("Q");
            terminal.await("ended with");
        }
    }
}
