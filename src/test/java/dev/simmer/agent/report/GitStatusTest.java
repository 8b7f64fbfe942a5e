package dev.simmer.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitStatusTest {
    @TempDir Path base;

    @Test
    void tellsWhatChangedAlsoInFilesThatDifferedBefore() throws Exception {
        Repository repository = Repository.make(base.resolve("r"));
        repository.write("same.txt", "dirty before and after\n");
        repository.write("a.txt", "dirty before\n");
        repository.write("gone.txt", "x\n");
        byte[] index = Files.readAllBytes(base.resolve("r/.git/index"));
        GitStatus before = look(repository.folder());
        assertThat(before).isInstanceOf(GitStatus.Seen.class);
        assertThat(GitStatus.parse(((GitStatus.Seen) before).text())).isEqualTo(before);

        repository.write("a.txt", "dirty before, and longer after\n");
        repository.write("sub/new\nline \"ü\".txt", "n\n");
        repository.write("build/out.o", "ignored\n");
        repository.write(".agents/reports/r.md", "report\n");
        Files.delete(base.resolve("r/gone.txt"));
        Files.delete(base.resolve("r/sub/b.txt"));
        GitStatus.Changes changes =
                GitStatus.between(
                        repository.folder(),
                        before,
                        look(repository.folder()),
                        Set.of(".agents/reports/"));
        assertThat(changes)
                .isEqualTo(
                        new GitStatus.Changes(
                                List.of(
                                        "a.txt",
                                        "gone.txt",
                                        "sub/b.txt",
                                        "sub/new\nline \"ü\".txt"),
                                ""));
        assertThat(base.resolve("r/.git/index")).hasBinaryContent(index);
    }

    @Test
    void tellsWhatWasCommitted() throws Exception {
        Repository repository = Repository.make(base.resolve("r"));
        GitStatus before = look(repository.folder());
        repository.write("c.txt", "three\n");
        repository.commit("More");
        assertThat(
                        GitStatus.between(
                                        repository.folder(),
                                        before,
                                        look(repository.folder()),
                                        Set.of())
                                .files())
                .containsExactly("c.txt");
    }

    @Test
    void looksOnlyBelowTheWorkspaceAndNamesPathsFromIt() throws Exception {
        Repository repository = Repository.make(base.resolve("r"));
        Path workspace = base.resolve("r/sub");
        GitStatus before = look(workspace);
        repository.write("a.txt", "outside\n");
        repository.write("sub/b.txt", "inside\n");
        repository.commit("Both");
        repository.write("sub/c.txt", "inside\n");
        assertThat(GitStatus.between(workspace, before, look(workspace), Set.of()).files())
                .containsExactly("b.txt", "c.txt");
    }

    @Test
    void takesARepositoryWithoutACommit() throws Exception {
        Repository.make(base.resolve("any"));
        Path empty = Files.createDirectory(base.resolve("empty"));
        Repository.gitIn(empty, "init", "-q");
        GitStatus before = look(empty);
        Files.writeString(empty.resolve("x"), "x");
        assertThat(GitStatus.between(empty, before, look(empty), Set.of()).files())
                .containsExactly("x");
    }

    @Test
    void saysWhyNothingIsKnown() throws IOException {
        Path none = Files.createDirectory(base.resolve("none"));
        GitStatus status = look(none);
        assertThat(status).isInstanceOf(GitStatus.Unseen.class);
        assertThat(GitStatus.between(none, status, status, Set.of()).note())
                .startsWith("what it changed elsewhere is not known: ");
        assertThat(GitStatus.parse("")).isInstanceOf(GitStatus.Unseen.class);
    }

    @Test
    void endsAGitThatHangsOrSaysTooMuch() throws Exception {
        Path bin = Files.createDirectory(base.resolve("bin"));
        Path hanging = script(bin.resolve("hang"), "exec sleep 600");
        GitFault fault =
                org.junit.jupiter.api.Assertions.assertThrows(
                        GitFault.class,
                        () ->
                                new Git(base, Duration.ofMillis(200))
                                        .run(10, "-c", "alias.x=!" + hanging, "x"));
        assertThat(fault).hasMessageContaining("longer than");
        Path loud = script(bin.resolve("loud"), "exec yes");
        Git.Said said =
                new Git(base, Duration.ofSeconds(30)).run(100_000, "-c", "alias.y=!" + loud, "y");
        assertThat(said.cut()).isTrue();
        assertThat(said.out()).hasSize(100_000);
    }

    private static Path script(Path file, String text) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    private static GitStatus look(Path workspace) {
        return GitStatus.of(workspace, Duration.ofSeconds(60));
    }
}
