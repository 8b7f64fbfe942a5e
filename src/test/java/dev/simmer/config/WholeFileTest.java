package dev.simmer.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.model.AgentSpec;
import dev.simmer.model.Backoff;
import dev.simmer.model.Command;
import dev.simmer.model.Kind;
import dev.simmer.model.Limits;
import dev.simmer.model.LogLimit;
import dev.simmer.model.Need;
import dev.simmer.model.Readiness;
import dev.simmer.model.RestartPolicy;
import dev.simmer.model.RetryPolicy;
import dev.simmer.model.Signal;
import dev.simmer.model.StopPolicy;
import dev.simmer.model.TaskFile;
import dev.simmer.model.TaskSpec;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file without mistakes becomes. */
class WholeFileTest {
    private static final Path EVERYTHING = Path.of("src/test/resources/whole/everything.yaml");

    @TempDir Path folder = Path.of("/");

    @Test
    void limitsAndName() {
        TaskFile file = everything();

        assertThat(file.name()).isEqualTo("shop");
        assertThat(file.file()).isEqualTo(EVERYTHING.toAbsolutePath());
        assertThat(file.workspace().folder()).isEqualTo(EVERYTHING.toAbsolutePath().getParent());
        assertThat(file.limits())
                .isEqualTo(new Limits(2, 8, new Limits.Reserve.Share(0.125), 3L << 29));
        assertThat(file.warnings()).isEmpty();
    }

    @Test
    void tasksStandInTheOrderOfTheFileWithBatchesInPlace() {
        assertThat(everything().tasks().stream().map(TaskSpec::name))
                .containsExactly(
                        "type-check",
                        "dev",
                        "proxy",
                        "api",
                        "seed",
                        "build",
                        "after",
                        "lint[1]",
                        "lint[2]");
    }

    @Test
    void serviceWithItsPolicies() {
        TaskSpec dev = task(everything(), "dev");

        assertThat(dev.kind()).isEqualTo(Kind.SERVICE);
        assertThat(dev.command()).isEqualTo(new Command.Shell("npm run dev"));
        assertThat(dev.ready().orElseThrow().timeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(dev.ready().orElseThrow().probe().description())
                .isEqualTo("a line matching \"ready in\"");
        assertThat(dev.restart())
                .isEqualTo(new RestartPolicy(RestartPolicy.On.FAILURE, 7, Backoff.DEFAULT));
        assertThat(dev.memory()).isEqualTo(OptionalLong.of(500L << 20));
        assertThat(dev.input()).isTrue();
        assertThat(dev.tty()).isTrue();
        assertThat(dev.stop()).isEqualTo(StopPolicy.DEFAULT);
    }

    @Test
    void aliasesAndMergeKeysAreExpanded() {
        TaskSpec proxy = task(everything(), "proxy");

        assertThat(proxy.memory()).isEqualTo(OptionalLong.of(500L << 20));
        assertThat(proxy.restart().max()).isEqualTo(7);
        assertThat(proxy.restart().on()).as("an own key wins").isEqualTo(RestartPolicy.On.ALWAYS);
    }

    @Test
    void probes() {
        TaskFile file = everything();

        assertThat(task(file, "proxy").ready())
                .contains(new Readiness(new Readiness.Probe.Tcp(3000), Readiness.DEFAULT_TIMEOUT));
        assertThat(task(file, "api").ready().orElseThrow().probe())
                .isEqualTo(new Readiness.Probe.Http(URI.create("http://127.0.0.1:3000/health")));
        assertThat(task(file, "seed").ready().orElseThrow().probe())
                .isEqualTo(new Readiness.Probe.Exec("test -f seeded"));
        assertThat(task(file, "seed").autostart()).isFalse();
    }

    @Test
    void jobWithEverySetting() {
        TaskSpec build = task(everything(), "build");

        assertThat(build.kind()).isEqualTo(Kind.JOB);
        assertThat(build.command()).isEqualTo(new Command.Exec(List.of("npm", "run", "build")));
        assertThat(build.heavy()).isEqualTo(Optional.of(true));
        assertThat(build.timeout()).contains(Duration.ofMinutes(20));
        assertThat(build.locks()).containsExactly("disk", "git");
        assertThat(build.priority()).isEqualTo(-3);
        assertThat(build.stop()).isEqualTo(new StopPolicy(Signal.INT, Duration.ofSeconds(5)));
        assertThat(build.cwd())
                .isEqualTo(EVERYTHING.toAbsolutePath().resolveSibling("packages/web"));
        assertThat(build.keepTmpOnFailure()).isTrue();
        assertThat(build.logLimit()).isEqualTo(new LogLimit(200L << 20, LogLimit.WhenFull.STOP));
        assertThat(build.autostart()).isTrue();
        RetryPolicy retry = build.retry();
        assertThat(retry.max()).isEqualTo(2);
        assertThat(retry.backoff())
                .isEqualTo(new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(30)));
        assertThat(retry.onExit()).containsExactly(1, 75);
        assertThat(retry.onOutput().orElseThrow().pattern()).isEqualTo("ECONNRESET|ETIMEDOUT");
    }

    @Test
    void listedNeedAsksWhatSuitsTheOther() {
        assertThat(task(everything(), "build").needs())
                .containsExactly(
                        new Need("type-check", Need.Condition.SUCCEEDED),
                        new Need("dev", Need.Condition.READY),
                        new Need("lint[1]", Need.Condition.SUCCEEDED),
                        new Need("lint[2]", Need.Condition.SUCCEEDED));
        assertThat(task(everything(), "after").needs())
                .containsExactly(
                        new Need("dev", Need.Condition.STARTED),
                        new Need("build", Need.Condition.FINISHED),
                        new Need("type-check", Need.Condition.SUCCEEDED),
                        new Need("api", Need.Condition.READY));
    }

    @Test
    void nearerVariablesWin() {
        TaskFile file = everything();

        assertThat(task(file, "type-check").env())
                .containsEntry("FROM_FILE", "yes")
                .containsEntry("SHARED", "env")
                .containsEntry("NODE_ENV", "development")
                .containsEntry("PORT", "3000")
                .containsEntry("DEBUG", "true")
                .containsEntry("EMPTY", "")
                .containsEntry("OCTAL", "010")
                .containsEntry("WORD", "on");
        assertThat(task(file, "build").env())
                .containsEntry("SHARED", "task env")
                .containsEntry("TASK_FILE", "yes")
                .containsEntry("FROM_FILE", "yes");
    }

    @Test
    void batchesHoldQuotedPathsInOrder() {
        TaskFile file = everything();

        assertThat(task(file, "lint[1]").command())
                .isEqualTo(new Command.Shell("npx eslint files/a.ts 'files/b c.ts'"));
        assertThat(task(file, "lint[2]").command())
                .isEqualTo(new Command.Shell("npx eslint 'files/it'\\''s.ts' files/sub/d.ts"));
        assertThat(task(file, "lint[2]").needs())
                .containsExactly(new Need("type-check", Need.Condition.SUCCEEDED));
    }

    @Test
    void groupsAreFlat() {
        assertThat(everything().groups())
                .containsEntry("lint", List.of("lint[1]", "lint[2]"))
                .containsEntry("precommit", List.of("type-check", "lint[1]", "lint[2]", "build"))
                .containsEntry(
                        "all", List.of("type-check", "lint[1]", "lint[2]", "build", "after"));
    }

    @Test
    void smallestFileHasDefaults() throws IOException {
        TaskFile file = read("version: 1\ntasks:\n  t: true\n  y: yes\n");

        assertThat(file.name()).isEqualTo(String.valueOf(folder.getFileName()));
        assertThat(file.limits()).isEqualTo(Limits.DEFAULT);
        assertThat(file.tasks())
                .containsExactly(
                        TaskSpec.named("t", file.workspace(), new Command.Shell("true")).build(),
                        TaskSpec.named("y", file.workspace(), new Command.Shell("yes")).build());
    }

    @Test
    void byteOrderMarkAndWindowsLineEndsAreAccepted() throws IOException {
        assertThat(read("\uFEFFversion: 1\r\ntasks:\r\n  t: true\r\n").tasks()).hasSize(1);
    }

    @Test
    void wordOnIsAKeyAndNoTruthValue() throws IOException {
        TaskFile file =
                read(
                        """
                        version: 1
                        tasks:
                          s:
                            run: x
                            kind: service
                            restart:
                              on: always
                        """);

        assertThat(task(file, "s").restart().on()).isEqualTo(RestartPolicy.On.ALWAYS);
    }

    @Test
    void wordsOfAListAreTakenAsTheyStand() throws IOException {
        TaskFile file =
                read(
                        """
                        version: 1
                        tasks:
                          t: {run: [sleep, 0.50, true, 010, 0x1F, on, 2026-01-01, ""]}
                        """);

        assertThat(task(file, "t").command())
                .isEqualTo(
                        new Command.Exec(
                                List.of(
                                        "sleep",
                                        "0.50",
                                        "true",
                                        "010",
                                        "0x1F",
                                        "on",
                                        "2026-01-01",
                                        "")));
    }

    @Test
    void itemsOfAListBecomeOneArgumentEach() throws IOException {
        Files.writeString(folder.resolve("a b.x"), "");
        Files.writeString(folder.resolve("$(c).x"), "");
        TaskFile file =
                read(
                        """
                        version: 1
                        tasks:
                          t:
                            run: [cat, "{items}", --]
                            each: {glob: "*.x"}
                        """);

        assertThat(task(file, "t[1]").command())
                .isEqualTo(new Command.Exec(List.of("cat", "$(c).x", "a b.x", "--")));
    }

    @Test
    void tildeStandsForTheHomeFolder() throws IOException {
        TaskFile file = read("version: 1\ntasks:\n  t:\n    run: x\n    cwd: ~/src\n");

        assertThat(task(file, "t").cwd()).isEqualTo(Path.of("/home/somebody/src"));
    }

    @Test
    void oddThingsAreWarnings() throws IOException {
        TaskFile file =
                read(
                        """
                        version: 1
                        tasks:
                          web:
                            run: serve
                            kind: service
                            retry: {max: 1}
                            evictable: yes
                          job:
                            run: echo {items}
                            restart: {on: failure}
                            needs: {web: succeeded}
                          none:
                            run: cat '{items}'
                            each: {glob: "*.none"}
                          after: {run: x, needs: [none]}
                        agents:
                          audit: {agent: runner, task: look, needs: [job]}
                        groups:
                          all: [job, audit]
                        """);

        Path path = folder.resolve("simmer.yaml");
        assertThat(file.warnings())
                .containsExactly(
                        path + ":6:5: `retry` does nothing for a service; use `restart`",
                        path
                                + ":9:10: `{items}` means nothing without `each`; add `each: {glob:"
                                + " …}`",
                        path + ":10:5: `restart` does nothing for a job; use `retry`",
                        path
                                + ":11:13: `job` waits for the end of `web`, a service; write"
                                + " `ready` or `started`",
                        path
                                + ":13:10: `{items}` stands in quotes; leave them out; Simmer"
                                + " quotes the paths",
                        path
                                + ":14:18: `*.none` matches no file, so `none` does nothing; check"
                                + " the pattern; it begins in the task's `cwd`");
        assertThat(file.groups())
                .containsEntry("all", List.of("job", "audit"))
                .containsEntry("none", List.of());
        assertThat(task(file, "after").needs()).isEmpty();
        assertThat(task(file, "web").evictable()).contains(true);
        assertThat(file.tasks().stream().map(TaskSpec::name))
                .containsExactly("web", "job", "after", "audit");
    }

    @Test
    void agentsAreTasks() throws IOException {
        Files.writeString(folder.resolve("prompt.txt"), "Look around.\n\nFiles:\n- a.py\n");
        TaskFile file =
                read(
                        """
                        version: 1
                        env: {A: shared}
                        tasks:
                          lint: x
                          after: {run: x, needs: [audit]}
                        agents:
                          audit:
                            agent: background-runner
                            task: |
                              Run an audit.
                              Twice.
                            files: [src/a.py, src/b.py]
                            session: .agents/sessions/s.md
                            report: .agents/reports/r.md
                            id: bg-1
                            runner: codex
                            model: gpt
                            needs: [lint]
                            locks: [git]
                            timeout: 20m
                            priority: 3
                            memory: 500M
                            retry: {max: 1}
                            env: {B: own}
                            autostart: false
                            cwd: src
                          look: {agent: explorer, prompt: prompt.txt, needs: {audit: finished}}
                        groups:
                          both: [audit, look]
                        """);

        TaskSpec audit = task(file, "audit");
        assertThat(file.warnings()).isEmpty();
        assertThat(audit.kind()).isEqualTo(Kind.AGENT);
        assertThat(audit.agent())
                .contains(
                        new AgentSpec.Ordered(
                                "background-runner",
                                "Run an audit.\nTwice.\n",
                                List.of("src/a.py", "src/b.py"),
                                Optional.of(".agents/reports/r.md"),
                                Optional.of(".agents/sessions/s.md"),
                                Optional.of("bg-1"),
                                Optional.of("codex"),
                                Optional.of("gpt")));
        assertThat(audit.needs()).containsExactly(new Need("lint", Need.Condition.SUCCEEDED));
        assertThat(audit.locks()).containsExactly("git");
        assertThat(audit.timeout()).contains(Duration.ofMinutes(20));
        assertThat(audit.priority()).isEqualTo(3);
        assertThat(audit.memory()).hasValue(500 << 20);
        assertThat(audit.retry().max()).isEqualTo(1);
        assertThat(audit.env()).containsEntry("A", "shared").containsEntry("B", "own");
        assertThat(audit.autostart()).isFalse();
        assertThat(audit.cwd()).isEqualTo(folder.resolve("src"));
        assertThat(task(file, "look").agent().orElseThrow())
                .isInstanceOfSatisfying(
                        AgentSpec.Ordered.class,
                        look -> assertThat(look.task()).startsWith("Look around."));
        assertThat(task(file, "look").needs())
                .containsExactly(new Need("audit", Need.Condition.FINISHED));
        assertThat(task(file, "after").needs())
                .containsExactly(new Need("audit", Need.Condition.SUCCEEDED));
        assertThat(file.groups()).containsEntry("both", List.of("audit", "look"));
    }

    @Test
    void fileMayHaveAgentsAlone() throws IOException {
        TaskFile file = read("version: 1\nagents:\n  a: {agent: explorer, task: look}\n");

        assertThat(file.tasks()).singleElement().extracting(TaskSpec::name).isEqualTo("a");
    }

    private static TaskFile everything() {
        return loaded(TaskFileReader.read(EVERYTHING, Map.of()));
    }

    private TaskFile read(String text) throws IOException {
        Path path = folder.resolve("simmer.yaml");
        Files.writeString(path, text);
        return loaded(TaskFileReader.read(path, Map.of("HOME", "/home/somebody")));
    }

    private static TaskFile loaded(TaskFileReader.Result result) {
        assertThat(result).isInstanceOf(TaskFileReader.Loaded.class);
        return ((TaskFileReader.Loaded) result).file();
    }

    private static TaskSpec task(TaskFile file, String name) {
        return file.tasks().stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
    }
}
