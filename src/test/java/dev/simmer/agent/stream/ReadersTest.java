package dev.simmer.agent.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.agent.stream.AgentEvent.Denied;
import dev.simmer.agent.stream.AgentEvent.End;
import dev.simmer.agent.stream.AgentEvent.Ended;
import dev.simmer.agent.stream.AgentEvent.NeedsPermission;
import dev.simmer.agent.stream.AgentEvent.Notice;
import dev.simmer.agent.stream.AgentEvent.Output;
import dev.simmer.agent.stream.AgentEvent.RateLimited;
import dev.simmer.agent.stream.AgentEvent.Raw;
import dev.simmer.agent.stream.AgentEvent.Retry;
import dev.simmer.agent.stream.AgentEvent.Started;
import dev.simmer.agent.stream.AgentEvent.Stopped;
import dev.simmer.agent.stream.AgentEvent.Text;
import dev.simmer.agent.stream.AgentEvent.ToolEnded;
import dev.simmer.agent.stream.AgentEvent.ToolStarted;
import dev.simmer.agent.stream.AgentEvent.Turn;
import dev.simmer.agent.stream.AgentEvent.Usage;
import dev.simmer.model.AgentVerdict;
import dev.simmer.model.ExitStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the recorded runs do not show. */
class ReadersTest {
    private static List<AgentEvent> read(Program program, String... lines) {
        StreamReader reader = StreamReader.of(program);
        return List.of(lines).stream().flatMap(line -> reader.read(line).stream()).toList();
    }

    @ParameterizedTest
    @EnumSource(value = Program.class, names = "COMMAND", mode = EnumSource.Mode.EXCLUDE)
    void unknownIsKeptAndPlainLinesAreOutput(Program program) {
        String unknown = "{\"new\":1,\"type\":\"from.the.future\"}";
        assertThat(read(program, unknown, "warning: {x}", "[1]", "{\"a\":1}", "  ", "7"))
                .containsExactly(
                        new Raw(unknown),
                        new Output("warning: {x}"),
                        new Output("[1]"),
                        new Output("{\"a\":1}"),
                        new Output("7"));
    }

    @Test
    void typeMayStandAnywhereAndWordsBeforeIt() {
        assertThat(
                        read(
                                Program.CODEX,
                                "warning {\"thread_id\":\"t1\",\"type\":\"thread.started\"}"))
                .containsExactly(new Output("warning "), new Started("t1", "", Optional.empty()));
    }

    @Test
    void claudeTellsOfLimitsAndPermissions() {
        assertThat(
                        read(
                                Program.CLAUDE,
                                "{\"type\":\"system\",\"subtype\":\"api_retry\",\"attempt\":2,\"max_retries\":5,"
                                    + "\"retry_delay_ms\":1500,\"error_status\":429,\"error\":\"rate_limit\"}",
                                "{\"type\":\"rate_limit_event\",\"rate_limit_info\":{\"status\":\"allowed\"}}",
                                "{\"type\":\"rate_limit_event\",\"rate_limit_info\":{\"status\":\"rejected\","
                                    + "\"resetsAt\":1800000000,\"rateLimitType\":\"five_hour\"}}",
                                "{\"type\":\"control_request\",\"request\":{\"subtype\":\"can_use_tool\",\"tool_name\":\"Bash\",\"input\":{\"command\":\"rm"
                                    + " x\"}}}"))
                .containsExactly(
                        new RateLimited(
                                Optional.empty(),
                                Duration.ofMillis(1500),
                                "rate_limit (429), attempt 2 of 5"),
                        new RateLimited(
                                Optional.of(Instant.ofEpochSecond(1_800_000_000)),
                                Duration.ZERO,
                                "five hour"),
                        new NeedsPermission("Bash", "rm x"));
    }

    @Test
    void claudesLimitIsOverWhereItIsAllowedToGoOn() {
        String event = "{\"type\":\"rate_limit_event\",\"rate_limit_info\":{\"status\":\"%s\"}}";
        String rejected = event.formatted("rejected");
        assertThat(activity(rejected)).startsWith("waiting at a rate limit");
        assertThat(activity(rejected, event.formatted("allowed_warning"))).isEqualTo("working");
        assertThat(activity(rejected, event.formatted("allowed"))).isEqualTo("working");
        assertThat(activity(rejected, event.formatted("allowed"), rejected))
                .startsWith("waiting at a rate limit");
    }

    @Test
    void claudesDenialsAreToldOnceWhereverTheyStand() {
        String result =
                "{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":false,\"result\":\"ok\","
                    + "\"permission_denials\":[{\"tool_name\":\"Bash\",\"tool_use_id\":\"a\"},"
                    + "{\"tool_name\":\"Write\",\"tool_use_id\":\"b\",\"tool_input\":{\"file_path\":\"/x\"}}]}";
        assertThat(
                        read(
                                Program.CLAUDE,
                                "{\"type\":\"system\",\"subtype\":\"permission_denied\",\"tool_name\":\"Bash\","
                                    + "\"tool_use_id\":\"a\",\"message\":\"no\"}",
                                result))
                .containsExactly(
                        new Denied("a", "Bash", "no"),
                        new Denied("b", "Write", "not permitted: /x"),
                        new Ended(true, End.COMPLETED, "", "ok"));
    }

    @Test
    void claudesSuccessIsNotWhatItSays() {
        assertThat(ended("\"subtype\":\"success\",\"is_error\":true,\"api_error_status\":429"))
                .isEqualTo(new Ended(false, End.RATE_LIMIT, "success", ""));
        assertThat(ended("\"subtype\":\"success\",\"terminal_reason\":\"aborted_tools\""))
                .isEqualTo(new Ended(false, End.ABORTED, "aborted_tools", ""));
        assertThat(ended("\"subtype\":\"error_max_budget_usd\",\"is_error\":true"))
                .isEqualTo(new Ended(false, End.BUDGET, "error_max_budget_usd", ""));
        assertThat(ended("\"subtype\":\"error_during_execution\",\"errors\":[\"a\",\"b\"]"))
                .isEqualTo(new Ended(false, End.ERROR, "a; b", ""));
    }

    private static AgentEvent ended(String members) {
        return read(Program.CLAUDE, "{\"type\":\"result\"," + members + "}").getLast();
    }

    @Test
    void claudesMessageIsCountedOnceThoughItComesInParts() {
        String part =
                "{\"type\":\"assistant\",\"message\":{\"id\":\"m1\",\"content\":[{\"type\":\"text\",\"text\":\"%s\"}],"
                    + "\"usage\":{\"input_tokens\":10,\"output_tokens\":2}}}";
        Tally tally =
                Tally.NONE.with(read(Program.CLAUDE, part.formatted("one"), part.formatted("two")));
        assertThat(tally.turns()).isEqualTo(1);
        assertThat(tally.spend().tokensIn()).isEqualTo(10);
        assertThat(tally.finalText()).isEqualTo("two");
    }

    @Test
    void modelThatThinksIsNotRetriedAnyMore() {
        String retry =
                "{\"type\":\"system\",\"subtype\":\"api_retry\",\"attempt\":4,\"max_retries\":10,"
                        + "\"retry_delay_ms\":10,\"error_status\":529,\"error\":\"overloaded\"}";
        String thinks =
                "{\"type\":\"assistant\",\"message\":{\"id\":\"m1\",\"content\":"
                        + "[{\"type\":\"thinking\",\"thinking\":\"Hm.\"}]}}";
        String calls =
                "{\"type\":\"assistant\",\"message\":{\"id\":\"m1\",\"content\":[{\"type\":"
                        + "\"tool_use\",\"id\":\"t\",\"name\":\"Bash\",\"input\":"
                        + "{\"command\":\"ls\"}}]}}";
        String partly = "{\"type\":\"stream_event\",\"event\":{\"type\":\"content_block_delta\"}}";
        assertThat(activity(retry)).startsWith("retrying the model (4 of 10)");
        assertThat(activity(retry, thinks)).isEqualTo("thinking");
        assertThat(activity(thinks, retry, thinks)).isEqualTo("thinking");
        assertThat(activity(retry, partly)).isEqualTo("thinking");
        assertThat(activity(thinks, calls, partly)).isEqualTo("Bash ls");
    }

    private static String activity(String... lines) {
        return Tally.NONE.with(read(Program.CLAUDE, lines)).now().words();
    }

    @Test
    void countingGoesOnWhenIdsAreForgotten() {
        StreamReader reader = StreamReader.of(Program.CLAUDE);
        Tally tally = Tally.NONE;
        int messages = StreamReader.MOST_IDS + 50;
        for (int i = 0; i < messages; i++) {
            String message =
                    "{\"type\":\"assistant\",\"message\":{\"id\":\"m"
                            + i
                            + "\",\"usage\":{\"input_tokens\":2}}}";
            tally = tally.with(reader.read(message)).with(reader.read(message));
        }
        assertThat(tally.turns()).isEqualTo(messages);
        assertThat(tally.spend().tokensIn()).isEqualTo(2L * messages);
    }

    @Test
    void codexTellsToolsThatOnlyEndAndThoseDeclined() {
        assertThat(
                        read(
                                Program.CODEX,
                                "{\"type\":\"item.completed\",\"item\":{\"id\":\"i1\",\"type\":\"file_change\","
                                    + "\"changes\":[{\"path\":\"a.txt\"},{\"path\":\"b.txt\"}],\"status\":\"completed\"}}",
                                "{\"type\":\"item.completed\",\"item\":{\"id\":\"i2\",\"type\":\"command_execution\",\"command\":\"/bin/bash"
                                    + " -lc 'rm x'\",\"status\":\"declined\",\"exit_code\":null}}",
                                "{\"type\":\"item.completed\",\"item\":{\"id\":\"i3\",\"type\":\"mcp_tool_call\","
                                    + "\"server\":\"db\",\"tool\":\"q\",\"error\":{\"message\":\"gone\"}}}"))
                .containsExactly(
                        new Turn(),
                        new ToolStarted("i1", "Edit", "a.txt, b.txt"),
                        new ToolEnded("i1", true, ""),
                        new Turn(),
                        new ToolStarted("i2", "Bash", "rm x"),
                        new Denied("i2", "Bash", "rm x"),
                        new ToolEnded("i2", false, ""),
                        new Turn(),
                        new ToolStarted("i3", "mcp__db__q", ""),
                        new ToolEnded("i3", false, "gone"));
    }

    @Test
    void codexWaitsAtALimitAndReconnects() {
        assertThat(
                        read(
                                Program.CODEX,
                                "{\"type\":\"error\",\"message\":\"Reconnecting... 1/5 (429 Too"
                                        + " Many Requests)\"}",
                                "{\"type\":\"error\",\"message\":\"Reconnecting... 2/5\"}",
                                "{\"type\":\"turn.failed\",\"error\":{\"message\":\"usage"
                                        + " limit\\nreached\"}}"))
                .containsExactly(
                        new RateLimited(
                                Optional.empty(),
                                Duration.ZERO,
                                "429 Too Many Requests, attempt 1 of 5"),
                        new Retry(2, 5, Duration.ZERO, "the connection broke"),
                        new Ended(false, End.RATE_LIMIT, "usage limit reached", ""));
    }

    @Test
    void geminiSpeaksInPiecesAndIsRefusedByItsRules() {
        assertThat(
                        read(
                                Program.GEMINI,
                                "{\"type\":\"message\",\"role\":\"assistant\",\"content\":\"Hel\",\"delta\":true}",
                                "{\"type\":\"message\",\"role\":\"assistant\",\"content\":\"lo\",\"delta\":true}",
                                "{\"type\":\"tool_use\",\"tool_name\":\"write_file\",\"tool_id\":\"w\","
                                    + "\"parameters\":{\"file_path\":\"a\"}}",
                                "{\"type\":\"tool_result\",\"tool_id\":\"w\",\"status\":\"error\",\"error\":{\"type\":\"policy_violation\",\"message\":\"Tool"
                                    + " execution denied by policy.\"}}",
                                "{\"type\":\"error\",\"severity\":\"warning\",\"message\":\"Loop"
                                        + " detected\"}",
                                "Attempt 2 failed with status 429. Retrying with backoff... Error:"
                                        + " quota"))
                .containsExactly(
                        new Turn(),
                        new Text("Hel", false),
                        new Text("lo", true),
                        new ToolStarted("w", "Write", "a"),
                        new Denied("w", "Write", "Tool execution denied by policy."),
                        new ToolEnded("w", false, "Tool execution denied by policy."),
                        new Notice("Loop detected"),
                        new RateLimited(
                                Optional.empty(),
                                Duration.ZERO,
                                "status 429 Error: quota, attempt 2"));
    }

    @Test
    void openCodeThatIsRefusedStopsWithoutAnAnswer() {
        List<AgentEvent> events =
                read(
                        Program.OPENCODE,
                        "{\"type\":\"step_start\",\"sessionID\":\"s\",\"part\":{}}",
                        "\u001b[93m! \u001b[0mpermission requested: bash (rm x); auto-rejecting",
                        "{\"type\":\"tool_use\",\"part\":{\"tool\":\"bash\",\"callID\":\"c\",\"state\":{\"status\":\"error\",\"input\":{\"command\":\"rm"
                            + " x\"},\"error\":\"The user rejected permission\"}}}",
                        "{\"type\":\"step_finish\",\"part\":{\"reason\":\"tool-calls\",\"tokens\":{\"input\":5,\"output\":3,"
                            + "\"reasoning\":2,\"cache\":{\"read\":4,\"write\":1}},\"cost\":0.5}}");
        assertThat(events)
                .containsExactly(
                        new Started("s", "", Optional.empty()),
                        new Turn(),
                        new Denied("", "Bash", "(rm x)"),
                        new ToolStarted("c", "Bash", "rm x"),
                        new ToolEnded("c", false, "The user rejected permission"),
                        new Usage(10, 5, 4, OptionalDouble.of(0.5), true, false),
                        new Stopped("tool-calls"));
        Verdict verdict =
                Verdict.of(
                        Tally.NONE.with(events),
                        new ExitStatus.Code(0),
                        Verdict.Report.MISSING,
                        Optional.empty());
        assertThat(verdict.word()).isEqualTo(AgentVerdict.FAILED);
        assertThat(verdict.reason())
                .contains("stopped with \"tool-calls\"", "perhaps a permission was refused")
                .contains("1 call was refused (Bash)");
    }

    @Test
    void openCodesEndIsTakenBackByAnotherStep() {
        String stop = "{\"type\":\"step_finish\",\"part\":{\"reason\":\"stop\"}}";
        String start = "{\"type\":\"step_start\",\"part\":{}}";
        assertThat(Tally.NONE.with(read(Program.OPENCODE, start, stop)).ended()).isPresent();
        assertThat(Tally.NONE.with(read(Program.OPENCODE, start, stop, start)).ended()).isEmpty();
    }

    @Test
    void cursorAsItsDocumentationShowsIt() {
        assertThat(
                        read(
                                Program.CURSOR_AGENT,
                                "{\"type\":\"system\",\"subtype\":\"init\",\"session_id\":\"s\",\"model\":\"m\"}",
                                "{\"type\":\"user\",\"message\":{\"role\":\"user\",\"content\":[]}}",
                                "{\"type\":\"tool_call\",\"subtype\":\"started\",\"call_id\":\"c\",\"tool_call\":"
                                    + "{\"readToolCall\":{\"args\":{\"path\":\"a.txt\"}}}}",
                                "{\"type\":\"tool_call\",\"subtype\":\"completed\",\"call_id\":\"c\",\"tool_call\":"
                                    + "{\"readToolCall\":{\"result\":{\"success\":{\"content\":\"one\\ntwo\"}}}}}",
                                "{\"type\":\"tool_call\",\"subtype\":\"completed\",\"call_id\":\"d\",\"tool_call\":"
                                    + "{\"shellToolCall\":{\"result\":{\"rejected\":{\"command\":\"rm\"}}}}}",
                                "{\"type\":\"assistant\",\"message\":{\"content\":[{\"type\":\"text\",\"text\":\"Done\"}]}}",
                                "{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":false,\"result\":\"Done\"}"))
                .containsExactly(
                        new Started("s", "m", Optional.empty()),
                        new Turn(),
                        new ToolStarted("c", "Read", "a.txt"),
                        new ToolEnded("c", true, "one (+1)"),
                        new Denied("d", "Bash", "rm"),
                        new ToolEnded("d", false, ""),
                        new Turn(),
                        new Text("Done", false),
                        new Ended(true, End.COMPLETED, "", "Done"));
    }

    @Test
    void commandsWordsAreItsLinesAndItsEndIsItsExit() {
        List<String> lines = List.of("", "# Findings", "", "{\"type\":\"result\"}");
        Tally good = Tally.NONE.with(Recording.events("command", lines, new ExitStatus.Code(0)));
        assertThat(good.finalText()).isEqualTo("# Findings\n\n{\"type\":\"result\"}");
        assertThat(good.ended()).contains(new Ended(true, End.COMPLETED, "", ""));
        Tally bad = Tally.NONE.with(Recording.events("command", lines, new ExitStatus.Code(3)));
        assertThat(bad.ended()).contains(new Ended(false, End.ERROR, "exit code 3", ""));
        Tally shot =
                Tally.NONE.with(Recording.events("command", lines, new ExitStatus.Signaled(9)));
        assertThat(shot.ended()).isEmpty();
    }
}
