package dev.simmer.agent.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.simmer.agent.definition.Definition.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Finding definitions in all places. */
class CatalogueTest {
    @TempDir Path folder = Path.of("/");

    private Path work = Path.of("/");
    private Path home = Path.of("/");
    private Path shipped = Path.of("/");

    @BeforeEach
    void makeFolders() throws IOException {
        folder = folder.toRealPath();
        work = Files.createDirectory(folder.resolve("work"));
        home = Files.createDirectory(folder.resolve("home"));
        shipped = Files.createDirectory(folder.resolve("shipped"));
    }

    private Catalogue catalogue() {
        return Catalogue.of(work, Map.of("HOME", home.toString()), shipped);
    }

    private static Path write(Path file, String text) throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        return Files.writeString(file, text);
    }

    private static Path agent(Path file, String name) throws IOException {
        return write(file, "---\nname: " + name + "\ndescription: In " + file + "\n---\nBody.\n");
    }

    private static List<String> names(Catalogue catalogue) {
        return catalogue.entries().stream().map(Definition::name).toList();
    }

    private static List<String> troubles(Catalogue catalogue) {
        return catalogue.broken().stream()
                .map(broken -> broken.file().getFileName() + ": " + broken.why())
                .toList();
    }

    @Test
    void everyPlaceIsRead() throws IOException {
        agent(work.resolve(".agents/agents/a.md"), "a");
        agent(work.resolve(".claude/agents/b.md"), "b");
        agent(work.resolve(".claude/agents/team/deep/b2.md"), "b2");
        agent(work.resolve(".opencode/agent/c.md"), "c");
        agent(work.resolve(".opencode/agents/d.md"), "d");
        agent(work.resolve(".cursor/agents/e.md"), "e");
        write(work.resolve(".github/agents/f.agent.md"), "---\ndescription: F\n---\nBody\n");
        agent(work.resolve(".gemini/agents/g.md"), "g");
        write(work.resolve(".codex/agents/h.toml"), "name = 'h'\ndescription = 'H'\n");
        agent(home.resolve(".config/simmer/agents/i.md"), "i");
        agent(home.resolve(".claude/agents/j.md"), "j");
        agent(home.resolve(".config/opencode/agent/k.md"), "k");
        write(home.resolve(".codex/agents/l.toml"), "name = 'l'\ndescription = 'L'\n");
        agent(shipped.resolve("m.md"), "m");
        write(shipped.resolve("README.md"), "# Not an agent\n");
        write(shipped.resolve("bin/program"), "#!/bin/sh\n");

        Catalogue read = catalogue();

        assertThat(names(read))
                .containsExactly(
                        "a", "b", "b2", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m");
        assertThat(read.broken()).isEmpty();
        assertThat(read.find("c").map(Definition::place)).contains(Place.PROJECT);
        assertThat(read.find("l").map(Definition::place)).contains(Place.USER);
        assertThat(read.find("m").map(Definition::place)).contains(Place.SHIPPED);
        assertThat(read.find("nobody")).isEmpty();
    }

    @Test
    void variablesMoveTheUsersPlaces() throws IOException {
        agent(folder.resolve("xdg/simmer/agents/a.md"), "a");
        agent(folder.resolve("claude/agents/b.md"), "b");
        write(folder.resolve("codex/agents/c.toml"), "name = 'c'\ndescription = 'C'\n");
        agent(home.resolve(".config/simmer/agents/d.md"), "d");
        Map<String, String> environment =
                new TreeMap<>(
                        Map.of(
                                "HOME", home.toString(),
                                "XDG_CONFIG_HOME", folder.resolve("xdg").toString(),
                                "CLAUDE_CONFIG_DIR", folder.resolve("claude").toString(),
                                "CODEX_HOME", folder.resolve("codex").toString()));

        assertThat(names(Catalogue.of(work, environment, shipped))).containsExactly("a", "b", "c");
        assertThat(names(Catalogue.of(work, Map.of(), shipped))).isEmpty();
        environment.put("XDG_CONFIG_HOME", "relative");
        assertThat(names(Catalogue.of(work, environment, shipped))).containsExactly("b", "c", "d");
    }

    @Test
    void projectHidesUserHidesShipped() throws IOException {
        Path third = agent(home.resolve(".config/simmer/agents/x.md"), "same");
        Path fourth = agent(home.resolve(".claude/agents/x.md"), "same");
        Path last = agent(shipped.resolve("same.md"), "same");
        Path second = agent(work.resolve(".claude/agents/b.md"), "same");
        Path first = agent(work.resolve(".claude/agents/a.md"), "same");

        Catalogue read = catalogue();

        assertThat(read.find("same").map(Definition::file)).contains(first);
        assertThat(read.shadowed("same"))
                .extracting(Definition::file)
                .containsExactly(second, third, fourth, last);
        assertThat(read.shadowed("other")).isEmpty();
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES)
    void badFilesHideNoOthers() throws IOException, InterruptedException {
        Path agents = work.resolve(".claude/agents");
        agent(agents.resolve("good.md"), "good");
        Files.write(agents.resolve("nul.md"), new byte[] {'a', 0, 'b'});
        write(agents.resolve("empty.md"), "");
        byte[] large = new byte[FileText.MAX_BYTES + 1];
        Arrays.fill(large, (byte) 'x');
        Files.write(agents.resolve("large.md"), large);
        Files.write(agents.resolve("largest.md"), Arrays.copyOf(large, FileText.MAX_BYTES));
        Files.createSymbolicLink(agents.resolve("nowhere.md"), Path.of("gone.md"));
        Files.createSymbolicLink(agents.resolve("round.md"), Path.of("round.md"));
        Files.createSymbolicLink(agents.resolve("circle"), agents);
        Files.createDirectory(agents.resolve("folder.md"));
        write(agents.resolve(".hidden.md"), "x");
        write(agents.resolve("notes.txt"), "x");
        Process pipe = new ProcessBuilder("mkfifo", agents.resolve("pipe.md").toString()).start();
        assertThat(pipe.waitFor()).isZero();

        Catalogue read = catalogue();

        assertThat(names(read)).containsExactly("good", "largest");
        assertThat(troubles(read))
                .containsExactly(
                        "empty.md: this file is empty",
                        "large.md: this file is larger than 1 MiB; no definition needs that",
                        "nowhere.md: this is a link to nothing",
                        "nul.md: this file holds NUL characters, so it is no text",
                        "pipe.md: this is a device, a pipe or a socket, not a regular file",
                        "round.md: this link leads nowhere or to itself");
    }

    @Test
    void unreadableIsTold() throws IOException {
        Path file = agent(work.resolve(".claude/agents/secret.md"), "secret");
        Path closed = Files.createDirectory(work.resolve(".claude/agents/closed"));
        agent(work.resolve(".claude/agents/open.md"), "open");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(file), "the superuser may read all files");
        try {
            Catalogue read = catalogue();
            assertThat(names(read)).containsExactly("open");
            assertThat(troubles(read))
                    .containsExactly(
                            "closed: this folder must not be read; give yourself the right to read"
                                    + " it",
                            "secret.md: this file must not be read; give yourself the right to read"
                                    + " it");
        } finally {
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void linksAreFollowedAndToldButNeverOutOfTheProject() throws IOException {
        Path own = agent(work.resolve("shared/own.md"), "own");
        Path dots = agent(folder.resolve("dotfiles/mine.md"), "mine");
        Path foreign = agent(folder.resolve("elsewhere/foreign.md"), "foreign");
        Path agents = Files.createDirectories(work.resolve(".claude/agents"));
        Files.createSymbolicLink(agents.resolve("own.md"), own);
        Files.createSymbolicLink(agents.resolve("foreign.md"), foreign);
        Files.createSymbolicLink(agents.resolve("out"), folder.resolve("elsewhere"));
        Files.createSymbolicLink(agents.resolve("mine.md"), dots);
        Path users = Files.createDirectories(home.resolve(".claude/agents"));
        Files.createSymbolicLink(users.resolve("mine.md"), dots);

        Catalogue read = catalogue();

        assertThat(names(read)).containsExactly("mine", "own");
        assertThat(read.find("own").orElseThrow().repairs())
                .containsExactly("this file is a link to `" + own + "`");
        assertThat(read.find("mine").map(Definition::place)).contains(Place.USER);
        assertThat(troubles(read))
                .containsExactly(
                        "foreign.md: this is a link that leads out of the project; it is not"
                                + " followed",
                        "mine.md: this is a link that leads out of the project; it is not followed",
                        "out: this is a link that leads out of the project; it is not followed");
    }

    @Test
    void oneFolderByTwoNamesIsReadOnce() throws IOException {
        agent(work.resolve(".claude/agents/a.md"), "a");
        Files.createDirectories(work.resolve(".cursor"));
        Files.createSymbolicLink(work.resolve(".cursor/agents"), work.resolve(".claude/agents"));

        Catalogue read = Catalogue.of(work, Map.of("HOME", work.toString()), shipped);

        assertThat(names(read)).containsExactly("a");
        assertThat(read.shadowed("a")).isEmpty();
        assertThat(read.broken()).isEmpty();
    }

    @Test
    void skillsAreListed() throws IOException {
        write(
                work.resolve(".claude/skills/letters/SKILL.md"),
                "---\nname: letters\ndescription: Writes.\nallowed-tools: Read\n---\nBody.\n");
        write(work.resolve(".claude/skills/letters/reference.md"), "---\nname: no\n---\n");
        write(home.resolve(".agents/skills/plain/SKILL.md"), "Just do it.\n");
        write(home.resolve(".claude/skills/letters/SKILL.md"), "Hidden.\n");

        Catalogue read = catalogue();

        assertThat(read.entries()).isEmpty();
        assertThat(read.skills()).extracting(Skill::name).containsExactly("letters", "plain");
        Definition agent = read.findSkill("letters").orElseThrow().asDefinition();
        assertThat(agent.systemPrompt()).isEqualTo("Body.");
        assertThat(agent.tools().orElseThrow()).containsExactly("Read");
        assertThat(agent.place()).isEqualTo(Place.PROJECT);
    }

    @Test
    void nothingIsWritten() throws IOException {
        agent(work.resolve(".claude/agents/a.md"), "a: b");
        write(work.resolve(".codex/agents/b.toml"), "name = ");
        Map<Path, FileTime> before = times();

        catalogue();

        assertThat(times()).isEqualTo(before);
    }

    private Map<Path, FileTime> times() throws IOException {
        Map<Path, FileTime> times = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.toList()) {
                times.put(each, Files.getLastModifiedTime(each));
            }
        }
        return times;
    }
}
