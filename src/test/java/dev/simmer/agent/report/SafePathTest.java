package dev.simmer.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafePathTest {
    @TempDir Path base;

    private Path workspace = Path.of("");
    private Path outside = Path.of("");

    @BeforeEach
    void makeFolders() throws IOException {
        workspace = Files.createDirectory(base.resolve("workspace"));
        outside = Files.createDirectory(base.resolve("workspace2"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "/etc/passwd",
                "../x.md",
                "a/../../x.md",
                "a/../x.md",
                "a\nb.md",
                "a\u001b[2Jb.md",
                "a\u202eb.md",
                ".",
                "folder",
                "file.md/x.md",
                ".git/hooks/post-commit",
                "sub/.GIT/config",
                "out/x.md",
                "way/x.md",
                "gone.md",
                "circle/x.md",
                "evil.md",
            })
    void refuses(String path) throws IOException {
        links();
        assertThat(SafePath.check(workspace, path, "report"))
                .isInstanceOfSatisfying(
                        SafePath.Refused.class,
                        refused ->
                                assertThat(refused.words())
                                        .startsWith("the report path")
                                        .contains(": ")
                                        .doesNotContain("\n", "\u001b", "\u202e"));
    }

    @Test
    void resolvesWhatStaysInside() throws IOException {
        links();
        Path real = workspace.toRealPath();
        for (String path :
                new String[] {"a/b/x.md", "./a/b/x.md", "in/b/x.md", real + "/a/b/x.md"}) {
            assertThat(SafePath.check(workspace, path, "report"))
                    .isEqualTo(new SafePath.Inside(real, Path.of("a/b/x.md")));
        }
    }

    @Test
    void takesAWorkspaceThatIsItselfALink() throws IOException {
        Path link = outside.resolve("ws");
        Files.createSymbolicLink(link, workspace);
        assertThat(SafePath.check(link, link + "/x.md", "report"))
                .isEqualTo(new SafePath.Inside(workspace.toRealPath(), Path.of("x.md")));
    }

    private void links() throws IOException {
        Files.createDirectories(workspace.resolve("a/b"));
        Files.createDirectories(workspace.resolve("folder"));
        Files.writeString(workspace.resolve("file.md"), "");
        Files.createSymbolicLink(workspace.resolve("in"), Path.of("a"));
        Files.createSymbolicLink(workspace.resolve("out"), outside);
        Files.createSymbolicLink(workspace.resolve("way"), Path.of("out/below"));
        Files.createDirectories(outside.resolve("below"));
        Files.createSymbolicLink(workspace.resolve("gone.md"), outside.resolve("none"));
        Files.createSymbolicLink(workspace.resolve("circle"), Path.of("circle"));
        Files.writeString(outside.resolve("victim.md"), "");
        Files.createSymbolicLink(workspace.resolve("evil.md"), outside.resolve("victim.md"));
    }
}
