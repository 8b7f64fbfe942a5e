package dev.simmer.headless;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.model.AgentRun;
import dev.simmer.model.AgentVerdict;
import dev.simmer.model.Command;
import dev.simmer.model.Kind;
import dev.simmer.model.Limits;
import dev.simmer.model.Need;
import dev.simmer.model.Outcome;
import dev.simmer.model.Request;
import dev.simmer.model.Signal;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.WorkspaceId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a run decides, writes and asks, over an engine that the test plays. */
@Timeout(60)
class HeadlessRunTest {
    private static final Outcome OK = new Outcome.Succeeded();

    @TempDir Path folder;
    private FakeEngine engine;
    private final AtomicLong waitClock = new AtomicLong();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new Heard();

    HeadlessRunTest() {
        engine = new FakeEngine(Path.of("/nowhere"));
    }

    @BeforeEach
    void setUp() {
        engine = new FakeEngine(folder);
    }

    private TaskSpec.Builder job(String name) {
        return TaskSpec.named(name, new WorkspaceId(folder), new Command.Shell("run " + name));
    }

    private TaskSpec.Builder service(String name) {
        return job(name).kind(Kind.SERVICE);
    }

    private HeadlessRun run(
            HeadlessOptions options, OutputStream stdout, TaskSpec.Builder... builders) {
        List<TaskSpec> tasks = List.of(builders).stream().map(TaskSpec.Builder::build).toList();
        Set<String> wanted = new LinkedHashSet<>();
        tasks.forEach(task -> wanted.add(task.name()));
        return new HeadlessRun(
                new HeadlessSetup(
                        engine,
                        "shop",
                        new Selection(tasks, wanted),
                        Limits.DEFAULT,
                        options,
                        stdout,
                        err),
                waitClock::get);
    }

    private static CompletableFuture<RunOutcome> begin(HeadlessRun run) {
        CompletableFuture<RunOutcome> result = new CompletableFuture<>();
        Thread _ =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                result.complete(run.run());
                            } catch (InterruptedException | RuntimeException e) {
                                result.completeExceptionally(e);
                            }
                        });
        return result;
    }

    private CompletableFuture<RunOutcome> spawn(HeadlessRun run) throws InterruptedException {
        CompletableFuture<RunOutcome> result = begin(run);
        assertThat(engine.nextRequest()).isInstanceOf(Request.Spawn.class);
        return result;
    }

    private static HeadlessOptions format(OutputFormat format) {
        return new HeadlessOptions(format, false, false, Optional.empty(), Optional.empty());
    }

    private void log(String task, int attempt, String text) throws IOException {
        Files.writeString(engine.log(task, attempt), text);
    }

    private List<String> stdout() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private String stderr() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private void awaitStderr(String text) throws InterruptedException {
        synchronized (err) {
            while (!stderr().contains(text)) {
                err.wait();
            }
        }
    }

    /** Standard error, which wakes whoever waits for a text on it. */
    private static final class Heard extends ByteArrayOutputStream {
        @Override
        public synchronized void write(byte[] bytes, int from, int length) {
            super.write(bytes, from, length);
            notifyAll();
        }
    }

    private static TaskId id(int number) {
        return new TaskId(number);
    }

    @Test
    void linesStandBehindTheAlignedNameAndWithoutControlSequences() throws Exception {
        var result = spawn(run(HeadlessOptions.DEFAULT, out, job("build"), job("type-check")));
        log("build", 1, "one\n\033[31mred\033[0m\033[5A\nno line break");
        log("type-check", 1, "fine\n");
        engine.start("build");
        engine.end("build", OK);
        engine.publish();
        engine.start("type-check");
        engine.end("type-check", OK);
        engine.publish();

        assertThat(result.get().exitCode()).isZero();
        assertThat(stdout())
                .containsExactlyInAnyOrder(
                        "build      | one",
                        "build      | red",
                        "build      | no line break",
                        "type-check | fine");
        assertThat(stderr())
                .contains("simmer: build started", "simmer: build succeeded after 2.0s")
                .contains("shop succeeded in")
                .contains("2 tasks, 2 succeeded");
    }

    @Test
    void agentIsShownByItsTranscriptAndItsReportIsNamed() throws Exception {
        for (OutputFormat format : List.of(OutputFormat.PREFIXED, OutputFormat.JSON)) {
            out.reset();
            var result = spawn(run(format(format), out, job("audit").kind(Kind.AGENT)));
            log("audit", 1, "{\"type\":\"result\"}\n");
            Path transcript = Files.writeString(folder.resolve("t.log"), "It looked.\n");
            engine.start("audit");
            engine.tellOfAgent("audit", looked(), transcript);
            engine.end(
                    "audit",
                    new Outcome.AgentEnded(
                            AgentVerdict.COMPLETED_WITH_DENIALS, "Bash", OptionalInt.of(0)));
            engine.publish();

            assertThat(result.get().exitCode()).isZero();
            if (format == OutputFormat.PREFIXED) {
                assertThat(stdout()).containsExactly("audit | It looked.");
                assertThat(stderr())
                        .contains("with denials: Bash")
                        .contains("simmer: report of audit: /shop/r.md");
            } else {
                assertThat(stdout())
                        .contains(
                                "{\"event\":\"line\",\"task\":\"audit\",\"attempt\":1,\"text\":\"It"
                                        + " looked.\"}");
                assertThat(stdout().getLast())
                        .contains("\"verdict\":\"completed-with-denials\"")
                        .contains("\"report\":\"/shop/r.md\",\"turns\":2,\"tools\":1")
                        .contains("\"tokens_in\":10,\"tokens_out\":3,\"cost_usd\":null");
            }
        }
    }

    private static AgentRun looked() {
        return new AgentRun(
                AgentRun.State.ENDED,
                "",
                FakeEngine.START,
                Optional.empty(),
                2,
                1,
                10,
                3,
                OptionalDouble.empty(),
                false,
                "",
                Optional.of(AgentVerdict.COMPLETED_WITH_DENIALS),
                Optional.of(Path.of("/shop/r.md")),
                Optional.empty(),
                List.of());
    }

    @Test
    void colouredOutputKeepsTheTasksColours() throws Exception {
        HeadlessOptions options =
                new HeadlessOptions(
                        OutputFormat.PREFIXED, true, false, Optional.empty(), Optional.empty());
        var result = spawn(run(options, out, job("a")));
        log("a", 1, "plain \033[1;31mred\033[0m\033]0;title\007\n");
        engine.start("a");
        engine.end("a", OK);
        engine.publish();
        result.get();

        assertThat(stdout()).containsExactly("\033[36ma | \033[0mplain \033[0;1;31mred\033[0m");
    }

    @Test
    void noAttemptIsMissedWhenSnapshotsCoalesce() throws Exception {
        var result = spawn(run(format(OutputFormat.JSON), out, job("flaky")));
        for (int attempt = 1; attempt <= 3; attempt++) {
            log("flaky", attempt, "try " + attempt + "\n");
            engine.start("flaky");
            engine.endAttempt("flaky", new Outcome.ExitedWith(75));
        }
        log("flaky", 4, "try 4\n");
        engine.start("flaky");
        engine.end("flaky", OK);
        engine.publish();

        assertThat(result.get().exitCode()).isZero();
        assertThat(stdout()).hasSize(4 * 3 + 1);
        assertThat(stdout().stream().map(HeadlessRunTest::event).limit(12))
                .as("an attempt is told to its end before the next begins")
                .containsExactlyElementsOf(
                        java.util.Collections.nCopies(
                                        4, List.of("task-started", "line", "task-ended"))
                                .stream()
                                .flatMap(List::stream)
                                .toList());
        for (int attempt = 1; attempt <= 4; attempt++) {
            String number = "\"attempt\":" + attempt;
            List<String> told = stdout().stream().filter(e -> e.contains(number)).toList();
            assertThat(told).hasSize(3);
            assertThat(told.get(0)).startsWith("{\"event\":\"task-started\",\"task\":\"flaky\"");
            assertThat(told.get(1))
                    .isEqualTo(
                            "{\"event\":\"line\",\"task\":\"flaky\","
                                    + number
                                    + ",\"text\":\"try "
                                    + attempt
                                    + "\"}");
            assertThat(told.get(2))
                    .startsWith("{\"event\":\"task-ended\"")
                    .contains("\"exit_code\":" + (attempt == 4 ? 0 : 75))
                    .contains("\"final\":" + (attempt == 4));
        }
        assertThat(stdout().getLast())
                .startsWith("{\"event\":\"run-ended\",\"outcome\":\"succeeded\",\"exit_code\":0");
    }

    private static String event(String json) {
        return json.replaceAll("^\\{\"event\":\"([a-z-]+)\".*", "$1");
    }

    @Test
    void groupedOutputComesInBlocks() throws Exception {
        var result = spawn(run(format(OutputFormat.GROUPED), out, job("a"), job("b")));
        log("a", 1, "a1\na2\n");
        log("b", 1, "b1\n");
        engine.start("a");
        engine.start("b");
        engine.publish();
        engine.end("b", OK);
        engine.publish();
        engine.end("a", OK);
        engine.publish();
        result.get();

        assertThat(stdout()).hasSize(3).contains("b | b1").containsSequence("a | a1", "a | a2");
    }

    @Test
    void quietWritesTheSummaryOnly() throws Exception {
        var result = spawn(run(format(OutputFormat.QUIET), out, job("a")));
        log("a", 1, "noise\n");
        engine.start("a");
        engine.end("a", new Outcome.ExitedWith(3));
        engine.publish();

        assertThat(result.get()).isEqualTo(new RunOutcome.Failed());
        assertThat(stdout()).isEmpty();
        assertThat(stderr())
                .doesNotContain("a started", "noise")
                .contains("exit code 3", "output of a: " + engine.log("a", 1));
    }

    @Test
    void servicesAreStoppedInOrderOnceTheJobsHaveEnded() throws Exception {
        var result =
                spawn(
                        run(
                                HeadlessOptions.DEFAULT,
                                out,
                                service("db"),
                                service("web").need("db", Need.Condition.READY),
                                job("test").need("web", Need.Condition.READY)));
        for (String task : List.of("db", "web", "test")) {
            engine.start(task);
        }
        engine.publish();
        engine.end("test", OK);
        engine.publish();
        assertThat(engine.nextStop(false)).containsExactly(id(2));
        engine.end("web", new Outcome.Stopped("stopped"));
        engine.publish();
        assertThat(engine.nextStop(false)).containsExactly(id(1));
        engine.end("db", new Outcome.Stopped("stopped"));
        engine.publish();

        assertThat(result.get()).isEqualTo(new RunOutcome.Succeeded());
        assertThat(stderr()).contains("1 succeeded").contains("2 stopped");
    }

    @Test
    void failedServiceMakesTheRunFail() throws Exception {
        var result = spawn(run(HeadlessOptions.DEFAULT, out, service("web")));
        engine.start("web");
        engine.end("web", new Outcome.ExitedWith(1));
        engine.publish();

        assertThat(result.get().exitCode()).isEqualTo(1);
    }

    @Test
    void skippedTaskIsToldWithItsReason() throws Exception {
        var result = spawn(run(format(OutputFormat.JSON), out, job("a"), job("b")));
        engine.start("a");
        engine.end("a", new Outcome.ExitedWith(1));
        engine.end("b", new Outcome.Skipped("needs a, which failed"));
        engine.publish();

        assertThat(result.get().exitCode()).isEqualTo(1);
        assertThat(stdout())
                .anyMatch(event ->
                        event.startsWith("{\"event\":\"task-ended\",\"task\":\"b\"")
                                && event.contains("\"attempt\":0,\"outcome\":\"skipped\"")
                                && event.contains("\"exit_code\":null")
                                && event.contains("needs a, which failed"));
    }

    @Test
    void firstSignalStopsInOrderTheSecondKills() throws Exception {
        HeadlessRun run =
                run(
                        HeadlessOptions.DEFAULT,
                        out,
                        service("db"),
                        job("test").need("db", Need.Condition.READY),
                        job("later").need("test", Need.Condition.SUCCEEDED));
        var result = spawn(run);
        engine.start("db");
        engine.start("test");
        engine.publish();
        run.interrupt(Signal.INT);
        // What waits is cancelled at once, so that nothing starts any more.
        assertThat(engine.nextStop(false)).containsExactly(id(2), id(3));
        engine.end("later", new Outcome.Stopped("cancelled"));
        engine.publish();
        run.interrupt(Signal.INT);
        assertThat(engine.nextStop(true)).containsExactly(id(1), id(2));
        engine.end("test", new Outcome.Stopped("killed"));
        engine.end("db", new Outcome.Stopped("killed"));
        engine.publish();

        assertThat(result.get()).isEqualTo(new RunOutcome.Interrupted(Signal.INT));
        assertThat(result.get().exitCode()).isEqualTo(130);
        assertThat(new RunOutcome.Interrupted(Signal.TERM).exitCode()).isEqualTo(143);
        assertThat(stderr()).contains("interrupted by SIGINT");
    }

    @Test
    void timeLimitStopsTheRun() throws Exception {
        HeadlessOptions options =
                new HeadlessOptions(
                        OutputFormat.PREFIXED,
                        false,
                        false,
                        Optional.of(Duration.ofMillis(50)),
                        Optional.empty());
        var result = spawn(run(options, out, job("slow")));
        assertThat(engine.nextStop(false)).containsExactly(id(1));
        engine.end("slow", new Outcome.Stopped("stopped"));
        engine.publish();

        assertThat(result.get().exitCode()).isEqualTo(124);
    }

    @Test
    void runGoesOnWhileNobodyReadsAndLosesNothing() throws Exception {
        CountDownLatch reads = new CountDownLatch(1);
        OutputStream slow =
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        write(new byte[] {(byte) b}, 0, 1);
                    }

                    @Override
                    public void write(byte[] bytes, int from, int length) throws IOException {
                        try {
                            reads.await();
                        } catch (InterruptedException e) {
                            throw new IOException(e);
                        }
                        out.write(bytes, from, length);
                    }
                };
        var result = spawn(run(HeadlessOptions.DEFAULT, slow, service("web"), job("a"), job("b")));
        log("a", 1, "from a\n".repeat(50_000));
        log("b", 1, "from b\n");
        engine.start("web");
        engine.start("a");
        engine.publish();
        engine.end("a", OK);
        engine.start("b");
        engine.publish();
        engine.end("b", OK);
        engine.publish();
        // Standard output is stuck, and still the services are stopped.
        assertThat(engine.nextStop(false)).containsExactly(id(1));
        engine.end("web", new Outcome.Stopped("stopped"));
        engine.publish();
        reads.countDown();

        assertThat(result.get().exitCode()).isZero();
        assertThat(stdout()).hasSize(50_001).contains("b   | from b");
    }

    @Test
    void signalEndsTheWaitForReaderThatDoesNotRead() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch stuck = new CountDownLatch(1);
        OutputStream blocked =
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        write(new byte[] {(byte) b}, 0, 1);
                    }

                    @Override
                    public void write(byte[] bytes, int from, int length) throws IOException {
                        stuck.countDown();
                        try {
                            never.await();
                        } catch (InterruptedException e) {
                            throw new IOException(e);
                        }
                    }
                };
        HeadlessRun run = run(HeadlessOptions.DEFAULT, blocked, job("a"));
        var result = spawn(run);
        log("a", 1, "line\n");
        engine.start("a");
        engine.end("a", OK);
        engine.publish();
        assertThat(stuck.await(20, TimeUnit.SECONDS)).isTrue();
        run.interrupt(Signal.TERM);
        run.interrupt(Signal.TERM);

        assertThat(result.get().exitCode()).isEqualTo(143);
        assertThat(stderr()).contains("not all output was written", engine.log("a", 1).toString());
        never.countDown();
    }

    @Test
    void closedPipeStopsTheTasksQuietly() throws Exception {
        OutputStream closed =
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("Broken pipe");
                    }
                };
        var result = spawn(run(HeadlessOptions.DEFAULT, closed, job("a")));
        log("a", 1, "line\n");
        engine.start("a");
        engine.publish();
        assertThat(engine.nextStop(false)).containsExactly(id(1));
        engine.end("a", new Outcome.Stopped("stopped"));
        engine.publish();

        assertThat(result.get().exitCode()).isEqualTo(141);
        assertThat(stderr()).isEqualTo("simmer: a started\n");
    }

    @Test
    void longWaitAndTaskThatDoesNotFitAreToldOnStandardError() throws Exception {
        HeadlessRun run = run(format(OutputFormat.JSON), out, job("huge"), job("next"));
        var result = spawn(run);
        String expects = "expects 900.0 GiB, more than the host has free; runs alone";
        engine.start("huge");
        engine.because("huge", expects);
        engine.because("next", "waits for memory: needs 2.0 GiB");
        engine.publish();
        awaitStderr("simmer: warning: huge " + expects + "\n");
        assertThat(stderr()).doesNotContain("next");
        waitClock.addAndGet(WaitNotes.PATIENCE_NANOS);
        engine.publish();
        awaitStderr("simmer: next waits for memory: needs 2.0 GiB\n");
        engine.end("huge", OK);
        engine.end("next", OK);
        engine.publish();

        assertThat(result.get().exitCode()).isZero();
        assertThat(stdout())
                .allMatch(line -> line.startsWith("{"))
                .noneMatch(line -> line.contains("waits"));
    }

    @Test
    void endOfAnAttemptTellsItsOutcomeOnceAndThatAnotherFollows() throws Exception {
        var result = spawn(run(HeadlessOptions.DEFAULT, out, job("flaky")));
        engine.start("flaky");
        engine.endAttempt("flaky", new Outcome.ExitedWith(1));
        engine.because("flaky", "retry 1 of 3 in 0.2s: exit code 1");
        engine.publish();
        awaitStderr("simmer: flaky failed after 2.0s: exit code 1; retry 1 of 3 follows\n");
        engine.start("flaky");
        engine.endAttempt("flaky", new Outcome.ExitedWith(2));
        engine.queue("flaky");
        engine.because("flaky", "waits for a place: 6 of 6 tasks run");
        engine.publish();
        awaitStderr("simmer: flaky failed after 2.0s: exit code 2; another attempt follows\n");
        engine.start("flaky");
        engine.end("flaky", OK);
        engine.publish();

        assertThat(result.get().exitCode()).isZero();
    }

    @Test
    void refusedRunSaysWhy() throws Exception {
        engine.refuse();
        RunOutcome outcome = begin(run(HeadlessOptions.DEFAULT, out, job("a"))).get();

        assertThat(outcome).isEqualTo(new RunOutcome.Refused("no room"));
        assertThat(outcome.exitCode()).isEqualTo(2);
    }

    @Test
    void unreadableLogIsToldAndTheRunGoesOn() throws Exception {
        var result = spawn(run(HeadlessOptions.DEFAULT, out, job("a")));
        Files.createDirectory(engine.log("a", 1));
        engine.start("a");
        engine.end("a", OK);
        engine.publish();

        assertThat(result.get().exitCode()).isZero();
        assertThat(stderr()).contains("cannot read the output of a").contains("a succeeded");
    }

    @Test
    void junitReportHoldsFailuresWithTheEndOfTheirOutput() throws Exception {
        Path report = folder.resolve("reports/simmer.xml");
        HeadlessOptions options =
                new HeadlessOptions(
                        OutputFormat.QUIET, false, false, Optional.empty(), Optional.of(report));
        var result = spawn(run(options, out, job("good"), job("<bad> & \"worse\""), job("left")));
        log("<bad> & \"worse\"", 1, "start\n" + "x".repeat(80_000) + "\n]]>\033[31mlast\007\n");
        engine.start("good");
        engine.end("good", OK);
        engine.start("<bad> & \"worse\"");
        engine.end("<bad> & \"worse\"", new Outcome.ExitedWith(2));
        engine.end("left", new Outcome.Skipped("needs bad"));
        engine.publish();
        result.get();

        var factory = javax.xml.parsers.DocumentBuilderFactory.newInstance();
        var suite =
                (org.w3c.dom.Element)
                        factory.newDocumentBuilder()
                                .parse(report.toFile())
                                .getElementsByTagName("testsuite")
                                .item(0);
        assertThat(suite.getAttribute("tests")).isEqualTo("3");
        assertThat(suite.getAttribute("failures")).isEqualTo("1");
        assertThat(suite.getAttribute("skipped")).isEqualTo("1");
        var failure = (org.w3c.dom.Element) suite.getElementsByTagName("failure").item(0);
        assertThat(failure.getAttribute("message")).isEqualTo("exit code 2");
        assertThat(failure.getTextContent()).endsWith("\n]]>last\n").doesNotContain("start");
        assertThat(((org.w3c.dom.Element) failure.getParentNode()).getAttribute("name"))
                .isEqualTo("<bad> & \"worse\"");
    }

    @Test
    void orderlyStopDoesNotWaitForTasksThatWereNeverStarted() throws Exception {
        HeadlessRun run =
                run(
                        HeadlessOptions.DEFAULT,
                        out,
                        service("db"),
                        service("web"),
                        service("unstarted").need("db", Need.Condition.READY));
        var result = spawn(run);
        engine.start("db");
        engine.start("web");
        engine.publish();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var stopped =
                    executor.submit(() -> {
                        OrderlyStop.all(engine, Duration.ofSeconds(20));
                        return true;
                    });
            assertThat(engine.nextStop(false)).containsExactly(id(1), id(2), id(3));
            engine.end("db", new Outcome.Stopped("stopped"));
            engine.end("web", new Outcome.Stopped("stopped"));
            engine.publish();
            assertThat(stopped.get()).isTrue();
        }
        engine.end("unstarted", new Outcome.Stopped("stopped"));
        engine.publish();
        assertThat(result.get().exitCode()).isZero();
    }
}
