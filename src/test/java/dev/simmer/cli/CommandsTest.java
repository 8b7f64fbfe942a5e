package dev.simmer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.model.Outcome;
import dev.simmer.model.Phase;
import dev.simmer.model.Reply;
import dev.simmer.model.Request;
import dev.simmer.model.Snapshot;
import dev.simmer.model.TaskId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that act on tasks, from their words to the request and the answer. */
class CommandsTest {
    private static final Outcome FINE = new Outcome.Succeeded();

    @TempDir Path home;
    private CommandFixture fixture;
    private FakeSupervisor supervisor;
    private Path shop;

    @BeforeEach
    void open() throws IOException {
        fixture = new CommandFixture(home);
        supervisor = fixture.supervisor;
        shop = fixture.folder;
        supervisor.show(
                Views.running(1, "build", shop),
                Views.running(2, "dev", shop),
                Views.ended(3, "lint", shop, FINE),
                Views.running(7, "elsewhere", home.resolve("other")));
    }

    @AfterEach
    void everyConnectionIsClosed() {
        assertThat(supervisor.open).isZero();
    }

    private int simmer(String line) {
        return fixture.simmer(line.split(" ", -1));
    }

    private static Set<TaskId> ids(long... values) {
        Set<TaskId> ids = new java.util.TreeSet<>();
        for (long value : values) {
            ids.add(new TaskId(value));
        }
        return ids;
    }

    @Test
    void tasksAreNamedByNumberAndName() {
        assertThat(simmer("restart dev 1 dev")).isZero();
        assertThat(supervisor.requests).containsExactly(new Request.Restart(ids(1, 2)));
        assertThat(fixture.out()).isEqualTo("restarting dev (2), build (1)\n");
        assertThat(simmer("pause 2")).isZero();
        assertThat(simmer("resume dev")).isZero();
        assertThat(supervisor.requests)
                .endsWith(new Request.Pause(ids(2)), new Request.Resume(ids(2)));
    }

    @Test
    void eachWrongNameIsToldAndNothingIsDone() {
        assertThat(simmer("kill biuld 99 dev zzz")).isEqualTo(3);
        assertThat(fixture.err())
                .isEqualTo(
                        """
                        simmer: there is no task `biuld`; did you mean `build`?
                        simmer: there is no task `99`
                        simmer: there is no task `zzz`
                        """);
        assertThat(fixture.out()).isEmpty();
        assertThat(supervisor.requests).isEmpty();
    }

    @Test
    void nameOfThePresentSetWinsThenTheWorkspaceThenAnywhere() {
        supervisor.show(
                List.of(Views.workspace(shop, "login")),
                session(1, "build", "old"),
                session(2, "build", "login"),
                session(3, "lint", "old"),
                Views.running(4, "lint", home),
                Views.running(5, "far", home),
                Views.running(6, "twice", home),
                Views.running(7, "twice", home.resolve("b")),
                Views.running(8, "2", home));
        simmer("pause build lint far 2 8");
        assertThat(supervisor.requests).containsExactly(new Request.Pause(ids(2, 3, 5, 8)));
        assertThat(simmer("pause twice")).isEqualTo(2);
        assertThat(fixture.err())
                .startsWith("simmer: several tasks are named `twice`; give the id: 6 (")
                .contains("7 (");
    }

    private dev.simmer.model.TaskView session(long id, String name, String session) {
        return Views.task(
                id, name, shop, Phase.RUNNING, Optional.empty(), spec -> spec.session(session));
    }

    @Test
    void namesAreSanitised() {
        supervisor.show(Views.running(1, "a\u001b]0;title\u0007b\n", shop));
        simmer("list");
        assertThat(fixture.out()).doesNotContain("\u001b").contains("a␛]0;titleb");
        simmer("kill \u001b[31mx");
        assertThat(fixture.err()).doesNotContain("\u001b").contains("`x`");
    }

    @Test
    void killLeavesOutWhatHasEnded() {
        assertThat(simmer("kill build lint --now")).isZero();
        assertThat(supervisor.requests).containsExactly(new Request.Stop(ids(1), true));
        assertThat(fixture.out()).isEqualTo("stopping build (1)\n");
        assertThat(fixture.err()).isEqualTo("simmer: lint (3) has ended already\n");
    }

    @Test
    void killAllMeansThisWorkspace() {
        assertThat(simmer("kill --all")).isZero();
        assertThat(supervisor.requests).containsExactly(new Request.Stop(ids(1, 2), false));
        assertThat(simmer("kill --all build")).isEqualTo(2);
        assertThat(simmer("kill")).isEqualTo(2);
        assertThat(fixture.err()).contains("which task?");
    }

    @Test
    void killGoesOnWhereOneOfSeveralHasJustEnded() {
        supervisor.answer =
                request ->
                        request instanceof Request.Stop stop && stop.ids().contains(new TaskId(1))
                                ? new Reply.Refused("build has ended")
                                : new Reply.Accepted(List.of());
        assertThat(simmer("kill build dev")).isZero();
        assertThat(supervisor.requests)
                .containsExactly(
                        new Request.Stop(ids(1, 2), false),
                        new Request.Stop(ids(1), false),
                        new Request.Stop(ids(2), false));
    }

    @Test
    void refusalIsToldAndExitsWithTwo() {
        supervisor.answer = _ -> new Reply.Refused("dev does not run,\u001b[31m so it cannot wait");
        assertThat(simmer("pause dev")).isEqualTo(2);
        assertThat(fixture.err()).isEqualTo("simmer: dev does not run, so it cannot wait\n");
    }

    @Test
    void answersAsJson() throws Exception {
        simmer("restart --json build");
        assertThat(fixture.out())
                .isEqualTo("{\"done\":\"restart\",\"tasks\":[{\"id\":1,\"name\":\"build\"}]}\n");
        simmer("clean --json");
        assertThat(fixture.out())
                .isEqualTo("{\"done\":\"clean\",\"tasks\":[{\"id\":3,\"name\":\"lint\"}]}\n");
    }

    @Test
    void cleanForgetsWhatNoUnfinishedTaskNeeds() {
        supervisor.show(
                Views.ended(1, "a", shop, FINE),
                Views.ended(2, "b", shop, FINE),
                Views.ended(3, "b", home, FINE),
                Views.task(
                        4,
                        "c",
                        shop,
                        Phase.WAITING,
                        Optional.empty(),
                        spec -> spec.need("a", dev.simmer.model.Need.Condition.FINISHED)));
        simmer("clean");
        assertThat(supervisor.requests).containsExactly(new Request.Forget(ids(2)));
        simmer("clean --all");
        assertThat(supervisor.requests).last().isEqualTo(new Request.Forget(ids(2, 3)));
        simmer("clean 1");
        assertThat(supervisor.requests).last().isEqualTo(new Request.Forget(ids(1)));
        int before = supervisor.requests.size();
        simmer("clean --older-than 1h");
        assertThat(fixture.out()).isEqualTo("nothing to forget\n");
        assertThat(supervisor.requests).hasSize(before);
        simmer("clean --older-than 40s");
        assertThat(supervisor.requests).last().isEqualTo(new Request.Forget(ids(2)));
    }

    @Test
    void tasksOlderThanTheyAreKeptAreForgotten() {
        assertThat(ForgetRule.forgettable(supervisor.snapshot, Optional.of(Duration.ofSeconds(49))))
                .extracting(task -> task.id().value())
                .containsExactly(3L);
        assertThat(ForgetRule.forgettable(supervisor.snapshot, Optional.of(Duration.ofSeconds(51))))
                .isEmpty();
    }

    @Test
    void sendAddsALineBreak() {
        supervisor.show(
                Views.task(
                        1, "repl", shop, Phase.RUNNING, Optional.empty(), spec -> spec.input(true)),
                Views.running(2, "deaf", shop));
        fixture.simmer("send", "repl", "1 + 1");
        fixture.simmer("send", "-n", "repl", "x");
        fixture.in = "from\nafar".getBytes(StandardCharsets.UTF_8);
        fixture.simmer("send", "repl", "-");
        assertThat(supervisor.requests)
                .containsExactly(
                        new Request.Send(new TaskId(1), "1 + 1\n"),
                        new Request.Send(new TaskId(1), "x"),
                        new Request.Send(new TaskId(1), "from\nafar"));
        assertThat(fixture.simmer("send", "deaf", "x")).isEqualTo(2);
        assertThat(fixture.err()).contains("takes no input", "--input");
        fixture.in = new byte[(1 << 20) + 1];
        assertThat(fixture.simmer("send", "repl", "-")).isEqualTo(2);
    }

    @Test
    void renameOfTasksAndSessions() {
        supervisor.show(List.of(Views.workspace(shop, "login")), Views.running(1, "build", shop));
        assertThat(simmer("rename build nightly")).isZero();
        assertThat(simmer("rename --session checkout")).isZero();
        assertThat(simmer("rename --session old new")).isZero();
        dev.simmer.model.WorkspaceId here = new dev.simmer.model.WorkspaceId(shop);
        assertThat(supervisor.requests)
                .containsExactly(
                        new Request.Rename(new TaskId(1), "nightly"),
                        new Request.RenameSession(here, "login", "checkout"),
                        new Request.RenameSession(here, "old", "new"));
        assertThat(simmer("rename build")).isEqualTo(2);
        assertThat(fixture.simmer("rename", "build", " ")).isEqualTo(2);
        assertThat(fixture.simmer("rename", "build", "12")).isEqualTo(2);
        assertThat(fixture.err()).contains("the new name `12` looks like the id of a task");
    }

    @Test
    void renameAnswersWithTheNewName() throws Exception {
        assertThat(fixture.simmer("rename", "build", "a b c")).isZero();
        assertThat(fixture.out()).isEqualTo("build (1) is now named a b c\n");
        simmer("rename 1 echo9 --json");
        assertThat(fixture.json().get("tasks").get(0).get("name").asText()).isEqualTo("echo9");
    }

    @Test
    void namesThatNoTaskFileCouldHoldAreRefused() {
        for (String name : List.of("", " ", "12", "a\u001b[31m", "x".repeat(101))) {
            assertThat(fixture.simmer("run", "--name", name, "true")).isEqualTo(2);
            assertThat(fixture.err()).startsWith("simmer: --name ").doesNotContain("\u001b");
        }
        fixture.simmer("run", "--name", "", "true");
        assertThat(fixture.err()).isEqualTo("simmer: --name must not be empty\n");
        assertThat(simmer("wait build --timeout 0")).isEqualTo(2);
        assertThat(fixture.err()).contains("longer than zero");
    }

    @Test
    void upStartsWhatIsNamedWithWhatItNeeds() throws Exception {
        Files.writeString(
                shop.resolve("simmer.yaml"),
                """
                version: 1
                tasks:
                  lint: 'true'
                  build: {run: make, needs: [lint]}
                  deploy: {run: x, autostart: false}
                """);
        supervisor.show(
                Views.task(100, "lint", shop, Phase.WAITING, Optional.empty(), spec -> {}),
                Views.task(101, "build", shop, Phase.WAITING, Optional.empty(), spec -> {}));
        fixture.environment.put("SECRET", "s3cr3t");
        assertThat(simmer("up build")).isZero();
        assertThat(fixture.out())
                .isEqualTo("lint (100) waits for a place\nbuild (101) waits for a place\n");
        Request.Spawn spawn = (Request.Spawn) supervisor.requests.getFirst();
        assertThat(spawn.existing()).isEqualTo(Request.Existing.BEGIN_ENDED);
        assertThat(spawn.tasks()).extracting(task -> task.name()).containsExactly("lint", "build");
        assertThat(spawn.tasks())
                .allSatisfy(task ->
                        assertThat(task.inherited().orElseThrow().variables())
                                .containsEntry("SECRET", "s3cr3t"));
        assertThat(simmer("up nosuch")).isEqualTo(2);
        assertThat(supervisor.requests).hasSize(1);
    }

    @Test
    void upTellsWhatGoesOnAsItWasDescribedBefore() throws Exception {
        Files.writeString(
                shop.resolve("simmer.yaml"),
                "version: 1\ntasks: {build: run build, dev: {run: other, env: {TOKEN: x}}}\n");
        supervisor.show(
                Views.task(
                        1,
                        "build",
                        shop,
                        Phase.RUNNING,
                        Optional.empty(),
                        spec -> spec.env(java.util.Map.of())),
                Views.running(2, "dev", shop));
        assertThat(simmer("up")).isZero();
        assertThat(fixture.out()).isEqualTo("build (1) runs already\ndev (2) runs already\n");
        assertThat(fixture.err())
                .isEqualTo(
                        "simmer: dev (2) goes on as it was described before; for what the file"
                                + " says now: simmer down dev && simmer up dev\n");
    }

    @Test
    void helpOfNoCommandIsTold() {
        assertThat(simmer("help bogus")).isEqualTo(2);
        assertThat(fixture.err()).isEqualTo("simmer: there is no command `bogus`\n");
        assertThat(simmer("help lsit")).isEqualTo(2);
        assertThat(fixture.err()).contains("did you mean `list`?");
        assertThat(simmer("help help")).isZero();
        assertThat(simmer("bogus")).isEqualTo(2);
        assertThat(fixture.err()).contains("there is no command `bogus`", "no simmer.yaml");
    }

    @Test
    void downStopsAndWaits() throws Exception {
        Files.writeString(
                shop.resolve("simmer.yaml"),
                "version: 1\ntasks: {build: x, dev: x, lint: x}\ngroups: {web: [dev, lint]}\n");
        supervisor.then(Views.running(1, "build", shop), Views.running(2, "dev", shop));
        supervisor.thenLost();
        supervisor.then(
                Views.running(1, "build", shop),
                Views.ended(2, "dev", shop, new Outcome.Stopped("stopped")));
        supervisor.then(
                Views.ended(1, "build", shop, new Outcome.Stopped("stopped")),
                Views.ended(2, "dev", shop, new Outcome.Stopped("stopped")));
        assertThat(simmer("down")).isZero();
        assertThat(supervisor.requests).containsExactly(new Request.Stop(ids(1, 2), false));
        assertThat(fixture.out()).isEqualTo("stopped build (1), dev (2)\n");
        assertThat(supervisor.states).isEmpty();
        supervisor.then(Views.ended(2, "dev", shop, new Outcome.Stopped("stopped")));
        assertThat(simmer("down web --now")).isZero();
        assertThat(supervisor.requests).last().isEqualTo(new Request.Stop(ids(2), true));
        assertThat(simmer("down nosuch")).isEqualTo(3);
    }

    @Test
    void tasksThatNobodyStartedAreLeftAlone() {
        supervisor.show(Views.dormant(1, "st", shop), Views.running(2, "dev", shop));
        supervisor.then(
                Views.dormant(1, "st", shop),
                Views.ended(2, "dev", shop, new Outcome.Stopped("stopped")));
        assertThat(simmer("down")).isZero();
        assertThat(supervisor.requests).containsExactly(new Request.Stop(ids(2), false));
        supervisor.show(Views.dormant(1, "st", shop));
        for (String line : List.of("down", "down st", "kill --all")) {
            assertThat(simmer(line)).isZero();
            assertThat(fixture.out() + fixture.err())
                    .contains("nothing runs or waits in this workspace");
        }
        assertThat(simmer("kill st")).isZero();
        assertThat(fixture.err()).isEqualTo("simmer: st (1) has not been started\n");
        assertThat(supervisor.requests).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "list",
                "ls",
                "list --json",
                "stats",
                "history",
                "clean",
                "kill --all",
                "down",
                "supervisor status",
                "supervisor stop",
                "--version",
                "--help",
                "run --help",
                "help run",
            })
    void emptyHomeIsAnsweredFromNothing(String line) {
        supervisor.running = false;
        supervisor.hasTasks = false;
        simmer(line);
        assertThat(supervisor.started).isZero();
        assertThat(fixture.out() + fixture.err()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"kill 1", "wait build", "logs build", "show 1", "restart x", "send x y"})
    void emptyHomeHasNoTask(String line) {
        supervisor.running = false;
        supervisor.hasTasks = false;
        assertThat(simmer(line)).isEqualTo(3);
        assertThat(supervisor.started).isZero();
        assertThat(fixture.err()).contains("there is no task", "there are none");
    }

    @Test
    void homeWithTasksStartsOneToLook() {
        supervisor.running = false;
        assertThat(simmer("list")).isZero();
        assertThat(supervisor.started).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "run -- true", "kill 1", "supervisor start"})
    void supervisorThatDoesNotStartIsFour(String line) {
        supervisor.running = false;
        supervisor.starts = false;
        assertThat(simmer(line)).isEqualTo(4);
        assertThat(fixture.err()).isEqualTo("simmer: the supervisor did not start\n");
    }

    @Test
    void supervisorActions() {
        assertThat(simmer("supervisor status")).isZero();
        assertThat(fixture.out()).contains("version   1.2.3", "process   4711", "2 running");
        assertThat(simmer("supervisor stop")).isZero();
        assertThat(fixture.out()).contains("the 2 tasks that run go on");
        assertThat(supervisor.shutdowns).isEqualTo(1);
        assertThat(simmer("supervisor status")).isEqualTo(4);
        assertThat(simmer("supervisor status --json")).isEqualTo(4);
        assertThat(fixture.out()).isEqualTo("{\"running\":false}\n");
        assertThat(simmer("supervisor stop")).isZero();
        assertThat(simmer("supervisor start")).isZero();
        assertThat(supervisor.started).isEqualTo(1);
        assertThat(simmer("supervisor restart")).isEqualTo(2);
        assertThat(fixture.err()).contains("start, stop, status, run");
    }

    @Test
    void sumsCountTimeSavedSideBySide() {
        supervisor.show(
                Views.ended(1, "a", shop, FINE),
                Views.ended(2, "b", shop, new Outcome.ExitedWith(1)),
                Views.running(3, "c", shop));
        Snapshot now = supervisor.snapshot;
        Sums sums = Sums.of(now.tasks(), now.at());
        assertThat(sums.run()).hasSeconds(80);
        assertThat(sums.elapsed()).hasSeconds(60);
        assertThat(sums.saved()).hasSeconds(20);
        assertThat(sums.failures()).isEqualTo(1);
        assertThat(sums.attempts()).isEqualTo(3);
        simmer("stats");
        assertThat(fixture.out())
                .contains("tasks     3 (1 running, 1 succeeded, 1 failed)", "20s saved");
    }
}
