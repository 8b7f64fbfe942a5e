package dev.simmer.agent.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.agent.runner.Runners.Choice;
import dev.simmer.agent.stream.AgentEvent.Started;
import dev.simmer.agent.stream.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunnersTest {
    private static final Optional<String> NONE = Optional.empty();

    @TempDir Path folder;

    private Path program(String where, String name, String permissions) throws IOException {
        Path path = Files.createDirectories(folder.resolve(where)).resolve(name);
        Files.writeString(path, "");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        return path;
    }

    private Runners runners(String... folders) {
        List<String> whole =
                List.of(folders).stream().map(f -> folder.resolve(f).toString()).toList();
        return Runners.onPath(Map.of("PATH", ".::" + String.join(":", whole)));
    }

    private static Program chosen(Choice choice) {
        assertThat(choice).isInstanceOf(Choice.Chosen.class);
        return ((Choice.Chosen) choice).runner().program();
    }

    private static String none(Choice choice) {
        assertThat(choice).isInstanceOf(Choice.None.class);
        return ((Choice.None) choice).why();
    }

    @Test
    void firstExecutableOnPathIsFound() throws IOException {
        program("a", "codex", "rw-r--r--");
        Path codex = program("b", "codex", "rwxr-xr-x");
        program("c", "codex", "rwxr-xr-x");
        Files.createDirectories(folder.resolve("b/gemini"));
        Runners runners = runners("a", "b", "c", "not-there");
        assertThat(runners.find(Program.CODEX)).contains(codex);
        assertThat(runners.find(Program.GEMINI)).isEmpty();
        assertThat(runners.find(Program.COMMAND)).isEmpty();
    }

    @Test
    void choiceGoesFromTheNearestWordToTheFirstProgramThere() throws IOException {
        program("bin", "gemini", "rwxr-xr-x");
        program("bin", "opencode", "rwxr-xr-x");
        Runners runners = runners("bin");
        Definitions plain = Definitions.plain();
        Optional<String> openCode = Optional.of("opencode");

        assertThat(chosen(runners.choose(plain.made(), NONE, NONE))).isEqualTo(Program.GEMINI);
        assertThat(chosen(runners.choose(plain.made(), NONE, openCode)))
                .isEqualTo(Program.OPENCODE);
        assertThat(chosen(runners.choose(plain.command("x").made(), NONE, openCode)))
                .isEqualTo(Program.COMMAND);
        assertThat(chosen(runners.choose(plain.runner("gemini").made(), NONE, openCode)))
                .isEqualTo(Program.GEMINI);
        assertThat(chosen(runners.choose(plain.runner("gemini").made(), openCode, NONE)))
                .isEqualTo(Program.OPENCODE);
    }

    @Test
    void whatCannotBeChosenIsToldWithWhatToDo() throws IOException {
        program("bin", "gemini", "rwxr-xr-x");
        Definitions plain = Definitions.plain();
        assertThat(none(runners("empty").choose(plain.made(), NONE, NONE))).contains("install");
        assertThat(none(runners("bin").choose(plain.made(), Optional.of("codex"), NONE)))
                .contains("codex", "PATH");
        assertThat(none(runners("bin").choose(plain.runner("gpt").made(), NONE, NONE)))
                .contains("\"gpt\" (named by the definition)", "cursor-agent");
    }

    @Test
    void versionsAreKnownOrNot() {
        assertThat(Runners.version(Program.CLAUDE, "2.1.329 (Claude Code)")).isEqualTo("2.1.329");
        assertThat(Runners.version(Program.CLAUDE, "2.4.0"))
                .isEqualTo("2.4.0 (tried with 2.1.329)");
        assertThat(Runners.version(Program.CODEX, "codex-cli 1.2.3"))
                .isEqualTo("1.2.3 (unknown; tried with 0.169.0)");
        assertThat(Runners.version(Program.GEMINI, "oops")).isEqualTo("version unknown");
        assertThat(Runners.version(Program.CURSOR_AGENT, "1.0.0")).isEqualTo("1.0.0 (not tried)");
    }

    private static Optional<String> mismatch(Definitions definition, String... offered) {
        Started started = new Started("id", "model", Optional.of(List.of(offered)));
        return ToolCheck.mismatch(definition.made(), started);
    }

    @Test
    void whatIsOfferedIsComparedWithWhatWasAsked() {
        Definitions asked = Definitions.plain().tools("Read", "Edit", "Glob", "Bash(git:*)");
        assertThat(mismatch(asked, "Bash", "Edit", "Glob", "Read")).isEmpty();
        // Tools that come and go by version, and those of the user's servers.
        assertThat(mismatch(asked, "Bash", "Edit", "Read", "mcp__db__query")).isEmpty();
        assertThat(mismatch(asked, "Bash", "Edit", "Glob", "Read", "Write"))
                .contains("it may use what it must not: Write");
        assertThat(mismatch(asked, "Glob"))
                .contains("it lacks what was asked for: Read, Edit, Bash");
        assertThat(mismatch(asked)).isPresent();
        assertThat(mismatch(Definitions.plain())).contains("it has no tools at all");
        assertThat(mismatch(Definitions.plain().noTools())).isEmpty();
        assertThat(mismatch(Definitions.plain(), "Bash", "CronList", "Read")).isEmpty();
        assertThat(mismatch(Definitions.plain(), "Bash", "Task")).isPresent();
        assertThat(mismatch(Definitions.plain().readOnly(true), "Read", "Bash")).isPresent();
        assertThat(mismatch(Definitions.plain().denied("mcp__db__drop"), "Read", "mcp__db__drop"))
                .isPresent();
    }

    @Test
    void programThatDoesNotSayWhatItMayUseIsNotStopped() {
        Started silent = new Started("id", "", Optional.empty());
        assertThat(ToolCheck.mismatch(Definitions.plain().tools("Read").made(), silent)).isEmpty();
    }
}
