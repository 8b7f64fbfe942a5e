package dev.simmer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.simmer.model.AgentRun;
import dev.simmer.model.CodePoint;
import dev.simmer.model.Outcome;
import dev.simmer.model.TaskView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code simmer report} and {@code reports}, and what the other commands tell of agents. */
class ReportCommandsTest {
    private static final String FINDINGS =
            """
            ## Findings

            ### Finding 1: No limit
            **Severity**: High
            **Location**: `src/login.py:12`
            **Description**: Anybody may try for ever.
            **Recommendation**: Limit it.

            ### Finding 2: Old hash
            **Severity**: Low
            **Location**: `src/login.py:40`
            """;

    @TempDir Path home;
    private CommandFixture fixture;
    private Path shop;

    @BeforeEach
    void open() throws IOException {
        fixture = new CommandFixture(home.toRealPath());
        shop = fixture.folder;
    }

    @Test
    void reportOfATaskIsShown() throws Exception {
        Path report = Agents.report(fixture, "one.md", "bg-1", FINDINGS);
        fixture.supervisor.show(Agents.completed(7, "audit", shop, report));

        for (String word : List.of("7", "audit", "bg-1", "one.md", ".agents/reports/one.md")) {
            assertThat(fixture.simmer("report", word)).as(word).isZero();
            assertThat(fixture.out())
                    .startsWith("Audit of the login\n  report    .agents/reports/one.md\n")
                    .contains("  status    unprocessed\n", "  id        bg-1\n")
                    .contains("### Finding 1: No limit\n");
        }
        assertThat(fixture.simmer("report", "--path", "7")).isZero();
        assertThat(fixture.out()).isEqualTo(report + "\n");
        assertThat(fixture.simmer("report", "--json", "7")).isZero();
        JsonNode json = fixture.json();
        assertThat(json.get("background_agent_id").asText()).isEqualTo("bg-1");
        assertThat(json.get("findings").get(0).get("severity").asText()).isEqualTo("high");
        assertThat(json.get("findings").get(0).get("location").asText())
                .isEqualTo("src/login.py:12");
        assertThat(json.get("body").asText()).contains("## Findings");
    }

    @Test
    void reportAtThePlannedPlaceIsFoundWhereTheRunTellsOfNone() throws Exception {
        AgentRun run =
                Agents.run(
                        AgentRun.State.WORKING,
                        "",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        fixture.supervisor.show(Agents.working(7, "audit", shop, run));
        assertThat(fixture.simmer("report", "7")).isEqualTo(1);
        assertThat(fixture.err())
                .isEqualTo(
                        "simmer: audit (7) has no report yet: it comes when the agent has ended;"
                                + " simmer wait 7 waits for that\n");

        Agents.report(fixture, "planned-partial.md", "bg-1", "x\n");
        assertThat(fixture.simmer("report", "--path", "7")).isZero();
        assertThat(fixture.out()).endsWith("planned-partial.md\n");
        Agents.report(fixture, "planned.md", "bg-1", "x\n");
        assertThat(fixture.simmer("report", "--path", "7")).isZero();
        assertThat(fixture.out()).endsWith("planned.md\n");
    }

    @Test
    void whatIsNoReportIsTold() throws Exception {
        fixture.supervisor.show(Views.ended(2, "lint", shop, new Outcome.Succeeded()));
        assertThat(fixture.simmer("report", "lint")).isEqualTo(2);
        assertThat(fixture.err()).contains("lint (2) is no agent");
        assertThat(fixture.simmer("report", "nobody")).isEqualTo(3);
        assertThat(fixture.simmer("report", "x/y.md")).isEqualTo(2);
        assertThat(fixture.err()).contains("there is no file x/y.md");
        Path out = Files.writeString(shop.resolveSibling("secret.md"), "secret\n");
        assertThat(fixture.simmer("report", out.toString())).isEqualTo(2);
        assertThat(fixture.err()).contains("leaves the workspace");
        Files.writeString(shop.resolve("plain.md"), "# Hello\033]0;t\007\n");
        assertThat(fixture.simmer("report", "plain.md")).isZero();
        assertThat(fixture.out()).isEqualTo("# Hello␛]0;t\n");
        assertThat(fixture.err()).contains("has no front matter of a report");
        assertThat(fixture.simmer("report", "--json", "plain.md")).isEqualTo(1);
        assertThat(fixture.out()).isEmpty();
    }

    @Test
    void nothingThatActsOnATerminalIsShown() throws Exception {
        Path report =
                Agents.report(
                        fixture,
                        "one.md",
                        "bg\\e[31m-1",
                        "a\033[2Jb\033]0;t\007c\u202ed\n\033[5m\n");
        fixture.supervisor.show(Agents.completed(7, "audit", shop, report));
        fixture.simmer("report", "7");
        String shown = fixture.out() + fixture.err();
        fixture.simmer("reports");
        shown += fixture.out() + fixture.err();

        assertThat(shown).contains("a[2Jb");
        assertThat(shown.codePoints().filter(c -> c != '\n')).noneMatch(CodePoint::acts);
    }

    @Test
    void reportsAreListedSummedAndMarked() throws Exception {
        Path one = Agents.report(fixture, "20260101-000000-a.md", "bg-1", FINDINGS);
        Path two = Agents.report(fixture, "20260102-000000-b.md", "bg-2", FINDINGS);
        Files.writeString(one.resolveSibling("notes.md"), "no report\n");
        String before = Files.readString(one);

        assertThat(fixture.simmer("reports")).isZero();
        assertThat(fixture.out())
                .contains(".agents/reports/20260101-000000-a.md")
                .contains("1 high, 1 low")
                .endsWith("2 reports; findings: 2 high, 2 low\n");
        assertThat(fixture.err())
                .isEqualTo(
                        "simmer: 1 file in .agents/reports is no report; `simmer reports --all`"
                                + " says why\n");
        Files.writeString(one.resolveSibling("more.md"), "no report\n");
        fixture.simmer("reports");
        assertThat(fixture.err()).startsWith("simmer: 2 files in .agents/reports are no reports;");
        Files.delete(one.resolveSibling("more.md"));
        fixture.simmer("reports", "--all");
        assertThat(fixture.err()).startsWith("simmer: no report: .agents/reports/notes.md: ");

        assertThat(fixture.simmer("reports", "--process", "bg-1")).isZero();
        assertThat(Files.readString(one))
                .isEqualTo(before.replace("status: unprocessed", "status: processed"));
        assertThat(Files.readString(two)).contains("status: unprocessed");
        assertThat(fixture.out()).doesNotContain("unprocessed").endsWith("marked as processed\n");

        assertThat(fixture.simmer("reports", "--json")).isZero();
        assertThat(fixture.json().get("reports")).hasSize(1);
        assertThat(fixture.json().get("findings").get("high").asInt()).isEqualTo(1);
        assertThat(fixture.json().get("findings").get("critical").asInt()).isZero();
        assertThat(fixture.json().get("unreadable")).hasSize(1);
        assertThat(fixture.simmer("reports", "--all", "--json")).isZero();
        assertThat(fixture.json().get("reports")).hasSize(2);

        assertThat(fixture.simmer("reports", "--process", "--json")).isZero();
        assertThat(fixture.json().get("reports").get(0).get("status").asText())
                .isEqualTo("processed");
        assertThat(fixture.simmer("reports")).isZero();
        assertThat(fixture.out()).isEqualTo("no unprocessed reports\n");
        assertThat(fixture.simmer("reports", "--process", "nothing")).isEqualTo(2);
        assertThat(fixture.err()).contains("there is no report nothing");
    }

    @Test
    void listTellsOfTheAgentWhereThereIsNoReason() throws Exception {
        AgentRun limited =
                Agents.run(
                        AgentRun.State.RATE_LIMITED,
                        "asks again",
                        Optional.of(Views.NOON),
                        Optional.empty(),
                        Optional.empty());
        fixture.supervisor.show(
                Agents.working(6, "waits", shop, limited),
                Agents.completed(7, "audit", shop, shop.resolve("r.md")));

        fixture.simmer("list");

        assertThat(fixture.out())
                .containsPattern("rate-limited until \\d\\d:\\d\\d:\\d\\d: asks again; security")
                .contains("completed; security-audit: Audit the login");

        fixture.simmer("list", "--json");
        JsonNode row = fixture.json().get(0);
        assertThat(row.get("agent_state").asText()).isEqualTo("rate-limited");
        assertThat(row.get("doing").asText()).isEqualTo("asks again");
        assertThat(row.get("until").asText()).isEqualTo("2026-03-01T12:00:00Z");
        assertThat(row.get("runner").asText()).isEqualTo("claude");
        assertThat(row.get("verdict").isNull()).isTrue();
        assertThat(row.get("tokens_in").asInt()).isEqualTo(12_000);
        assertThat(row.get("cost_usd").asDouble()).isEqualTo(0.0123);
        assertThat(row.get("cost_estimated").asBoolean()).isTrue();
        assertThat(fixture.json().get(1).get("verdict").asText()).isEqualTo("completed");
        assertThat(fixture.json().get(1).get("report").asText()).endsWith("/r.md");
    }

    @Test
    void showAndStatsTellWhatAgentsUsed() throws Exception {
        fixture.supervisor.show(Agents.completed(7, "audit", shop, shop.resolve("r.md")));

        fixture.simmer("show", "7");
        assertThat(fixture.out())
                .contains("  agent       security-audit\n", "  runner      claude\n")
                .contains("  verdict     completed\n")
                .contains(
                        "  used        3 turns, 5 tool calls, 12000 tokens in, 300 out, 0.0123 USD"
                                + " (estimate)\n")
                .contains("  note        the session file could not be read\n")
                .doesNotContain("  command ");

        fixture.simmer("stats");
        assertThat(fixture.out())
                .contains(
                        "agents    1 run, 1 completed; 3 turns, 5 tool calls, 12000 tokens in, 300"
                                + " out, 0.0123 USD (estimate)\n");
        fixture.simmer("stats", "--json");
        assertThat(fixture.json().get("agent_runs").asInt()).isEqualTo(1);
        assertThat(fixture.json().get("verdicts").get(0).get("verdict").asText())
                .isEqualTo("completed");
    }

    @Test
    void logsOfAnAgentAreItsTranscriptAndRawItsOutput() throws Exception {
        TaskView task = Agents.completed(7, "audit", shop, shop.resolve("r.md"));
        fixture.supervisor.show(task);
        Path raw = task.log().orElseThrow();
        Files.createDirectories(raw.resolveSibling("."));
        Files.writeString(raw, "{\"type\":\"result\"}\n{}\n");
        Files.writeString(task.shownLog().orElseThrow(), "\033[1mIt said\033[0m\nread a.py\n");

        assertThat(fixture.simmer("logs", "7")).isZero();
        assertThat(fixture.out()).isEqualTo("It said\nread a.py\n");
        assertThat(fixture.simmer("logs", "-n", "1", "7")).isZero();
        assertThat(fixture.out()).isEqualTo("read a.py\n");
        assertThat(fixture.simmer("logs", "--raw", "7")).isZero();
        assertThat(fixture.out()).isEqualTo("{\"type\":\"result\"}\n{}\n");
        assertThat(fixture.simmer("logs", "--raw", "-n", "1", "7")).isZero();
        assertThat(fixture.out()).isEqualTo("{}\n");
    }
}
