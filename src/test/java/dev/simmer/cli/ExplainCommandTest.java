package dev.simmer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.model.AgentRun;
import dev.simmer.model.HostView;
import dev.simmer.model.MemoryEstimate;
import dev.simmer.model.MemoryEstimate.Evidence;
import dev.simmer.model.MemorySource;
import dev.simmer.model.Outcome;
import dev.simmer.model.Phase;
import dev.simmer.model.Reply;
import dev.simmer.model.Request;
import dev.simmer.model.Stall;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What `simmer explain` prints, word for word. */
class ExplainCommandTest {
    private static final long MIB = 1L << 20;
    private static final Optional<Evidence> NINE_RUNS =
            Optional.of(new Evidence(9, 2200 * MIB, 2300 * MIB, 10, 2420 * MIB));
    private static final MemoryEstimate LEARNED =
            estimate(2420 * MIB, MemorySource.LEARNED, NINE_RUNS, "", OptionalLong.empty());

    @TempDir Path home = Path.of("/");
    private @Nullable CommandFixture made;

    private CommandFixture fixture() {
        return java.util.Objects.requireNonNull(made);
    }

    @BeforeEach
    void open() throws IOException {
        made = new CommandFixture(home);
    }

    private static MemoryEstimate estimate(
            long bytes,
            MemorySource source,
            Optional<Evidence> evidence,
            String kind,
            OptionalLong endedAt) {
        return new MemoryEstimate(bytes, source, evidence, kind, endedAt);
    }

    private TaskView waiting(String reason, MemoryEstimate expected) {
        TaskView task =
                Views.task(
                        7, "build", fixture().folder, Phase.WAITING, Optional.empty(), spec -> {});
        return Explained.with(task, reason, expected);
    }

    private String explained(TaskView task, Reply reply) {
        fixture().supervisor.show(task);
        fixture().supervisor.answer = _ -> reply;
        assertThat(fixture().simmer("explain", "build")).as(fixture().err()).isZero();
        assertThat(fixture().supervisor.requests).endsWith(new Request.Explain(new TaskId(7)));
        assertThat(fixture().supervisor.open).isZero();
        return fixture().out();
    }

    /** The line that tells where the figure comes from. */
    private String expected(MemoryEstimate estimate) {
        TaskView task = waiting("waits for a place", estimate);
        return explained(task, Explained.waits(task, HostView.UNKNOWN, -1))
                .lines()
                .filter(line -> line.startsWith("  expected") || line.startsWith("  note"))
                .map(String::strip)
                .collect(java.util.stream.Collectors.joining("\n"));
    }

    private String ofAgent(AgentRun.State state, String doing, Optional<Instant> until) {
        AgentRun run = Agents.run(state, doing, until, Optional.empty(), Optional.empty());
        TaskView task = Agents.working(7, "build", fixture().folder, run);
        return explained(task, Explained.waits(task, Explained.HOST, -1));
    }

    @Test
    void agentsStateIsTold() {
        Optional<Instant> never = Optional.empty();

        assertThat(ofAgent(AgentRun.State.NEEDS_PERMISSION, "needs permission for Bash", never))
                .contains("\n  agent      needs permission for Bash, for 1m 00s\n");
        assertThat(
                        ofAgent(
                                AgentRun.State.RATE_LIMITED,
                                "waiting at a rate limit",
                                Optional.of(Explained.NOW.plusSeconds(300))))
                .contains(
                        "\n"
                            + "  agent      rate-limited: waiting at a rate limit, for 1m 00s, goes"
                            + " on in about 5m 00s\n");
        assertThat(ofAgent(AgentRun.State.SILENT, "silent for 12m", never))
                .contains("\n  agent      silent for 12m\n");
        assertThat(ofAgent(AgentRun.State.WORKING, "Bash ls", never))
                .contains("\n  agent      working: Bash ls, for 1m 00s\n");
    }

    @Test
    void declared() {
        assertThat(expected(new MemoryEstimate(2048 * MIB, MemorySource.DECLARED)))
                .isEqualTo("expected   2.0 GiB, declared; nothing is known of earlier runs; heavy");
        assertThat(
                        expected(
                                estimate(
                                        2048 * MIB,
                                        MemorySource.DECLARED,
                                        NINE_RUNS,
                                        "",
                                        OptionalLong.empty())))
                .isEqualTo(
                        "expected   2.0 GiB, declared; 9 earlier runs suggest 2.4 GiB (the largest"
                                + " peak was 2.2 GiB); heavy");
    }

    private static Evidence evidence(int runs, long bytes) {
        return new Evidence(runs, bytes, bytes, 0, bytes);
    }

    private static String declares(long bytes, long needed) {
        return estimate(
                        bytes,
                        MemorySource.DECLARED,
                        Optional.of(evidence(3, needed)),
                        "",
                        OptionalLong.empty())
                .farOff()
                .orElse("");
    }

    @Test
    void declaredFarOff() {
        MemoryEstimate tooMuch =
                estimate(8192 * MIB, MemorySource.DECLARED, NINE_RUNS, "", OptionalLong.empty());
        assertThat(expected(tooMuch))
                .endsWith(
                        "note       it declares 8.0 GiB, more than twice what its runs need: write"
                                + " `memory: 2.4G`, or leave it out to be learned");
        assertThat(tooMuch.with(Optional.of(evidence(2, 2420 * MIB))).farOff()).isEmpty();
        assertThat(declares(64 * MIB, 37 * MIB / 10)).contains("`memory: 16M`");
        assertThat(declares(16 * MIB, 37 * MIB / 10)).isEmpty();
        assertThat(declares(100 * MIB, 300 * MIB)).contains("`memory: 320M`");
        assertThat(declares(100 * MIB, 1025 * MIB)).contains("`memory: 1.1G`");
        MemoryEstimate tooLittle =
                estimate(512 * MIB, MemorySource.DECLARED, NINE_RUNS, "", OptionalLong.empty());
        assertThat(expected(tooLittle))
                .endsWith(
                        "note       it declares 512 MiB, and its runs need 2.4 GiB: write"
                                + " `memory: 2.4G`, or leave it out to be learned");
    }

    @Test
    void learned() {
        assertThat(expected(LEARNED))
                .isEqualTo(
                        "expected   2.4 GiB, learned from 9 earlier runs: the 95th percentile of"
                                + " the peaks, 2.1 GiB (recent ones weigh more; the largest was 2.2"
                                + " GiB), and 10 % for safety; heavy");
    }

    @Test
    void guessed() {
        assertThat(
                        expected(
                                estimate(
                                        2048 * MIB,
                                        MemorySource.GUESSED,
                                        Optional.empty(),
                                        "build",
                                        OptionalLong.empty())))
                .isEqualTo(
                        "expected   2.0 GiB, guessed: nothing is known of earlier runs, and the"
                                + " command looks like a build; heavy");
        assertThat(expected(new MemoryEstimate(100 * MIB, MemorySource.GUESSED)))
                .isEqualTo(
                        "expected   100 MiB, guessed: nothing is known of earlier runs, nor of"
                                + " what such a command needs");
    }

    @Test
    void raised() {
        Optional<Evidence> one =
                Optional.of(new Evidence(1, 1536 * MIB, 1024 * MIB, 20, 1843 * MIB));
        assertThat(
                        expected(
                                estimate(
                                        1843 * MIB,
                                        MemorySource.RAISED,
                                        one,
                                        "",
                                        OptionalLong.of(1024 * MIB))))
                .isEqualTo(
                        "expected   1.8 GiB, raised: the last attempt was ended for want of memory"
                                + " at 1.0 GiB, so at least half as much again is expected; 1"
                                + " earlier run suggests 1.8 GiB (the largest peak was 1.0 GiB);"
                                + " heavy");
    }

    @Test
    void waitsForMemory() {
        TaskView task =
                waiting(
                        "waits for memory: needs 2.4 GiB, 1.5 GiB free to promise, 512 MiB held"
                                + " for test",
                        LEARNED);
        assertThat(
                        explained(
                                task,
                                Explained.waits(
                                        task,
                                        Explained.HOST,
                                        65,
                                        Explained.blocker(5, "test", "1.6 GiB", 65))))
                .isEqualTo(
                        """
                        build (7): waiting, waits for memory: needs 2.4 GiB, 1.5 GiB free to promise, 512 MiB held for test
                          since      15s ago
                          expected   2.4 GiB, learned from 9 earlier runs: the 95th percentile of the peaks, 2.1 GiB (recent ones weigh more; the largest was 2.2 GiB), and 10 % for safety; heavy
                          waits for  test (5): 1.6 GiB, ends in about 1m 05s
                          starts     in about 1m 05s at the earliest
                          ends       in about 2m 45s
                          host       5.0 GiB of 8.0 GiB used, 512 MiB held for running tasks, 1.0 GiB reserve, 1.5 GiB left to promise
                        """);
    }

    private static final MemoryEstimate SMALL = new MemoryEstimate(MIB, MemorySource.DECLARED);

    private String rest(String reason, Reply reply) {
        return explained(waiting(reason, SMALL), reply)
                .replaceFirst("(?s).*\n {2}expected [^\n]*\n", "");
    }

    @Test
    void waitsForALock() {
        TaskView task = waiting("waits for lock git, held by deploy", SMALL);
        assertThat(
                        rest(
                                "waits for lock git, held by deploy",
                                Explained.waits(
                                        task,
                                        HostView.UNKNOWN,
                                        -1,
                                        Explained.blocker(3, "deploy", "lock git", -1))))
                .isEqualTo(
                        """
                          waits for  deploy (3): lock git, nobody knows when it ends
                          starts     nobody knows when
                        """);
    }

    @Test
    void waitsForANeed() {
        TaskView task = waiting("waits for lint to succeed, dev to be ready", SMALL);
        assertThat(
                        rest(
                                "waits for lint to succeed, dev to be ready",
                                Explained.waits(
                                        task,
                                        HostView.UNKNOWN,
                                        -1,
                                        Explained.blocker(3, "lint", "has to succeed", 0),
                                        Explained.blocker(4, "dev", "has to be ready", -1))))
                .isEqualTo(
                        """
                          waits for  lint (3): has to succeed, ends any moment
                                     dev (4): has to be ready, nobody knows when it ends
                          starts     nobody knows when
                        """);
    }

    @Test
    void waitsForAHeavyPlace() {
        String reason = "waits for a heavy task to end: 1 at once, now test";
        TaskView task = waiting(reason, SMALL);
        assertThat(
                        rest(
                                reason,
                                Explained.waits(
                                        task,
                                        HostView.UNKNOWN,
                                        9,
                                        Explained.blocker(3, "test", "a heavy place", 9))))
                .isEqualTo(
                        """
                          waits for  test (3): a heavy place, ends in about 9.0s
                          starts     in about 9.0s at the earliest
                          ends       in about 1m 49s
                        """);
    }

    @Test
    void waitsUnderPressure() {
        String pressure = "400 MiB available, less than half the reserve of 1.0 GiB";
        HostView tight =
                new HostView(
                        true,
                        8192 * MIB,
                        400 * MIB,
                        0,
                        1024 * MIB,
                        OptionalLong.empty(),
                        4,
                        0.5,
                        1.0,
                        200 * MIB,
                        new Stall(0.3, 0.2),
                        Stall.NONE,
                        pressure);
        String reason = "heavy work is held back: " + pressure;
        TaskView task = waiting(reason, SMALL);
        assertThat(rest(reason, Explained.waits(task, tight, -1)))
                .isEqualTo(
                        """
                          starts     nobody knows when
                          host       7.6 GiB of 8.0 GiB used, 0 B held for running tasks, 1.0 GiB reserve, 0 B left to promise; 200 MiB swap in use
                          pressure   400 MiB available, less than half the reserve of 1.0 GiB
                        """);
    }

    @Test
    void whatIsKnownIsToldBesideWhatIsNot() throws IOException {
        TaskView task = waiting("waits for a place", SMALL);
        fixture().supervisor.show(task);
        fixture().supervisor.answer = _ -> Explained.waits(task, HostView.UNKNOWN, -1);
        assertThat(fixture().simmer("explain", "nobody", "build", "7")).isEqualTo(3);
        assertThat(fixture().err()).contains("there is no task `nobody`");
        assertThat(fixture().out()).containsOnlyOnce("build (7): waiting, waits for a place");
        Files.writeString(
                fixture().folder.resolve("simmer.yaml"),
                """
                version: 1
                tasks:
                  deploy: {run: x, autostart: false}
                """);
        assertThat(fixture().simmer("explain", "deploy", "build")).isEqualTo(3);
        assertThat(fixture().err())
                .contains(
                        "simmer.yaml and was never started, as it does not start by itself; `simmer"
                                + " up deploy` starts it");
        assertThat(fixture().out()).contains("build (7): waiting");
    }

    @Test
    void killAtTheLimitIsNotToldAboveIt() {
        assertThat(new Outcome.OutOfMemory(306 * MIB, OptionalLong.of(300 * MIB)).reason())
                .isEqualTo(
                        "out of memory: the kernel killed it at 300 MiB, its own limit was 300"
                                + " MiB");
        assertThat(new Outcome.OutOfMemory(306 * MIB, OptionalLong.empty()).reason())
                .isEqualTo("out of memory: the kernel killed it at 306 MiB");
    }

    @Test
    void refusalEndsTheCommand() {
        TaskView task = waiting("waits for a place", SMALL);
        fixture().supervisor.show(task);
        fixture().supervisor.answer = _ -> new Reply.Refused("there is no task 7");
        assertThat(fixture().simmer("explain", "7")).isEqualTo(2);
        assertThat(fixture().err()).contains("there is no task 7");
        assertThat(fixture().simmer("explain", "nobody")).isEqualTo(3);
    }
}
