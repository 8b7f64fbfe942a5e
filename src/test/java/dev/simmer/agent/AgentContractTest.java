package dev.simmer.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.agent.report.ReportCheck;
import dev.simmer.agent.report.Reports;
import dev.simmer.agent.report.Worktree;
import dev.simmer.engine.ports.Launch;
import dev.simmer.model.AgentRun;
import dev.simmer.model.AgentSpec;
import dev.simmer.model.AgentVerdict;
import dev.simmer.model.AttemptId;
import dev.simmer.model.Outcome;
import dev.simmer.model.Phase;
import dev.simmer.model.Request;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.TaskView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports, session entries and worktrees, whatever the program does. */
class AgentContractTest {
    private static final String ID = "bg-1-audit";

    /** Says that it is done; its own report, if any, is what comes before. */
    private static final String DONE =
            """
            printf '%s\\n' '{"type":"system","subtype":"init","session_id":"s1","model":"m"}'
            printf '%s\\n' '{"type":"result","subtype":"success","is_error":false,"result":"Well."}'
            """;

    private static final String WRITES =
            """
            mkdir -p .agents/reports
            cat >.agents/reports/bg-1-audit.md <<END
            ---
            report:
              title: "Audit"
              type: background-agent-output
              status: unprocessed
              created: 2026-01-23T14:30:00Z
              background_agent_id: "bg-1-audit"
              session_reference: "20260123-140000-auth.md"
            ---

            # Findings
            There are none, says attempt $SIMMER_ATTEMPT.
            END
            """;

    @TempDir Path folder;

    @Test
    void reportOfTheAgentIsKeptByteForByte() throws IOException, InterruptedException {
        try (House house = new House(folder)) {
            house.session();
            repository(house);
            TaskView task = house.run(house.task(House.planned(ID, WRITES + DONE)));
            assertThat(task.phase()).as(task.reason()).isEqualTo(Phase.SUCCEEDED);
            assertThat(((Outcome.AgentEnded) task.outcome().orElseThrow()).why())
                    .isEqualTo("ended in order with a valid report");
            assertThat(house.reports()).containsExactly(ID + ".md");
            assertThat(house.reportText(ID + ".md")).endsWith("says attempt 1.\n");
            assertThat(house.reportText(ID + ".md")).doesNotContain("made_by", "notes");
        }
    }

    @Test
    void furtherAttemptDoesNotTakeTheEarlierReportForItsOwn() throws IOException {
        try (House house = new House(folder)) {
            house.session();
            String script = "if [ \"$SIMMER_ATTEMPT\" = 1 ]; then\n" + WRITES + "fi\n" + DONE;
            TaskId id = house.start(house.task(House.planned(ID, script)));
            house.ended(id);
            house.ask(new Request.Restart(Set.of(id)));
            TaskView again =
                    house.await(id, task -> task.attempt() == 2 && task.outcome().isPresent());
            assertThat(((Outcome.AgentEnded) again.outcome().orElseThrow()).why())
                    .contains("made from its final words");
            assertThat(house.reports()).containsExactly(ID + "-attempt-1.md", ID + ".md");
            assertThat(house.reportText(ID + "-attempt-1.md")).contains("says attempt 1");
            assertThat(Reports.list(house.workspace).unprocessed())
                    .extracting(entry -> entry.place().name())
                    .containsExactly(ID + ".md");
            assertThat(house.check(ID + "-attempt-1.md").keys())
                    .containsEntry("status", "superseded");
            assertThat(house.reportText(ID + ".md")).contains("Well.");
            assertThat(again.agent().orElseThrow().notes())
                    .containsExactly(
                            "an earlier report was renamed to .agents/reports/"
                                    + ID
                                    + "-attempt-1.md");
        }
    }

    @Test
    void eachAttemptHasASessionOfItsOwn() throws IOException {
        try (House house = new House(folder)) {
            house.session();
            String session = "6f1f9a52-3c0e-4f0e-9d5e-0a1b2c3d4e5f";
            AgentSpec.Planned planned =
                    House.with(
                            House.planned(ID, "echo \"id $1\"\nexit 1\n"),
                            draft -> draft.programSession(session));
            TaskId id = house.start(house.task(planned, session));
            TaskView first = house.ended(id);
            assertThat(Files.readString(first.log().orElseThrow()))
                    .isEqualTo("id " + session + "\n");
            house.ask(new Request.Restart(Set.of(id)));
            TaskView second =
                    house.await(id, task -> task.attempt() == 2 && task.outcome().isPresent());
            String other = second.agent().orElseThrow().programSession();
            assertThat(other).hasSize(36).isNotEqualTo(session);
            assertThat(Files.readString(second.log().orElseThrow()))
                    .isEqualTo("id " + other + "\n");
            assertThat(house.reports())
                    .containsExactly(ID + "-attempt-1-partial.md", ID + "-partial.md");
        }
    }

    @Test
    void furtherAttemptLeavesWhatTheEarlierOneCameTo() throws IOException, InterruptedException {
        try (House house = new House(folder)) {
            house.session();
            repository(house);
            AgentSpec.Planned planned =
                    House.with(
                            House.planned(ID, "echo two >>a.txt\nexit 3\n"),
                            draft -> draft.worktree());
            TaskId id = house.start(house.task(planned));
            house.ended(id);
            String first = house.reportText(ID + "-partial.md");
            house.ask(new Request.Restart(Set.of(id)));
            TaskView again =
                    house.await(id, task -> task.attempt() == 2 && task.outcome().isPresent());
            assertThat(house.reports())
                    .containsExactly(ID + "-attempt-1-partial.md", ID + "-partial.md");
            assertThat(house.reportText(ID + "-attempt-1-partial.md"))
                    .isEqualTo(first.replace("status: unprocessed", "status: superseded"));
            String kept =
                    "the worktree of attempt 1 was kept at "
                            + house.home.toRealPath().resolve("worktrees/1-audit")
                            + ", branch simmer/1-audit";
            assertThat(again.agent().orElseThrow().notes()).contains(kept);
            assertThat(house.reportText(ID + "-partial.md"))
                    .contains(kept, "branch simmer/1-audit-attempt-2");
        }
    }

    @Test
    void sessionFileThatCannotBeReadIsLeftAloneAndTold() throws IOException {
        try (House house = new House(folder)) {
            house.session();
            String broken = "---\nbackground_agents: [\n---\n";
            Files.writeString(house.workspace.resolve(House.SESSION), broken);
            TaskView task = house.run(house.task(House.planned(ID, WRITES + DONE)));
            assertThat(house.sessionText()).isEqualTo(broken);
            assertThat(task.agent().orElseThrow().notes())
                    .singleElement()
                    .asString()
                    .contains("is left alone");
            assertThat(house.reportText(ID + ".md")).contains("notes:", "is left alone");
            assertThat(house.check(ID + ".md").reasons()).isEmpty();
        }
    }

    @Test
    void linkThatIsPutAtTheReportsPlaceIsNotFollowed() throws IOException {
        try (House house = new House(folder)) {
            house.session();
            Path outside = Files.writeString(folder.resolve("outside.md"), "mine\n");
            String script =
                    "mkdir -p .agents/reports\nln -s \"$1\" .agents/reports/bg-1-audit.md\n" + DONE;
            TaskView task = house.run(house.task(House.planned(ID, script), outside.toString()));
            assertThat(Files.readString(outside)).isEqualTo("mine\n");
            Path report = task.agent().orElseThrow().report().orElseThrow();
            assertThat(report).isRegularFile().startsWith(house.workspace.toRealPath());
            assertThat(house.entry(ID)).contains("status: completed");
        }
    }

    @Test
    void folderOfReportsThatBecomesALinkIsNotFollowed() throws IOException {
        try (House house = new House(folder)) {
            house.session();
            Path outside = Files.createDirectory(folder.resolve("outside"));
            String script = "ln -s \"$1\" out\n" + DONE;
            AgentSpec.Planned planned =
                    House.with(House.planned(ID, script), draft -> draft.report("out/report.md"));
            TaskView task = house.run(house.task(planned, outside.toString()));
            assertThat(outside).isEmptyDirectory();
            assertThat(house.reports()).containsExactly("report.md");
            assertThat(house.check("report.md").reasons()).isEmpty();
            assertThat(task.agent().orElseThrow().notes()).isNotEmpty();
        }
    }

    @Test
    void reportsPlaceOutsideOfTheWorkspaceIsRefused() throws IOException {
        try (House house = new House(folder)) {
            house.session();
            AgentSpec.Planned planned =
                    House.with(House.planned(ID, DONE), draft -> draft.report("../report.md"));
            TaskView task = house.run(house.task(planned));
            assertThat(task.outcome().orElseThrow()).isInstanceOf(Outcome.NotStarted.class);
            assertThat(task.reason()).contains("goes upwards");
            assertThat(folder.resolve("report.md")).doesNotExist();
            assertThat(house.reports()).containsExactly("report-partial.md");
            assertThat(house.entry(ID)).contains("status: failed");
        }
    }

    @Test
    void twentyAgentsThatEndAtOnceLoseNothing() throws IOException {
        try (House house = new House(folder)) {
            StringBuilder session = new StringBuilder("---\r\nsession: auth # é the feature\r\n");
            session.append("background_agents:\r\n");
            List<TaskSpec> specs = new ArrayList<>();
            Path gate = folder.resolve("gate");
            String script = "until [ -e \"$1\" ]; do sleep 0.02; done\n" + DONE;
            for (int i = 0; i < 20; i++) {
                String id = "bg-" + i;
                session.append("  # number " + i + "\r\n  - id: '" + id + "'\r\n")
                        .append("    agent: auditor  # who\r\n    task: \"Look: " + i + "\"\r\n")
                        .append("    status: running  # until it ends\r\n")
                        .append("    result_location: ~ # where\r\n\r\n");
                specs.add(house.task(House.planned(id, script), gate.toString()));
            }
            session.append("next:   [ 'x',y ]\r\n---\r\n");
            while (session.chars().filter(c -> c == '\n').count() < 200) {
                session.append("line \"of\" the notes\t\r\n");
            }
            Path file = house.workspace.resolve(House.SESSION);
            Files.createDirectories(file.getParent());
            Files.writeString(file, session);
            List<TaskId> ids = house.start(specs);
            ids.forEach(house::running);
            Files.createFile(gate);
            ids.forEach(id -> assertThat(house.ended(id).phase()).isEqualTo(Phase.SUCCEEDED));

            String expected = session.toString();
            for (int i = 0; i < 20; i++) {
                String mark = "\"Look: " + i + "\"\r\n    status: ";
                expected =
                        expected.replace(mark + "running", mark + "completed")
                                .replace(
                                        mark
                                                + "completed  # until it ends\r\n"
                                                + "    result_location: ~ #",
                                        mark
                                                + "completed  # until it ends\r\n"
                                                + "    result_location:"
                                                + " .agents/reports/bg-"
                                                + i
                                                + ".md #");
            }
            assertThat(house.sessionText().lines().count()).isGreaterThanOrEqualTo(200);
            assertThat(Files.readAllBytes(file))
                    .isEqualTo(expected.getBytes(StandardCharsets.UTF_8));
            assertThat(house.reports()).hasSize(20);
        }
    }

    @Test
    void whatLiesBesideTheReportIsTold() throws IOException {
        try (House house = new House(folder)) {
            house.session();
            Files.createDirectories(house.workspace.resolve(".agents/reports"));
            Path old = Files.writeString(house.workspace.resolve(".agents/reports/old.md"), "Old");
            Files.setLastModifiedTime(old, FileTime.from(Instant.parse("2025-01-01T00:00:00Z")));
            String script =
                    """
                    echo '# Mine' >.agents/reports/mine.md
                    printf -- '---\\nreport:\\n  background_agent_id: bg-2\\n---\\nOther\\n' \\
                      >.agents/reports/other.md
                    dd if=/dev/zero of=.agents/reports/bg-1-audit.md bs=1 seek=20M count=1 2>&1
                    """;
            TaskView task = house.run(house.task(House.planned(ID, script + DONE)));
            String text = house.reportText(ID + "-2.md");
            assertThat(text)
                    .contains("at .agents/reports/" + ID + ".md lies a file that is too large")
                    .contains("perhaps by this agent: mine.md\"\n");
            assertThat(task.agent().orElseThrow().notes()).hasSize(2);
            assertThat(house.workspace.resolve(House.report(ID))).hasSize((20 << 20) + 1);
        }
    }

    @Test
    void reportThatCannotBeWrittenIsKeptInTheRunFolder() throws IOException {
        try (House house = new House(folder)) {
            house.session();
            // Each name that could be taken is too long for its folder.
            String longest = "n".repeat(250);
            AgentSpec.Planned planned =
                    House.with(
                            House.planned(longest, DONE),
                            draft -> draft.report(".agents/reports/" + longest + ".md"));
            TaskView task = house.run(house.task(planned).edit().name("long").build());
            AgentRun run = task.agent().orElseThrow();
            assertThat(run.verdict()).contains(AgentVerdict.PARTIAL);
            Path kept = run.report().orElseThrow();
            assertThat(kept).hasFileName("report.md");
            assertThat(kept.getParent()).isEqualTo(task.log().orElseThrow().getParent());
            assertThat(((Outcome.AgentEnded) task.outcome().orElseThrow()).why())
                    .contains(longest + ".md could not be written")
                    .containsIgnoringCase("file name too long")
                    .contains("give it a shorter name")
                    .contains("kept as " + kept);
            assertThat(ReportCheck.of(Files.readAllBytes(kept), Optional.empty()).reasons())
                    .isEmpty();
            assertThat(Files.readString(kept)).contains("Well.");
            assertThat(house.reports()).isEmpty();
            assertThat(house.entry(longest))
                    .contains("status: failed")
                    .noneMatch(line -> line.startsWith("result_location"));
        }
    }

    private static void git(Path where, String... arguments)
            throws IOException, InterruptedException {
        List<String> line =
                new ArrayList<>(
                        List.of("git", "-c", "user.name=T", "-c", "user.email=t@example.org"));
        line.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(line)
                        .directory(where.toFile())
                        .redirectErrorStream(true)
                        .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
    }

    private static void repository(House house) throws IOException, InterruptedException {
        Files.writeString(house.workspace.resolve("a.txt"), "one\n");
        Files.writeString(house.workspace.resolve(".gitignore"), ".env\n");
        Files.writeString(house.workspace.resolve(".env"), "KEY=1\n");
        git(house.workspace, "init", "-q", "-b", "main");
        git(house.workspace, "add", "a.txt", ".gitignore");
        git(house.workspace, "commit", "-q", "-m", "Begin");
    }

    @Test
    void filesThatChangedElsewhereAreInTheReport() throws IOException, InterruptedException {
        try (House house = new House(folder)) {
            house.session();
            repository(house);
            Files.writeString(house.workspace.resolve("before.txt"), "before\n");
            String own =
                    """
                    touch .agents/sessions/.other.md.lock
                    touch .agents/sessions/.simmer-6f1f9a52-3c0e-4f0e-9d5e-0a1b2c3d4e5f.tmp
                    """;
            String script = "echo two >>a.txt\necho new >new.txt\n" + own + WRITES + DONE;
            house.run(house.task(House.planned(ID, script)));
            assertThat(house.reportText(ID + ".md"))
                    .contains("files_changed_elsewhere: [\"a.txt\", \"new.txt\"]")
                    .contains("others that worked there meanwhile may have changed")
                    .doesNotContain("before.txt");
        }
    }

    @Test
    void isolatedAgentWorksInAWorktreeThatIsKeptWithItsChanges()
            throws IOException, InterruptedException {
        try (House house = new House(folder)) {
            house.session();
            repository(house);
            String script = "cat .env\npwd\necho two >>a.txt\n" + WRITES + DONE;
            AgentSpec.Planned planned =
                    House.with(House.planned(ID, script), draft -> draft.worktree(".env"));
            TaskView task = house.run(house.task(planned));
            assertThat(task.phase()).as(task.reason()).isEqualTo(Phase.SUCCEEDED);
            AgentRun run = task.agent().orElseThrow();
            assertThat(run.notes()).isEmpty();
            assertThat(Files.readString(house.workspace.resolve("a.txt"))).isEqualTo("one\n");
            Path worktree = house.home.toRealPath().resolve("worktrees/1-audit");
            assertThat(Files.readString(worktree.resolve("a.txt"))).isEqualTo("one\ntwo\n");
            assertThat(Files.readString(task.log().orElseThrow()))
                    .contains("KEY=1", worktree.toString());
            assertThat(house.reports()).containsExactly(ID + ".md");
            assertThat(worktree.resolve(".agents/reports/" + ID + ".md")).doesNotExist();
            assertThat(house.reportText(ID + ".md"))
                    .contains("worktree:", "branch simmer/1-audit", "1 file changed")
                    .doesNotContain("files_changed_elsewhere");
            assertThat(Files.readString(run.diff().orElseThrow())).contains("+two");
            assertThat(house.entry(ID)).contains("status: completed");
        }
    }

    @Test
    void worktreeInWhichNothingChangedIsRemoved() throws IOException, InterruptedException {
        try (House house = new House(folder)) {
            house.session();
            repository(house);
            AgentSpec.Planned planned =
                    House.with(House.planned(ID, WRITES + DONE), draft -> draft.worktree(".env"));
            TaskView task = house.run(house.task(planned));
            assertThat(task.phase()).as(task.reason()).isEqualTo(Phase.SUCCEEDED);
            assertThat(house.home.resolve("worktrees")).isEmptyDirectory();
            assertThat(task.agent().orElseThrow().diff()).isEmpty();
            assertThat(house.reports()).containsExactly(ID + ".md");
        }
    }

    @Test
    void worktreeThatAnEngineBeganAndDidNotFinishIsMadeAnew()
            throws IOException, InterruptedException {
        try (House house = new House(folder)) {
            house.session();
            repository(house);
            AgentSpec.Planned planned =
                    House.with(House.planned(ID, "exit 0"), draft -> draft.worktree());
            Launch launch =
                    new Launch(
                            new AttemptId(new TaskId(9), 1),
                            house.task(planned),
                            folder.resolve("runs/9/1"));
            Path worktrees = folder.resolve("trees");
            AgentLaunch agent = new AgentLaunch(launch, planned);
            Worktree begun =
                    ((Worktree.Adding.Added) Worktree.claim(house.workspace, worktrees, "1-audit"))
                            .worktree();
            assertThat(begun.make(List.of())).isInstanceOf(Worktree.Adding.Added.class);
            agent.folder().make();
            agent.folder().memo(RunMemo.begun(Instant.EPOCH).claiming(Optional.of(begun)).text());
            assertThat(new Preparing(agent, worktrees, AgentTiming.USUAL).prepare())
                    .isInstanceOf(Preparing.Result.Ready.class);
            try (Stream<Path> all = Files.list(worktrees)) {
                assertThat(all).containsExactly(begun.folder());
            }
            RunMemo memo = agent.folder().memo().flatMap(RunMemo::parse).orElseThrow();
            assertThat(memo.claimed()).isEmpty();
            assertThat(memo.worktree().map(Worktree::branch)).contains("simmer/1-audit");
        }
    }

    @Test
    void isolationWithoutARepositoryIsRefused() throws IOException {
        try (House house = new House(folder)) {
            house.session();
            AgentSpec.Planned planned =
                    House.with(House.planned(ID, DONE), draft -> draft.worktree());
            TaskView task = house.run(house.task(planned));
            assertThat(task.reason()).contains("needs a git repository");
            assertThat(house.reports()).containsExactly(ID + "-partial.md");
        }
    }

    @Test
    void agentThatCallsItsOwnReportPartialHasNotCompleted() throws IOException {
        try (House house = new House(folder)) {
            house.session();
            String script = WRITES.replace("bg-1-audit.md", "bg-1-audit-partial.md") + DONE;
            TaskView task = house.run(house.task(House.planned(ID, script)));
            assertThat(task.agent().orElseThrow().verdict()).contains(AgentVerdict.PARTIAL);
            assertThat(house.reports()).containsExactly(ID + "-partial.md");
            assertThat(house.entry(ID)).contains("status: failed");
        }
    }

    @Test
    void agentWithoutASessionFileIsSettledToo() throws IOException {
        try (House house = new House(folder)) {
            AgentSpec.Planned planned =
                    House.with(House.planned(ID, DONE), draft -> draft.session(Optional.empty()));
            TaskView task = house.run(house.task(planned));
            assertThat(task.phase()).isEqualTo(Phase.SUCCEEDED);
            assertThat(task.agent().orElseThrow().notes()).isEmpty();
            assertThat(house.check(ID + ".md").reasons()).isEmpty();
        }
    }
}
