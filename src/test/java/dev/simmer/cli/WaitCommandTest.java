package dev.simmer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.model.Outcome;
import dev.simmer.model.Phase;
import dev.simmer.model.StartFailure;
import dev.simmer.model.TaskView;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WaitCommandTest {
    @TempDir Path home;
    private CommandFixture fixture;
    private FakeSupervisor supervisor;
    private Path shop;

    @BeforeEach
    void open() throws IOException {
        fixture = new CommandFixture(home);
        supervisor = fixture.supervisor;
        shop = fixture.folder;
        supervisor.show(a(), b());
    }

    @AfterEach
    void allIsUsedUp() {
        assertThat(supervisor.open).isZero();
        assertThat(supervisor.states).isEmpty();
    }

    private TaskView a() {
        return Views.running(1, "a", shop);
    }

    private TaskView b() {
        return Views.running(2, "b", shop);
    }

    private TaskView ended(long id, Outcome outcome) {
        return Views.ended(id, id == 1 ? "a" : "b", shop, outcome);
    }

    static Stream<Arguments> outcomes() {
        return Stream.of(
                Arguments.of(new Outcome.Succeeded(), 0),
                Arguments.of(new Outcome.ExitedWith(3), 3),
                Arguments.of(new Outcome.ExitedWith(255), 255),
                Arguments.of(new Outcome.DiedOf(9), 137),
                Arguments.of(new Outcome.TimedOut(Duration.ofSeconds(1)), 124),
                Arguments.of(new Outcome.Stopped("stopped"), 1),
                Arguments.of(new Outcome.Skipped("lint failed"), 1),
                Arguments.of(new Outcome.Lost("nobody knows"), 1));
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void singleTaskIsTheExitCode(Outcome outcome, int code) {
        supervisor.then(a());
        supervisor.then(ended(1, outcome));
        assertThat(fixture.simmer("wait", "a")).isEqualTo(code);
        assertThat(fixture.out()).isEmpty();
        assertThat(fixture.err().isEmpty()).isEqualTo(code == 0);
    }

    @Test
    void endedTaskIsNotWaitedFor() {
        supervisor.show(ended(1, new Outcome.ExitedWith(5)));
        assertThat(fixture.simmer("wait", "1")).isEqualTo(5);
        assertThat(fixture.err()).isEqualTo("simmer: a (1) failed: exit code 5\n");
    }

    @Test
    void taskThatNobodyStartedIsNotWaitedFor() {
        supervisor.show(a(), Views.dormant(3, "st", shop));
        assertThat(fixture.simmer("wait", "a", "st")).isEqualTo(2);
        assertThat(fixture.err())
                .isEqualTo("simmer: st waits until somebody starts it: simmer restart st\n");
        assertThat(fixture.simmer("wait", "--any", "st")).isEqualTo(2);
    }

    @Test
    void severalExitWithOneWhereAnyFailed() {
        supervisor.then(ended(1, new Outcome.Succeeded()), b());
        supervisor.then(ended(1, new Outcome.Succeeded()), ended(2, new Outcome.ExitedWith(7)));
        assertThat(fixture.simmer("wait", "a", "b")).isEqualTo(1);
        supervisor.then(ended(1, new Outcome.Succeeded()), ended(2, new Outcome.Succeeded()));
        assertThat(fixture.simmer("wait", "a", "b")).isZero();
    }

    @Test
    void anyExitsAsTheFirstThatEnds() {
        supervisor.then(a(), b());
        supervisor.then(a(), ended(2, new Outcome.ExitedWith(7)));
        assertThat(fixture.simmer("wait", "--any", "a", "b")).isEqualTo(7);
    }

    @Test
    void retryIsWaitedFor() {
        TaskView again = Views.task(1, "a", shop, Phase.BACKOFF, Optional.empty(), spec -> {});
        supervisor.then(again);
        supervisor.then(a());
        supervisor.then(ended(1, new Outcome.Succeeded()));
        assertThat(fixture.simmer("wait", "a")).isZero();
    }

    @Test
    void supervisorThatGoesAwayIsFoundAgain() {
        supervisor.then(a());
        supervisor.thenLost();
        supervisor.then(a());
        supervisor.thenLost();
        supervisor.then(ended(1, new Outcome.Succeeded()));
        assertThat(fixture.simmer("wait", "a")).isZero();
    }

    @Test
    void supervisorThatKeepsGoingAwayIsGivenUp() {
        for (int i = 0; i < 6; i++) {
            supervisor.thenLost();
        }
        assertThat(fixture.simmer("wait", "a")).isEqualTo(4);
        assertThat(fixture.err()).isEqualTo("simmer: it went away\n");
    }

    @Test
    void timeLimit() throws Exception {
        supervisor.then(a());
        assertThat(fixture.simmer("wait", "a", "--timeout", "1ms")).isEqualTo(124);
        assertThat(fixture.err()).isEqualTo("simmer: a (1) has not ended in time\n");
        assertThat(fixture.simmer("wait", "a", "--timeout", "1ms", "--json")).isEqualTo(124);
        assertThat(fixture.json().get("timed_out").asBoolean()).isTrue();
        assertThat(fixture.json().get("tasks").get(0).get("state").asText()).isEqualTo("running");
        assertThat(fixture.simmer("wait", "a", "--timeout", "soon")).isEqualTo(2);
    }

    @Test
    void forgottenTaskIsNoTask() {
        supervisor.then();
        assertThat(fixture.simmer("wait", "a")).isEqualTo(3);
        assertThat(fixture.err()).contains("was forgotten");
    }

    @Test
    void taskThatCouldNotStart() {
        supervisor.show(
                ended(
                        1,
                        new Outcome.NotStarted(
                                new StartFailure(
                                        StartFailure.Cause.NO_SUCH_FOLDER, "no such folder"))));
        assertThat(fixture.simmer("wait", "a")).isEqualTo(1);
        assertThat(fixture.err()).contains("no such folder");
    }
}
