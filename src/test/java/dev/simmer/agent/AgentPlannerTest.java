package dev.simmer.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.agent.definition.Catalogue;
import dev.simmer.agent.runner.Runners;
import dev.simmer.model.AgentSpec;
import dev.simmer.model.CallerEnvironment;
import dev.simmer.model.CodePoint;
import dev.simmer.model.Command;
import dev.simmer.model.Kind;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.WorkspaceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of orders for agents; the programs are empty files in folders of their own. */
class AgentPlannerTest {
    private static final LocalDateTime NOW = LocalDateTime.of(2026, 1, 23, 14, 30, 5);
    private static final UUID SESSION = UUID.fromString("11111111-2222-4333-8444-555555555555");

    @TempDir Path home;
    private Path workspace;
    private final Map<String, String> environment = new LinkedHashMap<>();

    @BeforeEach
    void makeFolders() throws IOException {
        home = home.toRealPath();
        workspace = Files.createDirectories(home.resolve("shop"));
        environment.put("HOME", home.resolve("me").toString());
        environment.put("PATH", home.resolve("bin").toString());
    }

    private void program(String name) throws IOException {
        Path file = Files.createDirectories(home.resolve("bin")).resolve(name);
        Files.writeString(file, "");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void define(String name, String head, String body) throws IOException {
        Path folder = Files.createDirectories(workspace.resolve(".agents/agents"));
        Files.writeString(
                folder.resolve(name + ".md"),
                "---\nname: " + name + "\n" + head + "---\n" + body + "\n");
    }

    private AgentPlanner planner() {
        return planner(Optional.empty());
    }

    private AgentPlanner planner(Optional<String> configured) {
        return new AgentPlanner(
                Catalogue.of(workspace, environment, home.resolve("no-shipped")),
                Runners.onPath(environment),
                configured,
                environment,
                (word, names) -> names.stream().filter(n -> n.startsWith(word)).findFirst());
    }

    /** An order that can be changed. */
    private record Wish(
            String definition,
            String task,
            Optional<String> report,
            Optional<String> session,
            Optional<String> id,
            Optional<String> runner,
            Optional<String> model) {
        static Wish of(String definition, String task) {
            Optional<String> none = Optional.empty();
            return new Wish(definition, task, none, none, none, none, none);
        }

        Wish report(String path) {
            return new Wish(definition, task, Optional.of(path), session, id, runner, model);
        }

        Wish session(String path) {
            return new Wish(definition, task, report, Optional.of(path), id, runner, model);
        }

        Wish id(String text) {
            return new Wish(definition, task, report, session, Optional.of(text), runner, model);
        }

        Wish runner(String word) {
            return new Wish(definition, task, report, session, id, Optional.of(word), model);
        }
    }

    private TaskSpec task(Wish wish, UnaryOperator<TaskSpec.Builder> more) {
        TaskSpec.Builder builder =
                TaskSpec.named(
                                "audit",
                                new WorkspaceId(workspace),
                                new Command.Exec(List.of("agent", wish.definition())))
                        .agent(
                                new AgentSpec.Ordered(
                                        wish.definition(),
                                        wish.task(),
                                        List.of("src/a.py"),
                                        wish.report(),
                                        wish.session(),
                                        wish.id(),
                                        wish.runner(),
                                        wish.model()));
        return more.apply(builder).build();
    }

    private Planning plan(Wish wish) {
        return planner().plan(task(wish, b -> b), NOW, SESSION);
    }

    private static Planning.Planned planned(Planning planning) {
        assertThat(planning).isInstanceOf(Planning.Planned.class);
        return (Planning.Planned) planning;
    }

    private static AgentSpec.Planned agent(Planning planning) {
        return planned(planning).task().planned().orElseThrow();
    }

    private static Planning.Refused refused(Planning planning) {
        assertThat(planning).isInstanceOf(Planning.Refused.class);
        Planning.Refused refused = (Planning.Refused) planning;
        assertThat(refused.why().codePoints()).noneMatch(CodePoint::acts);
        return refused;
    }

    private static List<String> words(Planning planning) {
        return ((Command.Exec) planned(planning).task().command()).argv();
    }

    @Test
    void orderBecomesACommandLineWithThePromptInItsForm() throws IOException {
        program("claude");
        define("runner", "tools: {Read: true, Grep: true}\n", "You audit.");

        Planning planning =
                plan(
                        Wish.of("runner", "Run an audit.\n\nLook twice.")
                                .session(".agents/sessions/s.md"));

        AgentSpec.Planned agent = agent(planning);
        assertThat(agent.definition()).isEqualTo("runner");
        assertThat(agent.runner()).isEqualTo("claude");
        assertThat(agent.agentId()).isEqualTo("bg-20260123-143005-audit");
        assertThat(agent.title()).isEqualTo("Run an audit.");
        assertThat(agent.report()).isEqualTo(".agents/reports/20260123-143005-audit.md");
        assertThat(agent.session()).contains(".agents/sessions/s.md");
        assertThat(agent.programSession()).contains(SESSION.toString());
        assertThat(agent.tools().allowed().orElseThrow()).containsExactly("Read", "Grep");
        assertThat(agent.tools().denied()).contains("Task", "Agent");
        assertThat(words(planning))
                .contains("claude", "--session-id=" + SESSION, "--append-system-prompt=You audit.")
                .last()
                .isEqualTo(
                        """
                        Run an audit.

                        Files:
                        - src/a.py

                        Look twice.

                        Write report to: .agents/reports/20260123-143005-audit.md

                        Session: .agents/sessions/s.md
                        Background Agent ID: bg-20260123-143005-audit
                        """);
        assertThat(planned(planning).task().kind()).isEqualTo(Kind.AGENT);
        assertThat(planned(planning).notes())
                .contains("it is run by claude, the first one found on PATH");
        assertThat(workspace.resolve(".agents/reports")).as("nothing is made").doesNotExist();
    }

    @Test
    void whatTheTextSaysInTheFormCountsWhereNothingElseDoes() throws IOException {
        program("claude");
        define("runner", "", "You audit.");
        String form =
                """
                Run an audit.

                Files:
                - src/b.py

                Write report to: .agents/reports/mine.md

                Session: .agents/sessions/one.md
                Background Agent ID: bg-1
                """;

        AgentSpec.Planned told = agent(plan(Wish.of("runner", form)));
        assertThat(told.report()).isEqualTo(".agents/reports/mine.md");
        assertThat(told.session()).contains(".agents/sessions/one.md");
        assertThat(told.agentId()).isEqualTo("bg-1");

        Planning planning =
                plan(Wish.of("runner", form).report("other.md").session("two.md").id("bg-2"));
        assertThat(agent(planning).report()).isEqualTo("other.md");
        assertThat(agent(planning).session()).contains("two.md");
        assertThat(agent(planning).agentId()).isEqualTo("bg-2");
        assertThat(words(planning).getLast()).contains("- src/a.py\n- src/b.py\n");
    }

    @Test
    void noTwoRunsGetOneReport() throws IOException {
        program("claude");
        define("runner", "", "You audit.");
        Path reports = Files.createDirectories(workspace.resolve(".agents/reports"));
        Files.writeString(reports.resolve("20260123-143005-audit.md"), "of another run");
        Files.writeString(reports.resolve("mine-partial.md"), "of another run");
        AgentPlanner planner = planner();
        TaskSpec task = task(Wish.of("runner", "look"), b -> b);

        AgentSpec.Planned first = agent(planner.plan(task, NOW, SESSION));
        AgentSpec.Planned second = agent(planner.plan(task, NOW, SESSION));
        Planning named =
                planner.plan(
                        task(Wish.of("runner", "look").report(".agents/reports/mine.md"), b -> b),
                        NOW,
                        SESSION);

        assertThat(first.report()).isEqualTo(".agents/reports/20260123-143005-audit-2.md");
        assertThat(first.agentId()).isEqualTo("bg-20260123-143005-audit-2");
        assertThat(second.report()).isNotEqualTo(first.report()).endsWith(".md");
        assertThat(second.agentId()).isNotEqualTo(first.agentId());
        assertThat(agent(named).report()).isEqualTo(".agents/reports/mine-2.md");
        assertThat(planned(named).notes())
                .contains(
                        "its report is to lie at .agents/reports/mine-2.md, as there is something"
                                + " at .agents/reports/mine.md already");
    }

    @Test
    void filesOfTheRunStandAtATextThatOccursNowhereElse() throws IOException {
        define("own", "command: audit --deep\n", "");
        String usual = agent(plan(Wish.of("own", "look"))).filesAt();

        Planning planning = plan(Wish.of("own", "look at " + usual + "/x"));

        AgentSpec.Planned agent = agent(planning);
        assertThat(agent.filesAt()).startsWith("/").isNotEqualTo(usual);
        assertThat(agent.files()).containsOnlyKeys("prompt.txt");
        assertThat(agent.files().get("prompt.txt")).contains(usual).doesNotContain(agent.filesAt());
        assertThat(words(planning))
                .containsExactly("audit", "--deep", agent.filesAt() + "/prompt.txt");
        assertThat(planned(planning).task().env())
                .containsEntry("SIMMER_PROMPT", agent.filesAt() + "/prompt.txt");
        assertThat(agent.runner()).isEqualTo("command");
        assertThat(agent.programSession()).isEmpty();

        TaskSpec withEnv = task(Wish.of("own", "look"), b -> b.env(Map.of("WHERE", usual + "/y")));
        assertThat(agent(planner().plan(withEnv, NOW, SESSION)).filesAt()).isNotEqualTo(usual);
    }

    @Test
    void marksOfAnOuterAgentAreDropped() throws IOException {
        program("claude");
        define("runner", "", "You audit.");
        TaskSpec task =
                task(
                        Wish.of("runner", "look"),
                        b ->
                                b.inherited(
                                                new CallerEnvironment(
                                                        Map.of(
                                                                "CLAUDECODE", "1",
                                                                "CLAUDE_CODE_ENTRYPOINT", "cli",
                                                                "ANTHROPIC_API_KEY", "k",
                                                                "PATH", "/bin")))
                                        .env(Map.of("OWN", "1", "DISABLE_AUTOUPDATER", "0")));

        Planning.Planned planned = planned(planner().plan(task, NOW, SESSION));

        assertThat(planned.task().inherited().orElseThrow().variables())
                .containsOnlyKeys("ANTHROPIC_API_KEY", "PATH");
        assertThat(planned.task().env())
                .containsEntry("OWN", "1")
                .containsEntry("DISABLE_AUTOUPDATER", "1");
        assertThat(planned.notes())
                .contains("DISABLE_AUTOUPDATER is set by Simmer; the task's own value is not used");

        environment.put("CLAUDECODE_X", "1");
        TaskSpec bare = planned(plan(Wish.of("runner", "look"))).task();
        assertThat(bare.inherited().orElseThrow().variables()).containsOnlyKeys("HOME", "PATH");
    }

    @Test
    void limitsComeFromTheDefinitionAndTheTimeFromTheTaskFirst() throws IOException {
        program("codex");
        define(
                "limited",
                """
                maxTurns: 7
                budget: 1.5
                timeout: 20m
                silence: 5m
                readonly: true
                isolation: worktree
                copy: [.env]
                """,
                "You audit.");
        Wish wish = Wish.of("limited", "look");

        Planning planning = plan(wish);

        AgentSpec.Planned agent = agent(planning);
        assertThat(agent.limits().turns()).hasValue(7);
        assertThat(agent.limits().budgetUsd()).hasValue(1.5);
        assertThat(agent.limits().silence()).contains(Duration.ofMinutes(5));
        assertThat(agent.tools().readOnly()).isTrue();
        assertThat(agent.worktree()).isTrue();
        assertThat(agent.copy()).containsExactly(".env");
        assertThat(planned(planning).task().timeout()).contains(Duration.ofMinutes(20));
        TaskSpec own = task(wish, b -> b.timeout(Duration.ofSeconds(9)));
        assertThat(planned(planner().plan(own, NOW, SESSION)).task().timeout())
                .contains(Duration.ofSeconds(9));
        assertThat(planned(planning).notes()).anyMatch(note -> note.contains("turns"));
    }

    @Test
    void runnerIsTheOneAskedForThenTheDefinitionsThenTheConfigurations() throws IOException {
        program("claude");
        program("codex");
        program("gemini");
        define("plain", "", "x");
        define("fixed", "runner: gemini\n", "x");
        Optional<String> codex = Optional.of("codex");

        assertThat(agent(plan(Wish.of("plain", "look"))).runner()).isEqualTo("claude");
        assertThat(agent(planner(codex).plan(task(Wish.of("plain", "l"), b -> b), NOW, SESSION)))
                .extracting(AgentSpec.Planned::runner)
                .isEqualTo("codex");
        assertThat(agent(planner(codex).plan(task(Wish.of("fixed", "l"), b -> b), NOW, SESSION)))
                .extracting(AgentSpec.Planned::runner)
                .isEqualTo("gemini");
        assertThat(agent(plan(Wish.of("fixed", "look").runner("codex"))).runner())
                .isEqualTo("codex");
    }

    @Test
    void programIsLookedForOnTheTasksOwnPath() throws IOException {
        program("claude");
        define("plain", "", "x");
        TaskSpec elsewhere = task(Wish.of("plain", "look"), b -> b.env(Map.of("PATH", "/nowhere")));

        Planning.Refused refused = refused(planner().plan(elsewhere, NOW, SESSION));

        assertThat(refused.fault()).isEqualTo(Planning.Fault.RUNNER);
        assertThat(refused.why()).contains("no coding-agent program is on PATH");
    }

    @Test
    void pathsAreWholeWhereTheAgentWorksInAnotherFolder() throws IOException {
        program("claude");
        define("plain", "", "x");
        TaskSpec below =
                task(
                        Wish.of("plain", "look").session("s.md"),
                        b -> b.cwd(workspace.resolve("packages/web")));

        Planning planning = planner().plan(below, NOW, SESSION);

        assertThat(agent(planning).report()).isEqualTo(".agents/reports/20260123-143005-audit.md");
        assertThat(words(planning).getLast())
                .contains("Write report to: " + workspace.resolve(".agents/reports/2026"))
                .contains("Session: " + workspace.resolve("s.md"));
    }

    @Test
    void skillIsAnAgentToo() throws IOException {
        program("claude");
        Path skill = Files.createDirectories(workspace.resolve(".claude/skills/tidy"));
        Files.writeString(
                skill.resolve("SKILL.md"), "---\nname: tidy\ndescription: d\n---\nBe tidy.\n");

        assertThat(words(plan(Wish.of("tidy", "look"))))
                .contains("--append-system-prompt=Be tidy.");
    }

    @Test
    void sessionFileThatCannotTakeTheEntryIsToldBeforeTheAgentRuns() throws IOException {
        program("claude");
        define("plain", "", "x");
        Wish wish = Wish.of("plain", "look").session("s.md");

        assertThat(planned(plan(wish)).warnings())
                .singleElement()
                .asString()
                .startsWith("it cannot be entered in its session: ")
                .contains("s.md", "it does not exist; make it, or name another one");
        assertThat(planned(plan(wish)).notes()).containsAll(planned(plan(wish)).warnings());
        assertThat(workspace.resolve("s.md")).doesNotExist();

        Files.writeString(workspace.resolve("s.md"), "---\nbackground_agents: [\n---\n");
        assertThat(planned(plan(wish)).warnings())
                .singleElement()
                .asString()
                .contains("s.md", "mend its front matter");

        Files.writeString(workspace.resolve("s.md"), "---\nbackground_agents: []\n---\n");
        assertThat(planned(plan(wish)).warnings()).isEmpty();

        Wish nowhere = Wish.of("plain", "look").session("no/such/s.md");
        assertThat(planned(plan(nowhere)).warnings()).hasSize(1);
    }

    @Test
    void unknownDefinitionIsToldWithTheNearestAndAllThatThereAre() throws IOException {
        program("claude");
        define("explorer", "", "x");
        define("review", "", "x");

        assertThat(refused(plan(Wish.of("explo", "look"))).why())
                .isEqualTo(
                        "there is no agent `explo`; did you mean `explorer`? There are explorer,"
                                + " review");
        Planning.Refused none = refused(plan(Wish.of("\033[31mno\nne", "look")));
        assertThat(none.fault()).isEqualTo(Planning.Fault.ORDER);
        assertThat(none.why()).contains("there are explorer, review");
        assertThat(refused(plan(Wish.of("view", "look"))).why()).contains("mean `review`?");
        assertThat(refused(plan(Wish.of("re", "look").runner("claud"))).reasons()).hasSize(1);
        try (Stream<Path> files = Files.walk(workspace.resolve(".agents/agents"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
        assertThat(refused(plan(Wish.of("any", "look"))).why())
                .contains("there are none: put one into .agents/agents");
    }

    @ParameterizedTest
    @ValueSource(strings = {"simmer.yaml", ".agents/reports/", "report.MD", "new/report"})
    void reportThatIsNoMarkdownFileIsRefused(String place) throws IOException {
        program("claude");
        define("plain", "", "x");

        Planning.Refused refused = refused(plan(Wish.of("plain", "look").report(place)));

        assertThat(refused.why())
                .startsWith("the report path \"" + place + "\" does not end in .md: ");
        assertThat(refused.fault()).isEqualTo(Planning.Fault.ORDER);
        assertThat(workspace.resolve("new")).doesNotExist();
    }

    @Test
    void tooLongAndHoldingANulAreToldApart() throws IOException {
        program("claude");
        define("plain", "", "x");
        define("own", "command: ./own\n", "x");

        assertThat(refused(plan(Wish.of("plain", "x".repeat(131_072)))).why())
                .contains("too long", "131071")
                .doesNotContain("NUL");
        for (String definition : List.of("plain", "own")) {
            assertThat(refused(plan(Wish.of(definition, "look\0here"))).why())
                    .contains("holds a NUL")
                    .doesNotContain("long");
        }
    }

    @Test
    void limitsThatDoNotCountAreWarnedOf() throws IOException {
        program("claude");
        define("lim", "maxTurns: many\ntimeout: -5\nbudget: abc\nsilence: 5m\n", "x");

        assertThat(planned(plan(Wish.of("lim", "look"))).warnings())
                .containsExactly(
                        "a limit of its definition: line 3: `maxTurns: many` is not understood and"
                                + " has no effect; a whole number from 1 would be",
                        "a limit of its definition: line 4: `timeout: -5` is not understood and has"
                                + " no effect; a time such as `20m` would be",
                        "a limit of its definition: line 5: `budget: abc` is not understood and has"
                                + " no effect; a sum in US dollars such as `2.50` would be");
    }

    @Test
    void allThatIsWrongIsToldAtOnce() throws IOException {
        define("plain", "", "x");

        Planning.Refused refused =
                refused(plan(Wish.of("plain", "look").report("/etc/r.md").session("../s.md")));

        assertThat(refused.reasons())
                .extracting(Planning.Reason::fault)
                .containsExactly(Planning.Fault.ORDER, Planning.Fault.ORDER, Planning.Fault.RUNNER);
        assertThat(refused.why()).contains("report path", "session file path", "on PATH");
        assertThat(refused.fault()).isEqualTo(Planning.Fault.ORDER);
        Wish mistyped = Wish.of("plain", "look").runner("cl");
        assertThat(refused(plan(mistyped)).fault()).isEqualTo(Planning.Fault.ORDER);
        assertThat(refused(plan(mistyped)).why()).contains("did you mean `claude`?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ../out.md          | goes upwards
                    /etc/report.md     | leaves the workspace
                    .git/hooks/x.md    | git's own folder
                    out/report.md      | by the link out
                    """)
    void placesOutsideOfTheWorkspaceAreRefused(String place, String why) throws IOException {
        program("claude");
        define("plain", "", "x");
        Files.createSymbolicLink(workspace.resolve("out"), home);

        Planning.Refused report = refused(plan(Wish.of("plain", "look").report(place)));
        Planning.Refused session = refused(plan(Wish.of("plain", "look").session(place)));

        assertThat(report.why()).contains(why).contains("report");
        assertThat(report.fault()).isEqualTo(Planning.Fault.ORDER);
        assertThat(session.why()).contains(why).contains("session file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb.md", "a\033[2Jb.md", "a\u202eb.md", " "})
    void textsThatActOnATerminalAreRefusedWithoutThem(String text) throws IOException {
        program("claude");
        define("plain", "", "x");

        refused(plan(Wish.of("plain", "look").report(text)));
        refused(plan(Wish.of("plain", "look").session(text)));
        refused(plan(Wish.of("plain", "look").id(text)));
    }

    @Test
    void titleIsOneHarmlessLine() throws IOException {
        program("claude");
        define("plain", "", "x");

        String title =
                agent(
                                plan(
                                        Wish.of(
                                                "plain",
                                                "\n\n  \033[31mLook\007 "
                                                        + "x".repeat(500)
                                                        + "\nmore")))
                        .title();

        assertThat(title.codePoints()).noneMatch(CodePoint::acts);
        assertThat(title).contains("Look").endsWith("…").hasSize(120);
    }

    @Test
    void emptyTaskAndWhatTheProgramCannotKeepAreRefused() throws IOException {
        program("claude");
        define("plain", "", "x");
        define("long", "", "x".repeat(200_000));

        assertThat(refused(plan(Wish.of("plain", "Files:\n- a.py\n"))).why())
                .contains("the task is empty");
        assertThat(refused(plan(Wish.of("long", "look"))).why()).contains("command line");
        assertThat(refused(plan(Wish.of("plain", "look").runner("cursor"))).why())
                .contains("is none of");
        assertThat(refused(plan(Wish.of("plain", "look").runner("gemini"))))
                .extracting(Planning.Refused::fault)
                .isEqualTo(Planning.Fault.RUNNER);
    }

    @Test
    void taskWithoutAnOrderStaysAsItIs() {
        TaskSpec job =
                TaskSpec.named("job", new WorkspaceId(workspace), new Command.Exec(List.of("true")))
                        .build();

        assertThat(planned(planner().plan(job, NOW, SESSION)).task()).isSameAs(job);
    }
}
