package dev.simmer.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pictures in {@code screenshots/} show what the dashboard shows; where this fails because the
 * dashboard has changed, {@code screenshots/make} makes them anew.
 */
class ScreenshotsTest {
    private static final Path PROJECT = Path.of("").toAbsolutePath();
    private static final Path PICTURES = PROJECT.resolve("screenshots");

    @Test
    void picturesShowWhatTheDashboardShows(@TempDir Path folder) throws Exception {
        boolean installed = Tmux.installed();
        assertThat(installed || System.getenv("CI") == null)
                .as("tmux is installed, which CI must see to")
                .isTrue();
        assumeTrue(installed, "tmux is not installed, so no picture was made");
        ScreenPng png = new ScreenPng(PROJECT.resolve("src/test/resources/glyphs"));
        List<String> differences = new ArrayList<>();
        try (Studio studio = new Studio(PROJECT, folder)) {
            for (Scene scene : Scene.all()) {
                Studio.Taken taken = studio.take(scene);
                String kept = Files.readString(PICTURES.resolve(scene.name() + ".svg"));
                String now = ScreenContent.of(taken.cells(), scene.bars());
                differences.addAll(differences(scene, ScreenSvg.content(kept), now));
                assertThat(png.missing(taken.cells()))
                        .as("letters without an outline in src/test/resources/glyphs")
                        .isEmpty();
            }
        }
        assertThat(differences).as("screenshots/make makes the pictures anew").isEmpty();
    }

    /** The rows that differ, as they were and as they are. */
    private static List<String> differences(Scene scene, String was, String is) {
        List<String> before = was.lines().toList();
        List<String> after = is.lines().toList();
        List<String> differences = new ArrayList<>();
        for (int row = 0; row < Math.max(before.size(), after.size()); row++) {
            String old = row < before.size() ? before.get(row) : "";
            String now = row < after.size() ? after.get(row) : "";
            if (!old.equals(now)) {
                differences.add(scene.name() + " " + row + "\n- " + old + "\n+ " + now);
            }
        }
        return differences;
    }

    @Test
    void everySceneHasBothPicturesAndNothingElseLiesThere() throws Exception {
        TreeSet<String> wanted = new TreeSet<>(List.of("make"));
        for (Scene scene : Scene.all()) {
            wanted.add(scene.name() + ".svg");
            wanted.add(scene.name() + ".png");
        }
        try (Stream<Path> files = Files.list(PICTURES)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(wanted);
        }
        for (Scene scene : Scene.all()) {
            try (InputStream file = Files.newInputStream(PICTURES.resolve(scene.name() + ".png"))) {
                var image = ImageIO.read(file);
                assertThat(image.getWidth())
                        .isEqualTo(scene.columns() * ScreenPng.CELL_WIDTH + 2 * ScreenPng.MARGIN);
                assertThat(image.getHeight())
                        .isEqualTo(scene.rows() * ScreenPng.CELL_HEIGHT + 2 * ScreenPng.MARGIN);
            }
        }
    }

    @Test
    void readmeShowsThem() throws Exception {
        String readme = Files.readString(PROJECT.resolve("README.md"));
        List<String> shown = new ArrayList<>();
        for (Scene scene : Scene.all()) {
            if (readme.contains("(screenshots/" + scene.name() + ".")) {
                shown.add(scene.name());
            }
        }
        assertThat(shown).contains("desk-dark", "dashboard-light", "agent", "timeline", "palette");
    }
}
