package dev.simmer.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskFileFinderTest {
    @TempDir Path folder = Path.of("/");

    @Test
    void nearestFolderWins() throws IOException {
        Path deep = Files.createDirectories(folder.resolve("a/b/c"));
        Path outer = Files.writeString(folder.resolve("simmer.yaml"), "");
        assertThat(TaskFileFinder.find(deep)).contains(outer);

        Path inner = Files.writeString(folder.resolve("a/b/simmer.yml"), "");
        assertThat(TaskFileFinder.find(deep)).contains(inner);
        assertThat(TaskFileFinder.find(deep.resolve("../../.."))).contains(outer);

        Path yaml = Files.writeString(folder.resolve("a/b/simmer.yaml"), "");
        assertThat(TaskFileFinder.find(deep)).as("of both, .yaml").contains(yaml);
    }

    @Test
    void foundLinkNeedNotLeadAnywhere() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("simmer.yaml"), Path.of("nowhere"));
        assertThat(TaskFileFinder.find(folder)).contains(link);
    }

    @Test
    void noneUpToTheRoot() {
        assertThat(TaskFileFinder.find(Path.of("/proc/self/fd"))).isEmpty();
    }
}
