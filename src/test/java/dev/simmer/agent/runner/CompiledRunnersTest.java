package dev.simmer.agent.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.agent.stream.Program;
import dev.simmer.json.JsonFault;
import dev.simmer.json.JsonLimits;
import dev.simmer.json.JsonMembers;
import dev.simmer.json.JsonReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CompiledRunnersTest {
    private static final Path FILES = Path.of("/run/files");
    private static final String ID = Definitions.SESSION.toString();

    private static Invocation ready(Program program, Order order) {
        Compiled compiled = Runners.of(program).compile(order);
        assertThat(compiled).isInstanceOf(Compiled.Ready.class);
        return ((Compiled.Ready) compiled).invocation();
    }

    private static Invocation ready(Program program, Definitions definition) {
        return ready(program, definition.order("do it"));
    }

    private static String refused(Program program, Definitions definition) {
        Compiled compiled = Runners.of(program).compile(definition.order("do it"));
        assertThat(compiled).isInstanceOf(Compiled.Refused.class);
        return ((Compiled.Refused) compiled).why();
    }

    private static List<String> argv(Program program, Definitions definition) {
        return ready(program, definition).argv(FILES);
    }

    @Test
    void claudeGetsItsListsInWordsOfTheirOwn() {
        assertThat(
                        argv(
                                Program.CLAUDE,
                                Definitions.plain()
                                        .tools(
                                                "Read",
                                                "Edit",
                                                "Bash(git log:*)",
                                                "mcp__db__query")))
                .containsExactly(
                        "claude",
                        "-p",
                        "--output-format=stream-json",
                        "--verbose",
                        "--session-id=" + ID,
                        "--tools=Read,Edit,Bash",
                        "--allowedTools=Read,Bash(git log:*),mcp__db__query",
                        "--disallowedTools=Task,Agent,Workflow,SendMessage,CronCreate,"
                                + "ScheduleWakeup,EnterWorktree,AskUserQuestion",
                        "--permission-mode=acceptEdits",
                        "--",
                        "do it");
    }

    @Test
    void claudeGetsLimitsModelAndSystemPrompt() {
        Definitions definition =
                Definitions.plain().model("opus").limits(12, 0.5).system("Be brief.\n- And kind");
        assertThat(argv(Program.CLAUDE, definition))
                .contains(
                        "--model=opus",
                        "--max-turns=12",
                        "--max-budget-usd=0.5",
                        "--append-system-prompt=Be brief.\n- And kind")
                .endsWith("--", "do it");
        assertThat(ready(Program.CLAUDE, definition).session()).contains(ID);
        assertThat(ready(Program.CLAUDE, definition).environment(FILES))
                .containsKey("CLAUDE_CODE_MAX_RETRIES");
    }

    @Test
    void claudeThatOnlyReadsIsDeniedAllThatWrites() {
        List<String> argv =
                argv(Program.CLAUDE, Definitions.plain().readOnly(true).denied("WebFetch"));
        assertThat(argv).contains("--permission-mode=default");
        assertThat(value(argv, "--disallowedTools="))
                .contains("Write", "Edit", "NotebookEdit", "Bash", "WebFetch", "Task");
        assertThat(value(argv, "--allowedTools=")).contains("Read").doesNotContain("Bash");
    }

    private static Set<String> value(List<String> argv, String flag) {
        String word = argv.stream().filter(each -> each.startsWith(flag)).findFirst().orElseThrow();
        return Set.of(word.substring(flag.length()).split(","));
    }

    @Test
    void readOnlyWinsOverTheListOfTools() {
        Definitions both = Definitions.plain().tools("Read", "Write", "Bash(ls:*)").readOnly(true);
        assertThat(argv(Program.CLAUDE, both)).contains("--tools=Read", "--allowedTools=Read");
        assertThat(argv(Program.CODEX, both)).contains("--sandbox=read-only");
        assertThat(argv(Program.CURSOR_AGENT, both)).contains("--mode=ask");
    }

    @Test
    void noToolsAtAllIsNotAllOfThem() {
        assertThat(argv(Program.CLAUDE, Definitions.plain().noTools())).contains("--tools=");
        assertThat(argv(Program.CODEX, Definitions.plain().noTools()))
                .contains("--sandbox=read-only");
        assertThat(policy(Definitions.plain().noTools()))
                .contains("toolName = [\"*\"]\ndecision = \"deny\"");
    }

    @Test
    void codexIsHeldByItsSandbox() {
        assertThat(argv(Program.CODEX, Definitions.plain().system("Say \"yes\"\nor\\no")))
                .containsExactly(
                        "codex",
                        "exec",
                        "--json",
                        "--skip-git-repo-check",
                        "--color=never",
                        "--sandbox=workspace-write",
                        "-c",
                        "features.multi_agent=false",
                        "-c",
                        "features.multi_agent_v2=false",
                        "-c",
                        "developer_instructions=\"Say \\\"yes\\\"\\nor\\\\no\"",
                        "--",
                        "do it");
        assertThat(argv(Program.CODEX, Definitions.plain().tools("Read", "Grep")))
                .contains("--sandbox=read-only", "web_search=\"disabled\"");
        assertThat(ready(Program.CODEX, Definitions.plain()).session()).isEmpty();
        assertThat(refused(Program.CODEX, Definitions.plain().denied("Bash"))).contains("shell");
    }

    @Test
    void whatAProgramCannotDoIsNoted() {
        Definitions limited = Definitions.plain().limits(3, 1);
        assertThat(ready(Program.CODEX, limited).notes())
                .anyMatch(note -> note.contains("turns"))
                .anyMatch(note -> note.contains("cost"));
        assertThat(ready(Program.CLAUDE, limited).notes()).isEmpty();
        assertThat(ready(Program.CODEX, Definitions.plain().tools("Bash(git:*)")).notes())
                .anyMatch(note -> note.contains("Bash(git:*)"));
        assertThat(ready(Program.CODEX, Definitions.plain().tools("Read", "Edit")).notes())
                .anyMatch(note -> note.contains("sandbox"));
    }

    private static String policy(Definitions definition) {
        Invocation invocation = ready(Program.GEMINI, definition);
        assertThat(invocation.files().keySet()).containsExactly("gemini-policy.toml");
        assertThat(invocation.argv(FILES)).contains("--policy=/run/files/gemini-policy.toml");
        return invocation.files().firstEntry().getValue();
    }

    @Test
    void geminiGetsRulesForItsTools() {
        assertThat(
                        policy(
                                Definitions.plain()
                                        .tools("Read", "Bash(git log:*)")
                                        .denied("Bash(rm:*)")))
                .isEqualTo(
                        """
                        [[rule]]
                        toolName = "run_shell_command"
                        commandPrefix = "rm"
                        decision = "deny"
                        priority = 950

                        [[rule]]
                        toolName = ["invoke_agent", "delegate_to_agent", "ask_user"]
                        decision = "deny"
                        priority = 950

                        [[rule]]
                        toolName = "run_shell_command"
                        commandPrefix = "git log"
                        decision = "allow"
                        priority = 900

                        [[rule]]
                        toolName = ["read_file", "read_many_files"]
                        decision = "allow"
                        priority = 900
                        allowRedirection = true

                        [[rule]]
                        toolName = ["*"]
                        decision = "deny"
                        priority = 800

                        """);
    }

    @Test
    void geminiThatMayDoAllIsStillDeniedAgents() {
        Invocation invocation = ready(Program.GEMINI, Definitions.plain().system("Be kind."));
        assertThat(invocation.argv(FILES))
                .contains("--approval-mode=yolo", "--skip-trust", "--session-id=" + ID)
                .endsWith("--prompt=Be kind.\n\n---\n\ndo it");
        assertThat(policy(Definitions.plain())).contains("invoke_agent").doesNotContain("\"*\"");
        assertThat(invocation.environment(FILES)).containsEntry("GEMINI_CLI_NO_RELAUNCH", "true");
    }

    private static JsonMembers openCode(Definitions definition) throws JsonFault {
        String text =
                ready(Program.OPENCODE, definition)
                        .environment(FILES)
                        .get("OPENCODE_CONFIG_CONTENT");
        return new JsonReader(JsonLimits.MESSAGE)
                .object(String.valueOf(text))
                .object("agent")
                .object("simmer-agent");
    }

    @Test
    void openCodeGetsAnAgentOfItsOwn() throws JsonFault {
        Definitions definition =
                Definitions.plain()
                        .tools("Read", "Edit", "Bash(git log:*)", "Bash(git show:*)")
                        .denied("Bash(git log -p:*)")
                        .limits(7, 1)
                        .system("Be kind.");
        JsonMembers agent = openCode(definition);
        assertThat(agent.text("prompt")).isEqualTo("Be kind.");
        assertThat(agent.whole("steps")).isEqualTo(7);
        JsonMembers permission = agent.object("permission");
        assertThat(permission.text("*")).isEqualTo("deny");
        assertThat(permission.text("read")).isEqualTo("allow");
        assertThat(permission.text("edit")).isEqualTo("allow");
        assertThat(permission.text("task")).isEqualTo("deny");
        assertThat(permission.text("external_directory")).isEqualTo("deny");
        assertThat(permission.textMap("bash").toString())
                .isEqualTo("{*=deny, git log*=allow, git show*=allow, git log -p*=deny}");
    }

    @Test
    void openCodeThatMayDoAllKeepsItsUsersRules() throws JsonFault {
        JsonMembers permission = openCode(Definitions.plain()).object("permission");
        assertThat(permission.has("*")).isFalse();
        assertThat(permission.has("bash")).isFalse();
        assertThat(permission.text("task")).isEqualTo("deny");
    }

    @Test
    void openCodeThatOnlyReadsEditsNothing() throws JsonFault {
        JsonMembers permission = openCode(Definitions.plain().readOnly(true)).object("permission");
        assertThat(permission.text("edit")).isEqualTo("deny");
        assertThat(permission.text("bash")).isEqualTo("deny");
    }

    @Test
    void cursorIsRefusedWhatItCannotKeep() {
        assertThat(argv(Program.CURSOR_AGENT, Definitions.plain())).contains("--force");
        assertThat(argv(Program.CURSOR_AGENT, Definitions.plain().tools("Read", "Grep")))
                .contains("--mode=ask")
                .doesNotContain("--force");
        assertThat(refused(Program.CURSOR_AGENT, Definitions.plain().tools("Read", "Edit")))
                .contains("between");
        assertThat(refused(Program.CURSOR_AGENT, Definitions.plain().denied("Bash")))
                .contains("--runner");
        assertThat(refused(Program.CURSOR_AGENT, Definitions.plain().denied("Bash(rm:*)")))
                .contains("--runner");
    }

    @Test
    void commandIsGivenThePromptInAFile() {
        Invocation last = ready(Program.COMMAND, Definitions.plain().command("./audit", "--all"));
        assertThat(last.argv(FILES)).containsExactly("./audit", "--all", "/run/files/prompt.txt");
        assertThat(last.files()).isEqualTo(Map.of("prompt.txt", "do it"));
        assertThat(last.environment(FILES)).containsEntry("SIMMER_PROMPT", "/run/files/prompt.txt");
        assertThat(argv(Program.COMMAND, Definitions.plain().command("a", "{prompt}", "b")))
                .containsExactly("a", "/run/files/prompt.txt", "b");
        assertThat(refused(Program.COMMAND, Definitions.plain())).contains("command:");
    }

    @ParameterizedTest
    @EnumSource(Program.class)
    void inheritIsNoModelAndAnotherProgramsModelIsNotPassedOn(Program program) {
        Definitions plain = Definitions.plain().command("x");
        for (String none : List.of("inherit", "", " ")) {
            assertThat(argv(program, plain.model(none)))
                    .noneMatch(word -> word.startsWith("--model"));
        }
        if (program != Program.CLAUDE && program != Program.COMMAND) {
            Invocation invocation = ready(program, plain.model("opus"));
            assertThat(invocation.argv(FILES)).noneMatch(word -> word.startsWith("--model"));
            assertThat(invocation.notes()).anyMatch(note -> note.contains("opus"));
        }
    }

    @Test
    void modelThatWasAskedForIsPassedAsItIs() {
        for (Program program : Set.of(Program.CODEX, Program.GEMINI, Program.OPENCODE)) {
            Order order =
                    new Order(
                            Definitions.plain().model("opus").made(),
                            "do it",
                            Definitions.SESSION,
                            Optional.of("some/model"),
                            Path.of("/workspace"));
            assertThat(ready(program, order).argv(FILES)).contains("--model=some/model");
        }
    }

    @ParameterizedTest
    @EnumSource(Program.class)
    void promptIsNeverTakenForAFlagNorCut(Program program) {
        String odd = "--dangerously-skip-permissions\n-x 'a' \"b\" $(c) {prompt}";
        Invocation invocation = ready(program, Definitions.plain().command("x").order(odd));
        List<String> argv = invocation.argv(FILES);
        if (program == Program.COMMAND) {
            assertThat(invocation.files()).containsValue(odd);
        } else {
            assertThat(argv.getLast()).endsWith(odd);
            assertThat(argv.contains("--") ? argv.indexOf("--") : argv.size() - 2)
                    .isEqualTo(argv.size() - 2);
            assertThat(argv.getLast().equals(odd))
                    .isEqualTo(argv.contains("--") && program != Program.CURSOR_AGENT);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Program.class, names = "COMMAND", mode = EnumSource.Mode.EXCLUDE)
    void whatTheSystemWouldNotTakeIsRefusedBeforehand(Program program) {
        Definitions plain = Definitions.plain();
        for (String text : List.of("ä".repeat(70_000), "a\0b")) {
            assertThat(Runners.of(program).compile(plain.order(text)))
                    .isInstanceOf(Compiled.Refused.class);
        }
        assertThat(Runners.of(program).compile(plain.system("ä".repeat(70_000)).order("do it")))
                .isInstanceOf(Compiled.Refused.class);
    }

    @ParameterizedTest
    @EnumSource(Program.class)
    void marksOfAnOuterAgentAreDroppedAndKeysAreNot(Program program) {
        Map<String, String> outer =
                Map.of(
                        "CLAUDECODE", "1",
                        "CLAUDECODE_X", "1",
                        "CLAUDE_CODE_ENTRYPOINT", "cli",
                        "CODEX_SANDBOX", "seatbelt",
                        "GEMINI_CLI", "1",
                        "OPENCODE", "1",
                        "CURSOR_AGENT", "1",
                        "ANTHROPIC_API_KEY", "key",
                        "CLAUDE_CODE_OAUTH_TOKEN", "token",
                        "PATH", "/bin");
        SortedMap<String, String> environment =
                ready(program, Definitions.plain().command("x")).environment(outer, FILES);
        assertThat(environment)
                .containsEntry("ANTHROPIC_API_KEY", "key")
                .containsEntry("CLAUDE_CODE_OAUTH_TOKEN", "token")
                .containsEntry("PATH", "/bin")
                .doesNotContainKeys(
                        "CLAUDECODE",
                        "CLAUDECODE_X",
                        "CLAUDE_CODE_ENTRYPOINT",
                        "CODEX_SANDBOX",
                        "GEMINI_CLI",
                        "OPENCODE",
                        "CURSOR_AGENT");
    }
}
