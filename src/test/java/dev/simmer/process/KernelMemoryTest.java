package dev.simmer.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.simmer.engine.ports.Ending;
import dev.simmer.engine.ports.Launch;
import dev.simmer.model.Command;
import dev.simmer.model.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the kernel remembers of an attempt, and control groups, of which none is left behind. */
class KernelMemoryTest {
    private static final long MIB = 1 << 20;

    @TempDir Path folder;

    private Fixture fixture;

    @BeforeEach
    void open() throws IOException {
        fixture = new Fixture(folder);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static void assumeGroups() throws IOException {
        CgroupPlace place = CgroupPlace.ofThisProcess();
        assumeTrue(place instanceof CgroupPlace.Found, place::toString);
        OwnCgroup tried = OwnCgroup.at((CgroupPlace.Found) place, "simmer-tried");
        boolean made = true;
        try {
            tried.make(100 * MIB);
        } catch (IOException e) {
            made = false;
        }
        assumeTrue(made, "no control group can be made in " + place);
        assertThat(tried.remove()).isTrue();
    }

    private Launch limited(String line, long bytes) {
        Launch plain = fixture.launch(new Command.Shell(line), UnaryOperator.identity());
        return new Launch(plain.id(), plain.spec(), plain.folder(), OptionalLong.of(bytes));
    }

    private static Path group(Launch launch) throws IOException {
        return Path.of(Files.readString(launch.folder().resolve("cgroup")).strip());
    }

    private static void awaitGone(Path group) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (Files.exists(group)) {
            assertThat(System.nanoTime()).as("%s is still there", group).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @Test
    void peakThatNoLookHasSeenIsKnownAtTheEnd() {
        long own;
        try (Hands hands = new Hands()) {
            assertThat(hands.procfs.status((int) ProcessHandle.current().pid())).isTrue();
            own = hands.procfs.highWaterBytes;
        }
        // A process of less than this one's own peak says nothing.
        long bytes = Math.max(300 * MIB, own + own / 4);
        Launch launch =
                fixture.sh("dd if=/dev/zero of=/dev/null count=1 bs=" + bytes + " 2>/dev/null; :");
        Ending ending = fixture.told.awaitEnd(launch.id()).ending();
        assertThat(ending.peakBytes()).isBetween(bytes, bytes + bytes / 20);
        assertThat(ending.outOfMemory()).isFalse();
        assertThat(ending.limitBytes()).isEmpty();

        Launch small = fixture.sh("true");
        assertThat(fixture.told.awaitEnd(small.id()).ending().peakBytes()).isZero();
    }

    @Test
    void killByHandIsNotForMemory() {
        Launch launch = fixture.sh("kill -9 $$");
        Ending ending = fixture.told.awaitEnd(launch.id()).ending();
        assertThat(ending.status()).isEqualTo(new ExitStatus.Signaled(9));
        assertThat(ending.outOfMemory()).isFalse();
    }

    @Test
    void runawayDiesAlone() throws IOException, InterruptedException {
        assumeGroups();
        Launch sibling = limited("exec sleep 1000", 100 * MIB);
        fixture.processes.spawn(sibling);
        Launch runaway = limited("head -c 300M /dev/zero | tail >/dev/null", 100 * MIB);
        fixture.processes.spawn(runaway);
        Ending ending = fixture.told.awaitEnd(runaway.id()).ending();
        assertThat(ending.status())
                .isIn(new ExitStatus.Code(137), new ExitStatus.Signaled(9), new ExitStatus.Code(1));
        assertThat(ending.outOfMemory()).isTrue();
        assertThat(ending.limitBytes()).hasValue(100 * MIB);
        assertThat(ending.peakBytes()).isBetween(90 * MIB, 100 * MIB);
        assertThat(fixture.told.all())
                .noneMatch(told ->
                        told instanceof Recorder.Told.Exited
                                && told.attempt().equals(sibling.id()));

        Path groups = group(sibling);
        assertThat(Files.readString(groups.resolve("cgroup.procs"))).isNotBlank();
        fixture.processes.kill(sibling.id());
        Ending killed = fixture.told.awaitEnd(sibling.id()).ending();
        assertThat(killed.outOfMemory()).isFalse();
        fixture.processes.release(sibling.id(), false);
        fixture.processes.release(runaway.id(), false);
        awaitGone(groups);
        awaitGone(group(runaway));
    }

    /** A limit that is not of Simmer's making, as one around Simmer itself would be. */
    @Test
    void deathForMemoryIsToldWithoutAGroupOfItsOwn() throws IOException {
        assumeGroups();
        CgroupPlace.Found place = (CgroupPlace.Found) CgroupPlace.ofThisProcess();
        OwnCgroup around = OwnCgroup.at(place, "simmer-around");
        around.make(50 * MIB);
        String enter = "echo 0 >" + around.folder() + "/cgroup.procs; ";
        String hungry = "dd if=/dev/zero of=/dev/null bs=300M";
        try (Counting counting = new Counting(around.folder())) {
            Ending ending = counting.end(enter + "exec " + hungry);
            assertThat(ending.status()).isEqualTo(new ExitStatus.Signaled(9));
            assertThat(ending.outOfMemory()).isTrue();
            assertThat(ending.doubtful()).isFalse();
            Ending told = counting.end("sh -c '" + enter + hungry + "; exit $?'; exit $?");
            assertThat(told.status()).isEqualTo(new ExitStatus.Code(137));
            assertThat(told.outOfMemory()).isTrue();
            assertThat(told.doubtful()).isTrue();
            assertThat(counting.end("kill -9 $$").outOfMemory()).isFalse();
            assertThat(counting.end("exit 137").outOfMemory()).isFalse();
        } finally {
            assertThat(around.remove()).isTrue();
        }
    }

    /** Counts are read of files that this test writes. */
    @Test
    void deathsElsewhereAreNobodys() throws IOException {
        Path counter = folder.resolve("memory.oom_control");
        Files.writeString(counter, "under_oom 0\noom_kill 4\n");
        try (Counting counting = new Counting(folder)) {
            assertThat(counting.end("kill -9 $$").outOfMemory()).isFalse();
            assertThat(counting.end("exit 137").outOfMemory()).isFalse();
            String kill = "echo 'oom_kill $n' >" + counter + "; ";
            Ending ended = counting.end(kill.replace("$n", "5") + "kill -9 $$");
            assertThat(ended.outOfMemory()).isTrue();
            assertThat(ended.doubtful()).isFalse();
            Ending exited = counting.end(kill.replace("$n", "6") + "exit 137");
            assertThat(exited.outOfMemory()).isTrue();
            assertThat(exited.doubtful()).isTrue();
            assertThat(counting.end(kill.replace("$n", "7") + "exit 1").outOfMemory()).isFalse();
        }
    }

    /** Processes that count what the kernel kills in a group. */
    private final class Counting implements AutoCloseable {
        private final Recorder told = new Recorder();
        private final ShimProcesses processes;

        Counting(Path group) {
            processes =
                    new ShimProcesses(
                            told,
                            Environment::own,
                            CgroupPlace::ofThisProcess,
                            () -> Optional.of(group));
        }

        Ending end(String line) {
            Launch launch = fixture.launch(new Command.Shell(line), UnaryOperator.identity());
            processes.spawn(launch);
            return told.awaitEnd(launch.id()).ending();
        }

        @Override
        public void close() {
            processes.close();
        }
    }

    @Test
    void deathThatTheCommandSwallowsIsNoted() throws IOException, InterruptedException {
        assumeGroups();
        Launch launch = limited("head -c 300M /dev/zero | tail >/dev/null; exit 0", 60 * MIB);
        if (CgroupPlace.ofThisProcess() instanceof CgroupPlace.Found(_, CgroupPlace.Version ver)) {
            // Of version 2 the whole group is ended.
            assumeTrue(ver == CgroupPlace.Version.ONE);
        }
        fixture.processes.spawn(launch);
        Ending ending = fixture.told.awaitEnd(launch.id()).ending();
        assertThat(ending.status()).isEqualTo(new ExitStatus.Code(0));
        assertThat(ending.outOfMemory()).isTrue();
        assertThat(ending.peakBytes()).isBetween(50 * MIB, 60 * MIB);
        assertThat(launch.folder().resolve("out-of-memory"))
                .hasContent(
                        "the kernel killed a process of it for want of memory; its limit of"
                                + " 60 MiB was reached");
        fixture.processes.release(launch.id(), false);
        awaitGone(group(launch));
    }

    @Test
    void groupTellsThePeakOfAWellBehavedTask() throws IOException, InterruptedException {
        assumeGroups();
        Launch launch =
                limited("dd if=/dev/zero of=/dev/null count=1 bs=50M 2>/dev/null", 100 * MIB);
        fixture.processes.spawn(launch);
        Ending ending = fixture.told.awaitEnd(launch.id()).ending();
        assertThat(ending.status()).isEqualTo(new ExitStatus.Code(0));
        assertThat(ending.outOfMemory()).isFalse();
        assertThat(ending.peakBytes()).isBetween(50 * MIB, 60 * MIB);
        fixture.processes.release(launch.id(), false);
        awaitGone(group(launch));
        assertThat(launch.folder().resolve("isolation")).doesNotExist();
    }

    @Test
    void laterEngineFindsTheGroupAgain() throws IOException, InterruptedException {
        assumeGroups();
        Launch launch =
                limited(
                        "touch up; until test -e go; do sleep 0.01; done;"
                                + " head -c 300M /dev/zero | tail >/dev/null",
                        100 * MIB);
        fixture.processes.spawn(launch);
        StubbornTreeTest.awaitFile(fixture.workspace.resolve("up"));
        fixture.processes.close();
        Recorder told = new Recorder();
        try (ShimProcesses later = new ShimProcesses(told)) {
            later.adopt(launch, true);
            told.await(Recorder.Told.Adopted.class, launch.id());
            Files.createFile(fixture.workspace.resolve("go"));
            Ending ending = told.awaitEnd(launch.id()).ending();
            assertThat(ending.outOfMemory()).isTrue();
            assertThat(ending.limitBytes()).hasValue(100 * MIB);
            later.release(launch.id(), false);
            awaitGone(group(launch));
        }
        // The engine that has started it is gone, but not the process that it was part of.
        Posix posix = new Posix();
        Shim.Ids ids = new RunFolder(launch.folder()).ids(posix).orElseThrow();
        assertThat(posix.reapBlocking(ids.shim())).isZero();
    }

    @Test
    void whereNoGroupCanBeMadeTheTaskRunsWithout() throws IOException {
        Recorder told = new Recorder();
        try (ShimProcesses processes =
                new ShimProcesses(
                        told,
                        Environment::own,
                        () -> new CgroupPlace.Missing("no control groups here"))) {
            Launch launch = limited("exit 3", 100 * MIB);
            processes.spawn(launch);
            Ending ending = told.awaitEnd(launch.id()).ending();
            assertThat(ending.status()).isEqualTo(new ExitStatus.Code(3));
            assertThat(ending.limitBytes()).isEmpty();
            assertThat(launch.folder().resolve("isolation")).hasContent("no control groups here");
            assertThat(told.await(Recorder.Told.NotIsolated.class, launch.id()).why())
                    .isEqualTo("no control groups here");
            assertThat(launch.folder().resolve("cgroup")).doesNotExist();
        }
    }

    @Test
    void groupWithoutALimitIsNotUsed() throws IOException {
        Path plain = Files.createDirectory(folder.resolve("plain"));
        Launch launch = limited("exit 3", 100 * MIB);
        Ending ending = end(launch, plain);
        assertThat(ending.status()).isEqualTo(new ExitStatus.Code(3));
        assertThat(ending.limitBytes()).isEmpty();
        assertThat(Files.readString(launch.folder().resolve("isolation")))
                .startsWith("no memory limit can be set in " + plain);
        assertThat(plain).isEmptyDirectory();
    }

    @Test
    void groupThatCannotBeEnteredIsToldOf() throws IOException {
        Launch launch = limited("exit 3", 100 * MIB);
        Path group = filesOfVersionTwo(launch);
        Files.createDirectory(group.resolve("cgroup.procs"));
        Ending ending = end(launch, folder);
        assertThat(ending).isEqualTo(new Ending(new ExitStatus.Code(3), 0, Optional.empty()));
        assertThat(launch.folder().resolve("isolation"))
                .hasContent("control group " + group + " cannot be entered");
    }

    @Test
    void filesOfVersionTwoAreWrittenAndRead() throws IOException {
        Launch launch = limited("exit 3", 100 * MIB);
        Path group = filesOfVersionTwo(launch);
        Ending ending = end(launch, folder);
        assertThat(group.resolve("cgroup.procs")).hasContent("0");
        assertThat(group.resolve("memory.max")).hasContent("104857600");
        assertThat(group.resolve("memory.swap.max")).hasContent("0");
        assertThat(group.resolve("memory.oom.group")).hasContent("1");
        assertThat(ending)
                .isEqualTo(
                        new Ending(
                                new ExitStatus.Code(3),
                                0,
                                Optional.empty(),
                                70_000_000 - 30_000_000 + 10_000_000,
                                true,
                                OptionalLong.of(100 * MIB)));
    }

    /** The files that a kernel with version 2 puts into a group, as plain files. */
    private Path filesOfVersionTwo(Launch launch) throws IOException {
        Path group = folder.resolve(OwnCgroup.name(Marker.of(launch.folder())));
        Files.createDirectory(group);
        for (String file : List.of("memory.max", "memory.swap.max", "memory.oom.group")) {
            Files.createFile(group.resolve(file));
        }
        Files.writeString(group.resolve("memory.peak"), "70000000\n");
        Files.writeString(
                group.resolve("memory.stat"),
                "anon 40000000\nfile 30000000\nkernel 9\nshmem 10000000\nfile_mapped 5\n");
        Files.writeString(group.resolve("memory.events"), "low 0\noom 1\noom_kill 2\n");
        return group;
    }

    private static Ending end(Launch launch, Path place) {
        Recorder told = new Recorder();
        try (ShimProcesses processes =
                new ShimProcesses(
                        told,
                        Environment::own,
                        () -> new CgroupPlace.Found(place, CgroupPlace.Version.TWO))) {
            processes.spawn(launch);
            return told.awaitEnd(launch.id()).ending();
        }
    }
}
