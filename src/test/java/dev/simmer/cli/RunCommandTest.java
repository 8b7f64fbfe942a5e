package dev.simmer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.model.Command;
import dev.simmer.model.Kind;
import dev.simmer.model.Limits;
import dev.simmer.model.Need;
import dev.simmer.model.Request;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.WorkspaceId;
import dev.simmer.model.WorkspaceView;
import java.io.IOException;
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

/** What {@code simmer run} asks for. */
class RunCommandTest {
    @TempDir Path home;
    private CommandFixture fixture;
    private FakeSupervisor supervisor;
    private Path shop;

    @BeforeEach
    void open() throws IOException {
        fixture = new CommandFixture(home);
        supervisor = fixture.supervisor;
        shop = fixture.folder;
    }

    private TaskSpec ran(String... words) {
        supervisor.requests.clear();
        assertThat(fixture.simmer(words)).as(fixture.err()).isZero();
        return spawn().tasks().getFirst();
    }

    private Request.Spawn spawn() {
        assertThat(supervisor.requests).hasSize(1);
        return (Request.Spawn) supervisor.requests.getFirst();
    }

    @Test
    void printsTheId() throws Exception {
        ran("run", "--", "npm", "test");
        assertThat(fixture.out()).isEqualTo("100\n");
        ran("run", "--json", "--", "true");
        assertThat(fixture.json().get("id").asInt()).isEqualTo(100);
    }

    @Test
    void oneWordWithShellSignsIsALineAndSeveralWordsAreArguments() {
        assertThat(ran("run", "make -j4").command()).isEqualTo(new Command.Shell("make -j4"));
        assertThat(ran("run", "a|b").command()).isEqualTo(new Command.Shell("a|b"));
        assertThat(ran("run", "make").command()).isEqualTo(new Command.Exec(List.of("make")));
        assertThat(ran("run", "make", "-j4", "--fg").command())
                .isEqualTo(new Command.Exec(List.of("make", "-j4", "--fg")));
        assertThat(ran("run", "--", "echo", "a b", "*").command())
                .isEqualTo(new Command.Exec(List.of("echo", "a b", "*")));
    }

    @Test
    void saysWhatMayBeDoneWhileMemoryIsShort() {
        assertThat(ran("run", "make").evictable()).isEmpty();
        assertThat(ran("run", "--evictable", "yes", "make").evictable()).contains(true);
        assertThat(ran("run", "--evictable", "no", "make").evictable()).contains(false);
        assertThat(ran("run", "make").isolateMemory()).isFalse();
        assertThat(ran("run", "--isolate", "memory", "make").isolateMemory()).isTrue();
        assertThat(ran("run", "--evictable", "true", "make").evictable()).contains(true);
        assertThat(ran("run", "--evictable", "false", "make").evictable()).contains(false);
        assertThat(ran("run", "--isolate", "none", "make").isolateMemory()).isFalse();
        assertThat(ran("run", "--memory", "0", "make").memory()).hasValue(0);
        assertThat(ran("run", "--memory", "1M", "make").memory()).hasValue(1 << 20);
        assertThat(fixture.simmer("run", "--memory", "60", "make")).isEqualTo(2);
        assertThat(fixture.err()).contains("--memory 60 is less than 1M; did you mean 60M?");
        assertThat(fixture.simmer("run", "--memory", "1.5K", "make")).isEqualTo(2);
        assertThat(fixture.err()).contains("--memory 1.5K is less than 1M; did you mean 1.5M?");
        assertThat(fixture.simmer("run", "--evictable", "maybe", "make")).isEqualTo(2);
        assertThat(fixture.err()).contains("--evictable is yes or no, not maybe");
        assertThat(fixture.simmer("run", "--isolate", "disk", "make")).isEqualTo(2);
        assertThat(fixture.err()).contains("--isolate is memory or none, not disk");
    }

    @Test
    void nameIsMadeAndNumberedUnlessItIsGiven() {
        assertThat(ran("run", "npm", "run", "dev").name()).isEqualTo("dev");
        assertThat(spawn().existing()).isEqualTo(Request.Existing.NUMBER);
        assertThat(ran("run", "--name", "web", "npm", "start").name()).isEqualTo("web");
        assertThat(spawn().existing()).isEqualTo(Request.Existing.REFUSE);
    }

    @Test
    void allOptions() {
        fixture.environment.put("PATH", "/bin");
        TaskSpec task =
                ran(
                        "run",
                        "--name",
                        "n",
                        "--cwd",
                        "..",
                        "--env",
                        "A=b=c",
                        "--env",
                        "D=",
                        "--service",
                        "--memory",
                        "2G",
                        "--heavy",
                        "--timeout",
                        "20m",
                        "--retry",
                        "2",
                        "--lock",
                        "git",
                        "--lock",
                        "db",
                        "--priority",
                        "-3",
                        "--tty",
                        "--input",
                        "--log-limit",
                        "200M",
                        "--",
                        "x");
        assertThat(task.workspace()).isEqualTo(new WorkspaceId(shop));
        assertThat(task.cwd()).isEqualTo(home);
        assertThat(task.env()).containsEntry("A", "b=c").containsEntry("D", "").hasSize(2);
        assertThat(task.kind()).isEqualTo(Kind.SERVICE);
        assertThat(task.memory()).hasValue(2L << 30);
        assertThat(task.heavy()).contains(true);
        assertThat(task.timeout()).contains(Duration.ofMinutes(20));
        assertThat(task.retry().max()).isEqualTo(2);
        assertThat(task.locks()).containsExactly("db", "git");
        assertThat(task.priority()).isEqualTo(-3);
        assertThat(task.tty()).isTrue();
        assertThat(task.input()).isTrue();
        assertThat(task.logLimit().bytes()).isEqualTo(200L << 20);
        assertThat(task.inherited().orElseThrow().variables()).containsEntry("PATH", "/bin");
    }

    @Test
    void workspaceIsTheNearestTaskFilesAndItIsNotRead() throws Exception {
        Files.writeString(home.resolve("simmer.yaml"), "not yaml: [");
        TaskSpec task = ran("run", "true");
        assertThat(task.workspace()).isEqualTo(new WorkspaceId(home));
        assertThat(task.cwd()).isEqualTo(shop);
    }

    @Test
    void limitsAreWhatTheSupervisorKnowsOfTheWorkspace() {
        ran("run", "true");
        assertThat(spawn().limits()).isEqualTo(Limits.DEFAULT);
        Limits limits = new Limits(7, 2, new Limits.Reserve.Size(5), 6);
        supervisor.show(List.of(new WorkspaceView(new WorkspaceId(shop), "", limits)));
        ran("run", "true");
        assertThat(spawn().limits()).isEqualTo(limits);
    }

    @Test
    void localeOfTheCallerIsGivenBack() {
        fixture.environment.put("LC_ALL", "C.UTF-8");
        fixture.environment.put("SIMMER_CALLERS_LC_ALL", "");
        assertThat(ran("run", "true").inherited().orElseThrow().variables())
                .doesNotContainKeys("LC_ALL", "SIMMER_CALLERS_LC_ALL");
        fixture.environment.put("SIMMER_CALLERS_LC_ALL", "de_DE");
        assertThat(ran("run", "true").inherited().orElseThrow().variables())
                .containsEntry("LC_ALL", "de_DE");
    }

    @ParameterizedTest
    @CsvSource({
        "build,build,SUCCEEDED",
        "3,build,SUCCEEDED",
        "build:finished,build,FINISHED",
        "3:started,build,STARTED",
        "build:READY,build,READY",
        "test:unit,test:unit,SUCCEEDED",
        "test:unit:finished,test:unit,FINISHED",
        "test:ready,test:ready,SUCCEEDED",
    })
    void afterTakesIdsNamesAndConditions(String text, String name, Need.Condition condition) {
        supervisor.show(
                Views.running(3, "build", shop),
                Views.running(4, "test:unit", shop),
                Views.running(5, "test:ready", shop));
        assertThat(ran("run", "--after", text, "true").needs())
                .containsExactly(new Need(name, condition));
    }

    @Test
    void afterSeveral() {
        supervisor.show(Views.running(3, "build", shop), Views.running(4, "lint", shop));
        assertThat(ran("run", "--after", "3", "--after", "lint:finished", "true").needs())
                .containsExactly(
                        new Need("build", Need.Condition.SUCCEEDED),
                        new Need("lint", Need.Condition.FINISHED));
    }

    @Test
    void taskThatComesAfterItsNamesakeHasAnotherName() {
        supervisor.show(Views.running(3, "make", shop), Views.running(4, "make 2", shop));
        TaskSpec task = ran("run", "--after", "3", "make");
        assertThat(task.name()).isEqualTo("make 3");
        assertThat(task.needs()).containsExactly(new Need("make", Need.Condition.SUCCEEDED));
    }

    @Test
    void afterIsWithinThePresentSetOfTheWorkspace() {
        supervisor.show(
                List.of(Views.workspace(shop, "now")),
                Views.running(3, "build", home),
                Views.task(
                        4,
                        "old",
                        shop,
                        dev.simmer.model.Phase.RUNNING,
                        Optional.empty(),
                        spec -> spec.session("then")));
        for (String text : List.of("3", "build", "4", "old", "nosuch:finished")) {
            assertThat(fixture.simmer("run", "--after", text, "true")).isEqualTo(3);
            assertThat(fixture.err()).contains("--after: there is no task");
        }
        assertThat(supervisor.requests).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "run,`simmer run` needs [--] CMD...",
        "run --kind agent x,--kind is job or service",
        "run --kind job --service x,exclude each other",
        "run --env SECRETVALUE x,--env is NAME=VALUE",
        "run --memory lots x,--memory is a size",
        "run --priority 11 x,from -10 to 10",
        "run --retry -1 x,--retry is a whole number",
        "run --log-limit 1K x,at least 1M",
        "run --cwd nosuch x,does not exist",
        "run --fg --json x,no JSON",
        "run vim x,would wait for somebody",
    })
    void mistakes(String line, String told) {
        assertThat(fixture.simmer(line.split(" ", -1))).isEqualTo(2);
        assertThat(fixture.err()).startsWith("simmer: ").contains(told);
        assertThat(fixture.err()).doesNotContain("SECRETVALUE");
        assertThat(supervisor.requests).isEmpty();
    }

    @Test
    void unknownConditionIsToldWithTheKnownOnes() {
        supervisor.show(Views.running(3, "build", shop));
        assertThat(fixture.simmer("run", "--after", "build:done", "x")).isEqualTo(2);
        assertThat(fixture.err()).contains("succeeded, finished, started and ready, not done");
    }

    @Test
    void interactiveCommandsRunWithATerminalOrByForce() {
        assertThat(fixture.simmer("run", "vim", "x")).isEqualTo(2);
        assertThat(fixture.err()).contains("an editor", "--tty", "--force");
        assertThat(ran("run", "--tty", "vim", "x").tty()).isTrue();
        assertThat(ran("run", "--force", "vim", "x").tty()).isFalse();
    }
}
