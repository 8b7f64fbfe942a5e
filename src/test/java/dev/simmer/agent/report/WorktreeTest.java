package dev.simmer.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorktreeTest {
    @TempDir Path base;

    private Repository user = new Repository(Path.of(""));
    private Path parent = Path.of("");

    @BeforeEach
    void makeRepository() throws Exception {
        user = Repository.make(base.resolve("user"));
        parent = base.resolve("trees");
        user.write(".env", "KEY=1\n");
        user.write("local.conf", "untracked, not ignored\n");
        user.write("a.txt", "the user's own change\n");
        user.git("config", "core.hooksPath", base.resolve("hooks").toString());
        Path hook = base.resolve("hooks/post-checkout");
        Files.createDirectories(hook.getParent());
        Files.writeString(hook, "#!/bin/sh\ntouch " + base.resolve("hooked") + "\n");
        assertThat(hook.toFile().setExecutable(true)).isTrue();
    }

    @Test
    void isRemovedWhereNothingChanged() throws Exception {
        String before = state();
        Worktree tree = add(List.of(".env", "local.conf"));
        assertThat(tree.workplace().resolve(".env")).hasContent("KEY=1\n");
        assertThat(tree.workplace().resolve("a.txt")).hasContent("one\n");
        Files.createDirectory(tree.folder().resolve("build"));
        Files.writeString(tree.folder().resolve("build/x.o"), "ignored");
        assertThat(Worktree.parse(tree.text())).contains(tree);
        assertThat(tree.end()).isEqualTo(new Worktree.Ending(true, "", "", false, ""));
        assertThat(tree.end().removed()).isTrue();
        assertThat(tree.folder()).doesNotExist();
        assertThat(state()).isEqualTo(before);
        assertThat(user.git("branch", "--list", "simmer/*")).isEmpty();
        assertThat(base.resolve("hooked")).doesNotExist();
    }

    @Test
    void isKeptWithItsDiffWhereSomethingChanged() throws Exception {
        String before = state();
        Worktree tree = add(List.of(".env", "local.conf"));
        Files.writeString(tree.folder().resolve("a.txt"), "the agent's\u001b[2J change\n");
        Files.writeString(tree.folder().resolve("new.txt"), "new\n");
        Files.delete(tree.folder().resolve("sub/b.txt"));
        String own = Repository.gitIn(tree.folder(), "status", "--porcelain");
        Worktree.Ending ending = tree.end();
        assertThat(ending.removed()).isFalse();
        assertThat(ending.note()).isEmpty();
        assertThat(ending.stat()).contains("a.txt", "new.txt", "3 files changed");
        assertThat(ending.diff())
                .contains("-one\n+the agent's[2J change\n", "+new\n", "-two\n")
                .doesNotContain("local.conf", ".env");
        assertThat(tree.look()).isEqualTo(ending);
        assertThat(Repository.gitIn(tree.folder(), "status", "--porcelain")).isEqualTo(own);
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void tellsWhatTheAgentCommitted() throws Exception {
        Worktree tree = add(List.of());
        Files.writeString(tree.folder().resolve("a.txt"), "committed\n");
        Repository.gitIn(tree.folder(), "commit", "-qam", "Change");
        assertThat(tree.end().diff()).contains("+committed");
        assertThat(tree.folder()).isDirectory();
    }

    @Test
    void tellsACopiedFileThatTheAgentChanged() throws Exception {
        Worktree tree = add(List.of("local.conf"));
        Files.writeString(tree.folder().resolve("local.conf"), "changed\n");
        assertThat(tree.end().diff()).contains("+changed");
    }

    @Test
    void givesEachItsOwnNameAndCopiesNothingFromOutside() throws Exception {
        Files.createSymbolicLink(base.resolve("user/link"), base);
        assertThat(
                        Worktree.add(
                                user.folder(),
                                parent,
                                "Audit: all",
                                List.of("../x", "none", "link/y")))
                .isInstanceOfSatisfying(
                        Worktree.Adding.Added.class,
                        added -> {
                            assertThat(added.notes()).hasSize(3);
                            assertThat(added.worktree().branch()).isEqualTo("simmer/Audit-all");
                        });
        assertThat(Worktree.add(user.folder(), parent, "Audit: all", List.of()))
                .isInstanceOfSatisfying(
                        Worktree.Adding.Added.class,
                        added ->
                                assertThat(added.worktree().branch())
                                        .isEqualTo("simmer/Audit-all-2"));
    }

    @Test
    void claimIsGivenUpHoweverFarItWasMade() throws Exception {
        String before = state();
        Worktree claimed = claim();
        assertThat(claimed.folder()).isEmptyDirectory();
        Worktree other = claim();
        assertThat(other.folder()).isNotEqualTo(claimed.folder());
        assertThat(other.abandon()).isTrue();
        assertThat(claimed.make(List.of("local.conf"))).isInstanceOf(Worktree.Adding.Added.class);
        Files.delete(claimed.folder().resolve("a.txt"));
        assertThat(claimed.abandon()).isTrue();
        assertThat(claimed.abandon()).isTrue();
        assertThat(parent).isEmptyDirectory();
        assertThat(user.git("branch", "--list", "simmer/*")).isEmpty();
        assertThat(user.git("worktree", "list").lines()).hasSize(1);
        assertThat(state()).isEqualTo(before);
    }

    private Worktree claim() {
        return ((Worktree.Adding.Added) Worktree.claim(user.folder(), parent, "audit")).worktree();
    }

    @Test
    void worksInAWorkspaceBelowTheTop() throws Exception {
        user.write("sub/.env", "K=2\n");
        Worktree.Adding adding =
                Worktree.add(base.resolve("user/sub"), parent, "x", List.of(".env"));
        Worktree tree = ((Worktree.Adding.Added) adding).worktree();
        assertThat(tree.workplace()).isEqualTo(tree.folder().resolve("sub"));
        assertThat(tree.workplace().resolve(".env")).hasContent("K=2\n");
        assertThat(tree.end().removed()).isTrue();
    }

    @Test
    void isRefusedWithoutARepositoryOrACommit() throws Exception {
        Path none = Files.createDirectory(base.resolve("none"));
        assertThat(Worktree.add(none, parent, "x", List.of()))
                .isInstanceOf(Worktree.Adding.Refused.class);
        Repository.gitIn(none, "init", "-q");
        assertThat(Worktree.add(none, parent, "x", List.of()))
                .isEqualTo(
                        new Worktree.Adding.Refused(
                                "no worktree was made: the repository has no commit yet; isolation:"
                                        + " worktree needs a git repository with a commit"));
    }

    private Worktree add(List<String> copy) {
        Worktree.Adding adding = Worktree.add(user.folder(), parent, "20260123-audit", copy);
        assertThat(adding).isInstanceOf(Worktree.Adding.Added.class);
        assertThat(((Worktree.Adding.Added) adding).notes()).isEmpty();
        return ((Worktree.Adding.Added) adding).worktree();
    }

    /** All that the user has: files, index, branch. */
    private String state() throws Exception {
        return user.git("status", "--porcelain", "--ignored", "--branch")
                + user.git("ls-files", "-s")
                + user.git("stash", "list")
                + Files.readString(base.resolve("user/a.txt"));
    }
}
