package dev.simmer.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GlobsTest {
    @TempDir Path folder = Path.of("/");

    @BeforeEach
    void fill() throws IOException {
        for (String file :
                List.of(
                        "z.ts",
                        "a.ts",
                        "-rf.ts",
                        "src/b.ts",
                        "src/deep/er/c.ts",
                        "src/deep/d.js",
                        "node_modules/x/e.ts",
                        "src/node_modules/f.ts",
                        ".git/g.ts",
                        ".hidden/h.ts")) {
            Path path = folder.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, "");
        }
    }

    @Test
    void starStaysInItsFolder() {
        assertThat(found("*.ts")).containsExactly("./-rf.ts", "a.ts", "z.ts");
        assertThat(found("./a.*")).containsExactly("a.ts");
        assertThat(found("src/*.ts")).containsExactly("src/b.ts");
    }

    @Test
    void twoStarsStandForAnyFoldersAndForNone() {
        assertThat(found("src/**/*.ts")).containsExactly("src/b.ts", "src/deep/er/c.ts");
        assertThat(found("**/*.{ts,js}"))
                .containsExactly(
                        "./-rf.ts",
                        ".hidden/h.ts",
                        "a.ts",
                        "src/b.ts",
                        "src/deep/d.js",
                        "src/deep/er/c.ts",
                        "z.ts");
        assertThat(found("src/**"))
                .containsExactly("src/b.ts", "src/deep/d.js", "src/deep/er/c.ts");
        assertThat(found("**/deep/**/c.ts")).containsExactly("src/deep/er/c.ts");
    }

    @Test
    void passedOverFoldersAreEnteredWhereNamed() {
        assertThat(found("node_modules/**/*.ts")).containsExactly("node_modules/x/e.ts");
        assertThat(found("**/node_modules/*.ts")).containsExactly("src/node_modules/f.ts");
        assertThat(found(".git/*")).containsExactly(".git/g.ts");
    }

    @Test
    void linksToFilesCountAndLinksToFoldersAreNotEntered() throws IOException {
        Files.createSymbolicLink(folder.resolve("src/loop"), folder);
        Files.createSymbolicLink(folder.resolve("src/link.ts"), folder.resolve("a.ts"));
        Files.createSymbolicLink(folder.resolve("src/dangling.ts"), folder.resolve("none"));

        assertThat(found("src/**/*.ts"))
                .containsExactly("src/b.ts", "src/deep/er/c.ts", "src/link.ts");
    }

    @Test
    void folderMayBeALink() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("here"), folder.resolve("src"));

        assertThat(new Globs(new Mistakes(folder)).find(link, glob("*.ts")))
                .containsExactly("b.ts");
    }

    @Test
    void foldersAreNoFiles() {
        assertThat(found("*")).containsExactly("./-rf.ts", "a.ts", "z.ts");
    }

    @Test
    void missingFolderHoldsNothing() {
        assertThat(found("none/*.ts")).isEmpty();
    }

    private List<String> found(String pattern) {
        Mistakes mistakes = new Mistakes(folder);
        Globs globs = new Globs(mistakes);
        assertThat(globs.check(glob(pattern))).isTrue();
        List<String> found = globs.find(folder, glob(pattern));
        assertThat(mistakes.sorted()).isEmpty();
        return found;
    }

    private static YamlNode.Scalar glob(String pattern) {
        return new YamlNode.Scalar(Position.START, pattern, true, Optional.empty());
    }
}
