package dev.simmer.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.engine.ports.Launch;
import dev.simmer.engine.ports.UsageSample;
import dev.simmer.model.AttemptId;
import dev.simmer.model.Command;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcfsUsageTest {
    private static final long SECOND = 1_000_000_000L;

    @TempDir Path folder;

    private final AtomicLong nanos = new AtomicLong();
    private final ProcfsUsage usage = new ProcfsUsage(nanos::get);
    private Fixture fixture;

    @BeforeEach
    void open() throws IOException {
        fixture = new Fixture(folder);
    }

    @AfterEach
    void close() {
        usage.close();
        fixture.close();
    }

    private UsageSample sample(Launch launch) {
        return sample(usage, launch);
    }

    private static UsageSample sample(ProcfsUsage usage, Launch launch) {
        Map<AttemptId, UsageSample> samples = usage.sample(Map.of(launch.id(), launch.folder()));
        UsageSample sample = samples.get(launch.id());
        if (sample == null) {
            throw new AssertionError("no process found among " + samples);
        }
        return sample;
    }

    private void awaitUp() throws IOException, InterruptedException {
        Path up = fixture.workspace.resolve("up");
        StubbornTreeTest.awaitFile(up);
        Files.delete(up);
    }

    private void end(Launch launch) {
        fixture.processes.kill(launch.id());
        fixture.told.awaitEnd(launch.id());
    }

    @Test
    void wholeTreeIsCountedWhereverItHasGone() throws IOException, InterruptedException {
        Launch launch =
                fixture.sh(
                        "sleep 1000 & setsid sleep 1000 & env -i setsid sh -c 'sleep 1000; :' &"
                                + " while test $(ps -eo args | grep -c '^sleep 1000') -lt 3; do :;"
                                + " done; : >up; exec sleep 1000");
        Launch other = fixture.sh("exec sleep 1000");
        fixture.told.await(Recorder.Told.Started.class, other.id());
        awaitUp();

        UsageSample sample = sample(launch);
        assertThat(sample.processes()).isEqualTo(5);
        assertThat(sample.cpu()).isZero();
        assertThat(sample.rssBytes()).isGreaterThan(1 << 20);
        assertThat(Files.readString(launch.folder().resolve("pid")))
                .startsWith(sample.mainPid() + " ");
        end(launch);
        end(other);
        assertThat(usage.sample(Map.of(launch.id(), launch.folder()))).isEmpty();
    }

    @Test
    void timeOfChildrenThatHaveEndedIsCountedOnce() throws IOException, InterruptedException {
        String work = "i=0; while test $i -lt 300000; do i=$((i+1)); done";
        Launch launch =
                fixture.sh(
                        "touch up; until test -e go1; do sleep 0.01; done; sh -c '"
                                + work
                                + "'; touch up; until test -e go2; do sleep 0.01; done; touch up;"
                                + " sleep 1000");
        awaitUp();
        sample(launch);
        Files.createFile(fixture.workspace.resolve("go1"));
        awaitUp();
        nanos.addAndGet(SECOND);
        UsageSample worked = sample(launch);
        assertThat(worked.cpu()).isBetween(0.05, 20.0);

        Files.createFile(fixture.workspace.resolve("go2"));
        awaitUp();
        nanos.addAndGet(SECOND);
        assertThat(sample(launch).cpu()).isBetween(0.0, worked.cpu() / 2 + 0.05);
        end(launch);
    }

    /** A child between vfork and exec, held by a pipe that it opens; this process is marked too. */
    @Test
    void whatStillHasThisProcessesMemoryIsNotCounted() throws Exception {
        Launch launch = fixture.launch(new Command.Shell("true"), UnaryOperator.identity());
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        Set<Long> before = children();
        Posix posix = new Posix();
        long limit = posix.softRealTimeLimit(0);
        posix.setSoftRealTimeLimit(Marker.of(launch.folder()));
        Thread spawning = Thread.ofPlatform().start(() -> spawnReading(pipe));
        try {
            long end = System.nanoTime() + 20 * SECOND;
            while (children().equals(before)) {
                assertThat(System.nanoTime()).isLessThan(end);
                Thread.onSpinWait();
            }
            assertThat(usage.sample(Map.of(launch.id(), launch.folder()))).isEmpty();
        } finally {
            Files.writeString(pipe, "");
            spawning.join();
            posix.setSoftRealTimeLimit(limit);
        }
    }

    private static Set<Long> children() {
        return ProcessHandle.current()
                .children()
                .map(ProcessHandle::pid)
                .collect(Collectors.toSet());
    }

    private static void spawnReading(Path pipe) {
        Posix posix = new Posix();
        try (Arena arena = Arena.ofConfined()) {
            long actions = arena.allocate(256, 16).address();
            posix.raw(Posix.function("posix_spawn_file_actions_init"), actions, 0, 0, 0, 0, 0, 0);
            posix.raw(
                    Posix.function("posix_spawn_file_actions_addopen"),
                    actions,
                    0,
                    arena.allocateFrom(pipe.toString()).address(),
                    0,
                    0,
                    0,
                    0);
            MemorySegment program = arena.allocateFrom("/bin/true");
            MemorySegment argv = arena.allocate(ValueLayout.ADDRESS, 2);
            argv.setAtIndex(ValueLayout.ADDRESS, 0, program);
            MemorySegment pid = arena.allocate(ValueLayout.JAVA_INT);
            posix.raw(
                    Posix.function("posix_spawn"),
                    pid.address(),
                    program.address(),
                    actions,
                    0,
                    argv.address(),
                    argv.asSlice(8).address(),
                    0);
            posix.raw(
                    Posix.function("waitpid"), pid.get(ValueLayout.JAVA_INT, 0), 0, 0, 0, 0, 0, 0);
        }
    }

    /** A shell whose variable takes a good part of the memory in one go and gives it back. */
    @Test
    void peakBetweenTwoLooksIsSeenOnce() throws IOException, InterruptedException {
        Launch launch =
                fixture.sh(
                        "touch up; until test -e go; do sleep 0.01; done; x=$(head -c 20000000"
                                + " /dev/zero | tr '\\0' x); x=; touch up; sleep 1000; :");
        awaitUp();
        UsageSample before = sample(launch);
        Files.createFile(fixture.workspace.resolve("go"));
        awaitUp();
        UsageSample fallen = sample(launch);
        assertThat(fallen.rssBytes() - before.rssBytes()).isLessThan(10_000_000);
        assertThat(fallen.peakBytes() - fallen.rssBytes()).isGreaterThan(15_000_000);
        UsageSample after = sample(launch);
        assertThat(after.peakBytes() - after.rssBytes()).isBetween(0L, 5_000_000L);
        end(launch);
    }

    @Test
    void pagesThatForkedProcessesShareAreCountedOnce() throws IOException, InterruptedException {
        Launch launch =
                fixture.sh(
                        "x=$(head -c 90000000 /dev/zero | tr '\\0' x); touch up; until test -e go;"
                                + " do sleep 0.01; done; for i in 1 2 3; do (until test -e end; do"
                                + " sleep 0.1; done; : $x) & done; touch up; until test -e end; do"
                                + " sleep 0.1; done; : $x");
        awaitUp();
        long alone = sample(launch).rssBytes();
        assertThat(alone).isGreaterThan(80_000_000);
        Files.createFile(fixture.workspace.resolve("go"));
        awaitUp();
        UsageSample forked = sample(launch);
        assertThat(forked.processes()).isGreaterThan(3);
        assertThat(forked.rssBytes()).isBetween(alone / 2, alone + alone / 2);
        assertThat(forked.peakBytes()).isLessThan(2 * alone);
        end(launch);
    }

    @Test
    void sharedPagesAreNotLookedForWhenThatHasTakenLong() throws Exception {
        Launch launch =
                fixture.sh(
                        "x=$(head -c 90000000 /dev/zero | tr '\\0' x); fork() { for i in 1 2 3; do"
                            + " (until test -e end; do sleep 0.1; done; : $x) & done; touch up; };"
                            + " fork; until test -e go; do sleep 0.01; done; fork; until test -e"
                            + " end; do sleep 0.1; done; : $x");
        awaitUp();
        // By this clock each reading takes a tenth of a second at least.
        try (ProcfsUsage slow = new ProcfsUsage(() -> nanos.addAndGet(SECOND / 10))) {
            long once = sample(slow, launch).rssBytes();
            Files.createFile(fixture.workspace.resolve("go"));
            awaitUp();
            assertThat(sample(slow, launch).rssBytes()).isGreaterThan(3 * once);
            nanos.addAndGet(60 * SECOND);
            assertThat(sample(slow, launch).rssBytes()).isLessThan(2 * once);
        }
        end(launch);
    }

    @Test
    void residentMemoryGrowsWithTheTree() throws IOException, InterruptedException {
        Launch launch =
                fixture.sh(
                        "touch up; until test -e go; do sleep 0.01; done; x=$(head -c 20000000"
                                + " /dev/zero | tr '\\0' x); touch up; sleep 1000; : $x");
        awaitUp();
        long before = sample(launch).rssBytes();
        Files.createFile(fixture.workspace.resolve("go"));
        awaitUp();
        assertThat(sample(launch).rssBytes() - before).isGreaterThan(15_000_000);
        end(launch);
    }
}
