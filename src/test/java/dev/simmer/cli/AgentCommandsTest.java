package dev.simmer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.simmer.model.AgentRun;
import dev.simmer.model.AgentSpec;
import dev.simmer.model.CodePoint;
import dev.simmer.model.Command;
import dev.simmer.model.Kind;
import dev.simmer.model.Need;
import dev.simmer.model.Request;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.TaskView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code simmer agent list}, {@code show} and {@code run}, and agents in the task file. */
class AgentCommandsTest {
    private static final String EXPLORER =
            """
            ---
            name: explorer
            description: "Looks around.\\nExamples follow."
            tools: [Read, Grep]
            model: inherit
            color: purple
            mood: calm
            ---
            You explore.
            """;

    @TempDir Path home;
    private CommandFixture fixture;
    private Path shop;

    @BeforeEach
    void open() throws IOException {
        home = home.toRealPath();
        fixture = new CommandFixture(home);
        fixture.environment.put("HOME", home.resolve("me").toString());
        shop = fixture.folder;
        Agents.program(fixture, "claude");
        Agents.define(fixture, "explorer.md", EXPLORER);
    }

    private Request.Spawn spawn() {
        assertThat(fixture.supervisor.requests).hasSize(1);
        return (Request.Spawn) fixture.supervisor.requests.getFirst();
    }

    private TaskSpec ran(String... words) {
        fixture.supervisor.requests.clear();
        assertThat(fixture.simmer(words)).as(fixture.err()).isZero();
        return spawn().tasks().getFirst();
    }

    private static AgentSpec.Planned agent(TaskSpec task) {
        return task.planned().orElseThrow();
    }

    private static String prompt(TaskSpec task) {
        return ((Command.Exec) task.command()).argv().getLast();
    }

    private void taskFile(String text) throws IOException {
        Files.writeString(shop.resolve("simmer.yaml"), text);
    }

    @Test
    void listTellsOfDefinitionsSkillsProgramsAndWhatCannotBeUsed() throws Exception {
        Path mine = Files.createDirectories(home.resolve("me/.claude/agents"));
        Files.writeString(mine.resolve("explorer.md"), EXPLORER);
        Files.writeString(mine.resolve("own.md"), "---\nname: own\ncommand: ls\n---\n");
        Path skill = Files.createDirectories(shop.resolve(".claude/skills/tidy"));
        Files.writeString(skill.resolve("SKILL.md"), "---\nname: tidy\ndescription: T\n---\nx\n");
        Files.createSymbolicLink(shop.resolve(".agents/agents/out.md"), Path.of("/etc/passwd"));

        assertThat(fixture.simmer("agent", "list")).isZero();

        assertThat(fixture.out().lines().map(line -> line.replaceAll(" +", " ")))
                .contains(
                        "name place model tools what",
                        "explorer project inherit Read Grep Looks around.",
                        "own user none -",
                        "tidy project T",
                        "runners on PATH: claude",
                        "hidden: "
                                + mine.resolve("explorer.md")
                                + ", as "
                                + shop.resolve(".agents/agents/explorer.md")
                                + " is named explorer too");
        assertThat(fixture.out()).contains("cannot be used: " + shop.resolve(".agents/agents/out"));
        assertThat(fixture.supervisor.started).isZero();

        assertThat(fixture.simmer("agent", "list", "--json")).isZero();
        JsonNode json = fixture.json();
        JsonNode explorer = json.get("agents").get(0);
        assertThat(explorer.get("name").asText()).isEqualTo("explorer");
        assertThat(explorer.get("description").asText())
                .isEqualTo("Looks around.\nExamples follow.");
        assertThat(explorer.get("tools")).hasSize(2);
        assertThat(explorer.get("shadowed").get(0).asText()).contains("/me/.claude/");
        assertThat(json.get("skills").get(0).get("name").asText()).isEqualTo("tidy");
        assertThat(json.get("broken")).hasSize(1);
        assertThat(json.get("runners").get(0).get("path").asText()).endsWith("/bin/claude");
        assertThat(json.get("runners").get(1).get("path").isNull()).isTrue();
    }

    @Test
    void showTellsEveryRepairAndTheCommandLine() throws Exception {
        Agents.define(
                fixture,
                "colon.md",
                """
                ---
                name: colon
                description: Context: a colon
                tools: Read
                mood: calm
                ---
                A
                B
                """);

        assertThat(fixture.simmer("agent", "show", "colon")).as(fixture.err()).isZero();

        assertThat(fixture.out())
                .startsWith("colon\n")
                .contains("  for         Context: a colon\n")
                .contains("  repaired    line 3: ")
                .contains("  unknown     mood: calm\n")
                .contains("  run as      claude -p ")
                .contains("--tools=Read")
                .contains("  prompt      2 lines:\n    A\n    B\n");

        assertThat(fixture.simmer("agent", "show", "colon", "--runner", "codex", "--json"))
                .isZero();
        JsonNode json = fixture.json();
        assertThat(json.get("invocation").get("runner").asText()).isEqualTo("codex");
        assertThat(json.get("invocation").get("argv").get(0).asText()).isEqualTo("codex");
        assertThat(json.get("unknown").get("mood").asText()).isEqualTo("calm");
        assertThat(json.get("system_prompt").asText()).isEqualTo("A\nB");
        assertThat(json.get("repairs")).isNotEmpty();
    }

    @Test
    void showSaysWhyNothingCanBeRun() throws Exception {
        fixture.environment.put("PATH", "/nowhere");

        assertThat(fixture.simmer("agent", "show", "explorer")).isZero();
        assertThat(fixture.out()).contains("  not run     no coding-agent program is on PATH");
        assertThat(fixture.simmer("agent", "show", "explorer", "--json")).isZero();
        assertThat(fixture.json().get("invocation").isNull()).isTrue();
        assertThat(fixture.json().get("refused").asText()).contains("PATH");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    agent show explorr                  | there is no agent `explorr`; did you mean `explorer`?
                    agent show explorer --runner cursor | --runner is claude, codex, gemini, opencode, cursor-agent, command, not cursor
                    agent run explorr --task x          | there is no agent `explorr`; did you mean `explorer`?
                    agent run explorer                  | there is nothing to do: say it by --task TEXT or --prompt FILE
                    agent run explorer --task x --prompt y | --task and --prompt exclude each other
                    agent run explorer --prompt gone    | --prompt: gone cannot be read; check the path
                    agent run explorer --prompt .agents | --prompt: .agents is a folder
                    agent run explorer --task x --report ../x.md | the report path "../x.md" goes upwards
                    agent run explorer --task x --session /etc/x | leaves the workspace
                    agent run explorer --task x --runner codex | the runner codex (asked for) is not on PATH
                    agent run explorer --task x --fg --json | --fg streams the transcript
                    agent shw explorer                  | `simmer agent` knows list, show, run
                    agent                               | `simmer agent` needs list|show|run [NAME]
                    """)
    void mistakesAreToldAndNothingIsStarted(String line, String told) {
        assertThat(fixture.simmer(line.split(" ", -1))).isEqualTo(2);
        assertThat(fixture.err()).contains(told);
        assertThat(fixture.supervisor.requests).isEmpty();
    }

    @Test
    void runSpawnsAPlannedAgentAndPrintsItsId() throws Exception {
        TaskSpec task =
                ran("agent", "run", "explorer", "--task", "Look.", "--file", "a.py", "--file", "b");

        assertThat(fixture.out()).isEqualTo("100\n");
        assertThat(fixture.err())
                .isEqualTo("simmer: explorer: it is run by claude, the first one found on PATH\n");
        assertThat(task.name()).isEqualTo("explorer");
        assertThat(task.kind()).isEqualTo(Kind.AGENT);
        assertThat(task.cwd()).isEqualTo(shop);
        assertThat(agent(task).report()).matches("\\.agents/reports/\\d{8}-\\d{6}-explorer\\.md");
        assertThat(agent(task).agentId()).matches("bg-\\d{8}-\\d{6}-explorer");
        assertThat(prompt(task)).startsWith("Look.\n\nFiles:\n- a.py\n- b\n\nWrite report to: ");
        assertThat(task.inherited().orElseThrow().variables()).containsKey("PATH");
        assertThat(spawn().existing()).isEqualTo(Request.Existing.NUMBER);
        assertThat(shop.resolve(".agents/reports")).doesNotExist();
    }

    @Test
    void runTakesWhatTasksTake() throws Exception {
        fixture.supervisor.show(Views.running(7, "build", shop));

        TaskSpec task =
                ran(
                        "agent",
                        "run",
                        "explorer",
                        "--task",
                        "x",
                        "--name",
                        "look",
                        "--needs",
                        "build:finished",
                        "--timeout",
                        "5m",
                        "--retry",
                        "2",
                        "--lock",
                        "git",
                        "--priority",
                        "3",
                        "--memory",
                        "1G",
                        "--env",
                        "A=b",
                        "--model",
                        "opus",
                        "--report",
                        "r.md",
                        "--session",
                        "s.md",
                        "--id",
                        "bg-1",
                        "--json");

        assertThat(task.name()).isEqualTo("look");
        assertThat(task.needs()).containsExactly(new Need("build", Need.Condition.FINISHED));
        assertThat(task.timeout()).contains(Duration.ofMinutes(5));
        assertThat(task.retry().max()).isEqualTo(2);
        assertThat(task.locks()).containsExactly("git");
        assertThat(task.priority()).isEqualTo(3);
        assertThat(task.memory()).hasValue(1 << 30);
        assertThat(task.env()).containsEntry("A", "b");
        assertThat(task.command().text()).contains("--model=opus");
        assertThat(agent(task).session()).contains("s.md");
        assertThat(spawn().existing()).isEqualTo(Request.Existing.REFUSE);
        assertThat(fixture.json().get("id").asInt()).isEqualTo(100);
        assertThat(fixture.json().get("report").asText())
                .isEqualTo(shop.resolve("r.md").toString());
        assertThat(fixture.json().get("background_agent_id").asText()).isEqualTo("bg-1");
    }

    @Test
    void promptMayComeFromAFileOrStandardInput() throws Exception {
        String text =
                """
                Run an audit.

                Files:
                - src/a.py

                Write report to: .agents/reports/mine.md

                Session: s.md
                Background Agent ID: bg-9
                """;
        Files.writeString(shop.resolve("prompt.txt"), text);
        fixture.in = text.getBytes(StandardCharsets.UTF_8);

        for (String from : List.of("prompt.txt", "-")) {
            TaskSpec task = ran("agent", "run", "explorer", "--prompt", from);
            assertThat(agent(task).report()).isEqualTo(".agents/reports/mine.md");
            assertThat(agent(task).agentId()).isEqualTo("bg-9");
            assertThat(agent(task).session()).contains("s.md");
            assertThat(prompt(task)).isEqualTo(text);
        }

        fixture.in = new byte[] {(byte) 0xff, 'x'};
        assertThat(fixture.simmer("agent", "run", "explorer", "--prompt", "-")).isEqualTo(2);
        assertThat(fixture.err()).contains("no text in UTF-8");
        fixture.in = " \n".getBytes(StandardCharsets.UTF_8);
        assertThat(fixture.simmer("agent", "run", "explorer", "--prompt", "-")).isEqualTo(2);
        assertThat(fixture.err()).contains("the prompt is empty");
    }

    @Test
    void nothingThatActsOnATerminalIsShown() throws Exception {
        Agents.define(
                fixture,
                "bad.md",
                """
                ---
                name: "b\\e[31mad"
                description: "x\\e]0;t\\ay"
                model: "m\\e[2J"
                odd: "\\e[5m"
                ---
                \033[31mred
                """);
        fixture.simmer("agent", "list");
        String shown = fixture.out();
        String name = shown.lines().filter(line -> line.startsWith("b")).findFirst().orElseThrow();
        fixture.simmer("agent", "show", name.split(" ", 2)[0]);
        fixture.simmer("agent", "run", "no\033[2Jne", "--task", "\033[31mx");
        shown += fixture.out() + fixture.err();

        assertThat(shown.codePoints().filter(c -> c != '\n')).noneMatch(CodePoint::acts);
    }

    @Test
    void upPlansAgentsAndRefusesThoseThatCannotBeRun() throws Exception {
        taskFile(
                """
                version: 1
                tasks:
                  lint: x
                agents:
                  audit: {agent: explorer, task: look, needs: [lint]}
                """);

        assertThat(fixture.simmer("up")).as(fixture.err()).isZero();

        assertThat(spawn().tasks()).extracting(TaskSpec::name).containsExactly("lint", "audit");
        assertThat(agent(spawn().tasks().getLast()).report()).endsWith("-audit.md");
        assertThat(fixture.err()).contains("simmer: audit: it is run by claude");

        fixture.supervisor.requests.clear();
        Files.delete(home.resolve("bin/claude"));
        assertThat(fixture.simmer("up")).isEqualTo(2);
        assertThat(fixture.err())
                .contains("the agent `audit` cannot be run: no coding-agent program is on PATH");
        assertThat(fixture.supervisor.requests).isEmpty();
    }

    @Test
    void configurationChoosesTheProgram() throws Exception {
        Agents.program(fixture, "codex");
        Path config = Files.createDirectories(home.resolve("me/.config/simmer"));
        Files.writeString(config.resolve("config.yaml"), "agent: {runner: codex}\n");

        assertThat(agent(ran("agent", "run", "explorer", "--task", "x")).runner())
                .isEqualTo("codex");
        assertThat(agent(ran("agent", "run", "explorer", "--task", "x", "--runner", "claude")))
                .extracting(AgentSpec.Planned::runner)
                .isEqualTo("claude");

        Files.writeString(config.resolve("config.yaml"), "agent: {runner: mine}\n");
        assertThat(fixture.simmer("agent", "run", "explorer", "--task", "x")).isEqualTo(2);
        assertThat(fixture.err()).contains("config.yaml:1:17: `agent.runner`");
    }

    @Test
    void checkPlansAndChangesNothing() throws Exception {
        taskFile(
                """
                version: 1
                agents:
                  good: {agent: explorer, task: look}
                  gone: {agent: explorr, task: look}
                  out: {agent: explorer, task: look, report: ../r.md}
                """);

        assertThat(fixture.simmer("check")).isEqualTo(2);
        assertThat(fixture.err().lines())
                .hasSize(2)
                .anySatisfy(line ->
                        assertThat(line)
                                .contains("simmer.yaml:4:3: the agent `gone` cannot be run: there")
                                .contains("did you mean `explorer`?"))
                .anySatisfy(line -> assertThat(line).contains("simmer.yaml:5:3: ", "upwards"));
        assertThat(fixture.simmer("check", "--json")).isEqualTo(2);
        assertThat(fixture.json().get("mistakes").get(0).get("line").asInt()).isEqualTo(4);
        assertThat(shop.resolve(".agents/reports")).doesNotExist();

        taskFile("version: 1\nagents:\n  good: {agent: explorer, task: look, runner: codex}\n");
        assertThat(fixture.simmer("check")).isZero();
        assertThat(fixture.out()).contains("fine, 1 task");
        assertThat(fixture.err())
                .contains("warning: ")
                .contains("simmer.yaml:3:3: the agent `good` cannot be run: the runner codex");
        assertThat(fixture.simmer("check", "--json")).isZero();
        assertThat(fixture.json().get("warnings")).hasSize(1);
    }

    @Test
    void checkTellsOfAgentsBesideOtherMistakes() throws Exception {
        taskFile(
                """
                version: 1
                tasks:
                  lint: {rnu: make lint}
                agents:
                  gone: {agent: explorr, tsk: look, needs: [nothing]}
                  out: {agent: explorer, task: look, report: /etc/x.md, session: ../../x.md}
                  far: {agent: explorer, task: look, runner: codex, session: s.md}
                  mistyped: {agent: explorer, task: look, runner: claud}
                """);

        assertThat(fixture.simmer("check")).isEqualTo(2);
        assertThat(fixture.err())
                .contains(
                        "simmer.yaml:3:10: `rnu` is no key of a task",
                        "`tsk`",
                        "`nothing`",
                        "simmer.yaml:5:3: the agent `gone` cannot be run: there is no agent",
                        "did you mean `explorer`?",
                        "simmer.yaml:6:3: the agent `out` cannot be run: the report path",
                        "simmer.yaml:6:3: the agent `out` cannot be run: the session file path",
                        "warning: " + shop.resolve("simmer.yaml") + ":7:3: the agent `far`",
                        "the runner codex",
                        "the runner `claud` is none of",
                        "did you mean `claude`?");
        assertThat(fixture.simmer("check", "--json")).isEqualTo(2);
        assertThat(fixture.json().get("warnings")).hasSize(1);

        taskFile("version: 1\nagents:\n  a: {agent: explorer, task: look, session: s.md}\n");
        assertThat(fixture.simmer("check")).isZero();
        assertThat(fixture.err())
                .contains("simmer.yaml:3:3: a: it cannot be entered in its session: ")
                .doesNotContain("run by claude");
    }

    @Test
    void keyWithoutEffectIsShownOnceAndToldOfARun() throws Exception {
        Agents.define(
                fixture,
                "lim.md",
                "---\nname: lim\nmaxTurns: many\nis_background: true\n---\nBody.\n");

        assertThat(fixture.simmer("agent", "show", "lim")).isZero();
        assertThat(fixture.out()).containsOnlyOnce("maxTurns").contains("repaired    line 3: ");
        assertThat(fixture.out()).contains("unknown     is_background: true");

        ran("agent", "run", "lim", "--task", "look");
        assertThat(fixture.err()).contains("a limit of its definition: line 3: `maxTurns: many`");
        taskFile("version: 1\nagents:\n  a: {agent: lim, task: look}\n");
        assertThat(fixture.simmer("check")).isZero();
        assertThat(fixture.err()).contains("warning: ", "`maxTurns: many`");
    }

    @Test
    void reportThatIsNoMarkdownFileIsRefused() {
        assertThat(fixture.simmer("agent", "run", "explorer", "--task", "x", "--report", "x.yaml"))
                .isEqualTo(2);
        assertThat(fixture.err())
                .contains("\"x.yaml\" does not end in .md")
                .doesNotContain("already");
        assertThat(fixture.supervisor.requests).isEmpty();
    }

    @Test
    void rowsHaveAShortCommandAndShowHasTheWholeOne() throws Exception {
        Optional<Path> none = Optional.empty();
        AgentRun run =
                Agents.run(AgentRun.State.WORKING, "", Optional.empty(), Optional.empty(), none);
        TaskView task = Agents.working(7, "audit", shop, run);
        fixture.supervisor.show(task);

        assertThat(fixture.simmer("list", "--json")).isZero();
        assertThat(fixture.json().get(0).get("command").asText())
                .isEqualTo("agent claude security-audit");
        assertThat(fixture.json().get(0).has("command_line")).isFalse();
        assertThat(fixture.simmer("show", "7", "--json")).isZero();
        assertThat(fixture.json().get(0).get("command_line").asText())
                .isEqualTo(task.spec().command().text());
    }

    @Test
    void eachHasAHelpOfItsOwn() {
        for (String action : List.of("list", "show", "run")) {
            assertThat(fixture.simmer("agent", action, "--help")).isZero();
            assertThat(fixture.out()).startsWith("Usage: simmer agent " + action);
            assertThat(fixture.out().lines()).allMatch(line -> line.length() <= 100);
            String help = fixture.out();
            fixture.simmer("help", "agent", action);
            assertThat(fixture.out()).isEqualTo(help);
        }
        assertThat(fixture.simmer("agent", "--help")).isZero();
        assertThat(fixture.out()).startsWith("Usage: simmer agent [options] list|show|run");
    }

    @Test
    void completionAsksForActionsAndNames() {
        assertThat(fixture.simmer("__complete", "agents")).isZero();
        assertThat(fixture.out()).isEqualTo("list\nshow\nrun\nexplorer\tLooks around.\n");
        fixture.simmer("completion", "bash");
        assertThat(fixture.out()).contains("_simmer_ask agents").contains("--prompt");
        fixture.simmer("__complete", "verbs");
        assertThat(fixture.out()).contains(" agent ").contains(" report ").contains(" reports ");
    }
}
