package dev.simmer.agent.runner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.simmer.agent.stream.AgentEvent;
import dev.simmer.agent.stream.AgentEvent.Started;
import dev.simmer.agent.stream.Program;
import dev.simmer.agent.stream.StreamReader;
import dev.simmer.agent.stream.Tally;
import dev.simmer.agent.stream.Verdict;
import dev.simmer.agent.stream.Verdict.Report;
import dev.simmer.model.AgentVerdict;
import dev.simmer.model.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The real programs, where they are installed, against a model on loopback: what the runners
 * compile is taken by them and means what it shall mean. Started by
 * src/test/agents/real-programs.sh.
 */
@EnabledIfSystemProperty(named = "simmer.real-programs", matches = "true")
class RealProgramsTest {
    private static final long LIMIT_SECONDS = 120;

    @TempDir Path folder;

    /** What a run came to. */
    private record Run(List<AgentEvent> events, Tally tally, Verdict verdict, String log) {}

    private Run run(Program program, Definitions definition, String prompt, ModelStub stub)
            throws IOException, InterruptedException {
        Runners runners = Runners.onPath(System.getenv());
        assumeTrue(runners.find(program).isPresent(), program.word() + " is not installed");
        Path workspace = Files.createDirectories(folder.resolve("workspace"));
        Path files = Files.createDirectories(folder.resolve("files"));
        Order order =
                new Order(
                        definition.made(), prompt, UUID.randomUUID(), Optional.empty(), workspace);
        Compiled compiled = Runners.of(program).compile(order);
        assertThat(compiled).isInstanceOf(Compiled.Ready.class);
        Invocation invocation = ((Compiled.Ready) compiled).invocation();
        for (Map.Entry<String, String> each : invocation.files().entrySet()) {
            Files.writeString(files.resolve(each.getKey()), each.getValue());
        }
        Path log = folder.resolve("output.log");
        ProcessBuilder builder =
                new ProcessBuilder(invocation.argv(files))
                        .directory(workspace.toFile())
                        .redirectErrorStream(true)
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectOutput(log.toFile());
        builder.environment().clear();
        builder.environment()
                .putAll(
                        invocation.environment(
                                RealPrograms.surroundings(folder, program, stub), files));
        Process process = builder.start();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        return judged(program, log, new ExitStatus.Code(process.exitValue()));
    }

    private static Run judged(Program program, Path log, ExitStatus exit) throws IOException {
        StreamReader reader = StreamReader.of(program);
        List<AgentEvent> events = new ArrayList<>();
        for (String line : Files.readAllLines(log, UTF_8)) {
            events.addAll(reader.read(line));
        }
        events.addAll(reader.end(exit));
        Tally tally = Tally.NONE.with(events);
        Report report = tally.finalText().isBlank() ? Report.MISSING : Report.MADE;
        Verdict verdict = Verdict.of(tally, exit, report, Optional.empty());
        return new Run(events, tally, verdict, Files.readString(log, UTF_8));
    }

    @ParameterizedTest
    @EnumSource(names = {"CLAUDE", "CODEX", "GEMINI", "OPENCODE"})
    void agentWorksWithItsToolsAndCompletes(Program program) throws Exception {
        try (ModelStub stub = new ModelStub(0)) {
            Definitions definition =
                    Definitions.plain()
                            .model("inherit")
                            .tools("Read", "Edit", "Bash")
                            .limits(9, 2)
                            .system("--- Be kind.\n\"Quoted\", 'too' and \\ too");
            Run run = run(program, definition, "- " + ModelStub.USE_TOOL, stub);
            assertThat(run.verdict().word()).as(run.log()).isEqualTo(AgentVerdict.COMPLETED);
            assertThat(run.tally().tools()).as(run.log()).isEqualTo(1);
            assertThat(run.tally().failedTools()).as(run.log()).isZero();
            assertThat(run.tally().turns()).isEqualTo(2);
            assertThat(run.tally().spend().tokensIn()).isGreaterThanOrEqualTo(240);
            assertThat(run.tally().spend().cacheRead()).isGreaterThanOrEqualTo(100);
            assertThat(run.tally().finalText()).isEqualTo(ModelStub.ANSWER);
            assertThat(run.tally().sessionId()).isNotEmpty();
            for (AgentEvent event : run.events()) {
                if (event instanceof Started started) {
                    assertThat(ToolCheck.mismatch(definition.made(), started)).isEmpty();
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CLAUDE", "CODEX", "GEMINI", "OPENCODE"})
    void agentIsOfferedWhatItMayUseAndNothingElse(Program program) throws Exception {
        try (ModelStub stub = new ModelStub(0)) {
            Definitions definition = Definitions.plain().tools("Read", "Grep").readOnly(true);
            Run run = run(program, definition, "Look around", stub);
            assertThat(run.verdict().word()).as(run.log()).isEqualTo(AgentVerdict.COMPLETED);
            for (List<String> tools : stub.offered()) {
                switch (program) {
                    // The third stands for tools that could be loaded later, and does nothing.
                    case CLAUDE ->
                            assertThat(tools).isSubsetOf("Read", "Grep", "DeferredToolPlaceholder");
                    case GEMINI ->
                            assertThat(tools)
                                    .isSubsetOf("read_file", "read_many_files", "grep_search");
                    case OPENCODE -> assertThat(tools).isSubsetOf("read", "grep");
                    case CODEX ->
                            assertThat(tools)
                                    .doesNotContain("web_search", "spawn_agent", "apply_patch");
                    case CURSOR_AGENT, COMMAND -> {}
                }
            }
            assertThat(stub.offered()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CLAUDE", "CODEX", "GEMINI", "OPENCODE"})
    void agentThatMayDoAllCannotStartAgents(Program program) throws Exception {
        try (ModelStub stub = new ModelStub(0)) {
            Run run = run(program, Definitions.plain(), ModelStub.USE_TOOL, stub);
            assertThat(run.verdict().word()).as(run.log()).isEqualTo(AgentVerdict.COMPLETED);
            assertThat(run.tally().failedTools()).as(run.log()).isZero();
            assertThat(stub.offered()).isNotEmpty();
            for (List<String> tools : stub.offered()) {
                assertThat(tools)
                        .doesNotContain(
                                "Task", "Agent", "task", "spawn_agent", "invoke_agent", "question");
            }
        }
    }
}
