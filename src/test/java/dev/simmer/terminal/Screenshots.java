package dev.simmer.terminal;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes the pictures in {@code screenshots/} from the real dashboard in a real terminal with real
 * tasks running.
 */
public final class Screenshots {
    private Screenshots() {}

    /** Makes them: {@code Screenshots PROJECT [NAME ...]}; without names all. */
    public static void main(String[] args) throws Exception {
        Path project = Path.of(args[0]).toAbsolutePath();
        List<String> names = List.of(args).subList(1, args.length);
        Path folder = folder();
        Path to = Files.createDirectories(project.resolve("screenshots"));
        ScreenPng png = new ScreenPng(project.resolve("src/test/resources/glyphs"));
        try (Studio studio = new Studio(project, folder)) {
            for (Scene scene : Scene.all()) {
                if (names.isEmpty() || names.contains(scene.name())) {
                    Studio.Taken taken = studio.take(scene);
                    List<String> missing = png.missing(taken.cells());
                    if (!missing.isEmpty()) {
                        System.err.println(scene.name() + ": no outline for " + missing);
                    }
                    String content = ScreenContent.of(taken.cells(), scene.bars());
                    String svg = ScreenSvg.of(taken.cells(), taken.ground(), content);
                    Files.writeString(to.resolve(scene.name() + ".svg"), svg);
                    png.write(taken.cells(), taken.ground(), to.resolve(scene.name() + ".png"));
                    System.out.println(scene.name());
                }
            }
        } finally {
            delete(folder);
        }
    }

    /** A short name where it is free, since the dashboard shows it. */
    private static Path folder() throws IOException {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        try {
            return Files.createDirectory(temporary.resolve("ada"));
        } catch (FileAlreadyExistsException e) {
            return Files.createTempDirectory("simmer");
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
