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
        try {
            Launch launch =
                    fixture.sh(
                            "echo 0 >"
                                    + around.folder()
                                    + "/cgroup.procs; exec dd if=/dev/zero of=/dev/null bs=300M");
            Ending ending = fixture.told.awaitEnd(launch.id()).ending();
            assertThat(ending.status()).isEqualTo(new ExitStatus.Signaled(9));
            assertThat(ending.outOfMemory()).isTrue();
            Launch byHand = fixture.sh("kill -9 $$");
            assertThat(fixture.told.awaitEnd(byHand.id()).ending().outOfMemory()).isFalse();
        } finally {
            assertThat(around.remove()).isTrue();
        }
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
            assertThat(launch.folder().resolve("cgroup")).doesNotExist();
        }
    }

    @Test
    void groupThatCannotBeEnteredIsToldOf() throws IOException {
        Path plain = Files.createDirectory(folder.resolve("plain"));
        Recorder told = new Recorder();
        try (ShimProcesses processes =
                new ShimProcesses(
                        told,
                        Environment::own,
                        () -> new CgroupPlace.Found(plain, CgroupPlace.Version.TWO))) {
            Launch launch = limited("exit 3", 100 * MIB);
            processes.spawn(launch);
            Ending ending = told.awaitEnd(launch.id()).ending();
            assertThat(ending.status()).isEqualTo(new ExitStatus.Code(3));
            assertThat(ending.limitBytes()).isEmpty();
            assertThat(Files.readString(launch.folder().resolve("isolation")))
                    .startsWith("no memory limit can be set in " + plain);
        }
    }
}
