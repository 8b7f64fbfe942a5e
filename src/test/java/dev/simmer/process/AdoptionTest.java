package dev.simmer.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.simmer.engine.ports.Launch;
import dev.simmer.model.Command;
import dev.simmer.model.ExitStatus;
import dev.simmer.model.Readiness.Probe;
import dev.simmer.model.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One engine's hands start attempts, and those of a second one take them up. */
class AdoptionTest {
    @TempDir Path folder;

    private Fixture first;
    private Fixture second;

    @BeforeEach
    void open() throws IOException {
        first = new Fixture(folder);
        second = new Fixture(folder);
    }

    @AfterEach
    void close() {
        second.close();
        first.close();
    }

    private Launch running(String line) throws IOException, InterruptedException {
        Path up = Files.createTempFile(first.workspace, "up", "");
        Files.delete(up);
        Launch launch = first.sh(line.replace("touch up", "touch " + up));
        StubbornTreeTest.awaitFile(up);
        return launch;
    }

    private Recorder.Told.Exited adoptEnded(Launch launch, boolean sameBoot) {
        second.processes.adopt(launch, sameBoot);
        Recorder.Told.Exited exited = second.told.await(Recorder.Told.Exited.class, launch.id());
        assertThat(second.told.all()).noneMatch(Recorder.Told.Adopted.class::isInstance);
        return exited;
    }

    private void adopt(Launch launch) {
        second.processes.adopt(launch, true);
        second.told.await(Recorder.Told.Adopted.class, launch.id());
    }

    @Test
    void livingOneEndsAsItWouldHave() throws IOException, InterruptedException {
        Launch launch = running("touch up; until test -e go; do sleep 0.01; done; echo x; exit 5");
        adopt(launch);
        Files.createFile(first.workspace.resolve("go"));
        Recorder.Told.Exited exited = second.told.awaitEnd(launch.id());
        assertThat(exited.status()).isEqualTo(new ExitStatus.Code(5));
        assertThat(exited.leftovers()).isZero();
        assertThat(exited.endedAt()).isEmpty();
        assertThat(second.processes.outputMatches(launch.id(), Pattern.compile("^x$"))).isTrue();
        second.processes.release(launch.id(), false);
        second.processes.close();
        assertThat(launch.folder().resolve("tmp")).doesNotExist();
    }

    @Test
    void signalsReachAllOfIt() throws IOException, InterruptedException {
        String duration = StubbornTreeTest.unique();
        Launch launch =
                running("trap 'exit 9' TERM; sleep @ & touch up; wait".replace("@", duration));
        adopt(launch);
        second.processes.signal(launch.id(), Signal.STOP);
        second.processes.signal(launch.id(), Signal.TERM);
        second.processes.signal(launch.id(), Signal.CONT);
        assertThat(second.told.awaitEnd(launch.id()).status()).isEqualTo(new ExitStatus.Code(9));
        assertThat(StubbornTreeTest.sleepers(duration)).isEmpty();
        second.told.awaitSignalled(launch.id(), Signal.CONT);
    }

    @Test
    void killFindsWhatHasLeftTheSession() throws IOException, InterruptedException {
        String duration = StubbornTreeTest.unique();
        Launch launch =
                running(
                        "(env -i setsid sleep @ &); trap '' TERM; touch up; sleep @; sleep @"
                                .replace("@", duration));
        adopt(launch);
        second.processes.kill(launch.id());
        assertThat(second.told.awaitEnd(launch.id()).status())
                .isEqualTo(new ExitStatus.Signaled(9));
        assertThat(StubbornTreeTest.sleepers(duration)).isEmpty();
    }

    @Test
    void leftoverIsToldAndKilled() throws IOException, InterruptedException {
        String duration = StubbornTreeTest.unique();
        Launch launch = first.sh("sleep " + duration + " & exit 3");
        first.told.await(Recorder.Told.Exited.class, launch.id());
        Recorder.Told.Exited exited = adoptEnded(launch, true);
        assertThat(exited.status()).isEqualTo(new ExitStatus.Code(3));
        assertThat(exited.leftovers()).isEqualTo(1);
        second.processes.kill(launch.id());
        second.told.await(Recorder.Told.Gone.class, launch.id());
        assertThat(StubbornTreeTest.sleepers(duration)).isEmpty();
    }

    @Test
    void stopInProgressIsKnownAgain() throws IOException, InterruptedException {
        String duration = StubbornTreeTest.unique();
        String escaped =
                "(setsid sh -c 'trap \"\" TERM; touch up; sleep @; sleep @' &); exec sleep @";
        Launch launch = running(escaped.replace("@", duration));
        first.processes.signal(launch.id(), Signal.TERM);
        first.told.await(Recorder.Told.Exited.class, launch.id());

        Recorder.Told.Exited exited = adoptEnded(launch, true);
        assertThat(exited.status()).isEqualTo(new ExitStatus.Signaled(15));
        assertThat(exited.leftovers()).isPositive();
        second.processes.kill(launch.id());
        second.told.await(Recorder.Told.Gone.class, launch.id());
        assertThat(StubbornTreeTest.sleepers(duration)).isEmpty();
    }

    @Test
    void daemonOfOneThatEndedByItselfLivesOn() throws IOException, InterruptedException {
        String duration = StubbornTreeTest.unique();
        Launch launch =
                first.sh(
                        "setsid sh -c 'touch up; exec sleep @' & until test -e up; do :; done"
                                .replace("@", duration));
        first.told.awaitEnd(launch.id());
        assertThat(adoptEnded(launch, true).leftovers()).isZero();
        assertThat(StubbornTreeTest.sleepers(duration)).hasSize(1);
        ProcessHandle.of(StubbornTreeTest.sleepers(duration).getFirst())
                .ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    void endedOneTellsWhen() throws IOException {
        Launch launch = first.sh("exit 7");
        first.told.awaitEnd(launch.id());
        Recorder.Told.Exited exited = adoptEnded(launch, false);
        assertThat(exited.status()).isEqualTo(new ExitStatus.Code(7));
        assertThat(exited.endedAt())
                .contains(Files.getLastModifiedTime(launch.folder().resolve("exit")).toInstant());
    }

    @Test
    void halfWrittenExitIsNone() throws IOException {
        Launch launch = first.sh("exit 3");
        first.told.awaitEnd(launch.id());
        Files.writeString(launch.folder().resolve("exit"), "exit 3 12.3\n\n");
        Recorder.Told.Exited exited = adoptEnded(launch, true);
        assertThat(exited.status().toString()).contains("Unknown", "no exit status");
        assertThat(exited.endedAt()).isPresent();
    }

    @Test
    void withoutItsShimItIsWatchedAllTheSame() throws IOException, InterruptedException {
        Launch launch = running("touch up; until test -e go; do sleep 0.01; done");
        long shim = first.told.await(Recorder.Told.Started.class, launch.id()).pid();
        ProcessHandle.of(shim).ifPresent(ProcessHandle::destroyForcibly);
        first.told.await(Recorder.Told.Exited.class, launch.id());
        adopt(launch);
        Files.createFile(first.workspace.resolve("go"));
        assertThat(second.told.awaitEnd(launch.id()).status())
                .isInstanceOf(ExitStatus.Unknown.class);
    }

    @Test
    void strangerWithItsIdIsNeverTouched() throws IOException, InterruptedException {
        String duration = StubbornTreeTest.unique();
        Process stranger = new ProcessBuilder("setsid", "sleep", duration).start();
        Process other = new ProcessBuilder("setsid", "sleep", duration).start();
        try {
            Launch launch = first.sh("exit 3");
            first.told.awaitEnd(launch.id());
            Shim.Ids ids = Shim.ids(Files.readString(launch.folder().resolve("pid"))).orElseThrow();
            Files.writeString(launch.folder().resolve("exit"), "\n".repeat(256));
            Files.writeString(
                    launch.folder().resolve("pid"),
                    // Ten seconds earlier: the stranger may have begun in the task's very tick.
                    stranger.pid() + " " + (ids.startTicks() - 1_000) + " " + other.pid() + "\n");

            assertThat(adoptEnded(launch, true).status()).isInstanceOf(ExitStatus.Unknown.class);
            second.processes.signal(launch.id(), Signal.TERM);
            second.processes.kill(launch.id());
            second.processes.signal(launch.id(), Signal.KILL);
            second.told.awaitSignalled(launch.id(), Signal.KILL);
            assertThat(stranger.isAlive()).isTrue();
            assertThat(other.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly().waitFor();
            other.destroyForcibly().waitFor();
        }
    }

    @Test
    void anotherBootLeavesNothingAlive() throws IOException, InterruptedException {
        Launch launch = running("touch up; exec sleep 1000");
        Recorder.Told.Exited exited = adoptEnded(launch, false);
        assertThat(exited.status().toString()).contains("started anew");
        assertThat(exited.leftovers()).isZero();
        first.processes.kill(launch.id());
        first.told.awaitEnd(launch.id());
    }

    @Test
    void startThatNeverBeganCanBeMadeAgain() throws IOException {
        for (int stage = 0; stage < 6; stage++) {
            Launch launch = first.launch(new Command.Shell("echo x"), UnaryOperator.identity());
            leaveRemains(launch, stage);
            second.processes.adopt(launch, stage % 2 == 0);
            second.told.await(Recorder.Told.NeverBegan.class, launch.id());
            assertThat(launch.folder()).doesNotExist();
            second.processes.spawn(launch);
            assertThat(second.told.awaitEnd(launch.id()).status())
                    .isEqualTo(new ExitStatus.Code(0));
            assertThat(Fixture.output(launch)).isEqualTo("x\n");
        }
    }

    @Test
    void remainsOfAStartAreNoObstacle() throws IOException {
        for (int stage = 0; stage < 6; stage++) {
            Launch launch = first.launch(new Command.Shell("echo x"), UnaryOperator.identity());
            leaveRemains(launch, stage);
            first.processes.spawn(launch);
            assertThat(first.told.awaitEnd(launch.id()).status()).isEqualTo(new ExitStatus.Code(0));
        }
    }

    /** What a start leaves that was cut off after so many steps. */
    private static void leaveRemains(Launch launch, int stage) throws IOException {
        if (stage > 0) {
            Files.createDirectories(launch.folder());
        }
        if (stage > 1) {
            Files.createDirectory(launch.folder().resolve("tmp"));
        }
        if (stage > 2) {
            Files.writeString(launch.folder().resolve("exit"), "\n".repeat(256));
        }
        if (stage > 3) {
            Files.writeString(launch.folder().resolve("pid"), "\n".repeat(stage == 4 ? 0 : 256));
            Files.createFile(launch.log());
        }
    }

    @Test
    void shimThatHasJustBeenSpawnedIsWaitedFor() throws IOException, InterruptedException {
        Launch launch = first.launch(new Command.Shell("true"), UnaryOperator.identity());
        leaveRemains(launch, 5);
        ProcessBuilder builder =
                new ProcessBuilder(
                                "sh",
                                "-c",
                                "until test -e go; do sleep 0.01; done; read -r pid _ _ _ _ _ _ _ _"
                                        + " _ _ _ _ _ _ _ _ _ _ _ _ start _ </proc/self/stat; echo"
                                        + " \"$pid $start 1\" >"
                                        + launch.folder().resolve("pid")
                                        + "; exec sleep 1000")
                        .directory(first.workspace.toFile());
        builder.environment().put("TMPDIR", launch.folder().resolve("tmp").toString());
        Process shim = builder.start();
        try {
            second.processes.adopt(launch, true);
            Launch sign = second.sh("true");
            second.told.awaitEnd(sign.id());
            assertThat(second.told.all()).noneMatch(Recorder.Told.NeverBegan.class::isInstance);
            Files.createFile(first.workspace.resolve("go"));
            second.told.await(Recorder.Told.Adopted.class, launch.id());
        } finally {
            shim.destroyForcibly().waitFor();
        }
        assertThat(second.told.awaitEnd(launch.id()).status())
                .isInstanceOf(ExitStatus.Unknown.class);
    }

    @Test
    void folderThatIsGoneMeansThatItNeverBeganUnlessItLives()
            throws IOException, InterruptedException {
        String duration = StubbornTreeTest.unique();
        Launch launch = running("touch up; exec sleep " + duration);
        Files.move(launch.folder(), launch.folder().resolveSibling("elsewhere"));
        Recorder.Told.Exited exited = adoptEnded(launch, true);
        assertThat(exited.status().toString()).contains("has been removed");
        assertThat(exited.leftovers()).isPositive();
        second.processes.kill(launch.id());
        second.told.await(Recorder.Told.Gone.class, launch.id());
        assertThat(StubbornTreeTest.sleepers(duration)).isEmpty();

        Launch never = first.launch(new Command.Shell("true"), UnaryOperator.identity());
        second.processes.adopt(never, true);
        second.told.await(Recorder.Told.NeverBegan.class, never.id());
    }

    @Test
    void folderBehindALinkIsNotBelieved() throws IOException {
        Launch launch = first.sh("exit 0");
        first.told.awaitEnd(launch.id());
        Path real = launch.folder().resolveSibling("real");
        Files.move(launch.folder(), real);
        Files.createSymbolicLink(launch.folder(), real);
        assertThat(adoptEnded(launch, true).status().toString()).contains("is a link");
        assertThat(real.resolve("exit")).exists();
    }

    @Test
    void folderOfAnotherUserIsNotBelieved() throws IOException {
        Launch launch = first.sh("exit 0");
        first.told.awaitEnd(launch.id());
        assumeTrue(new Posix().user() == 0, "only root can give a folder away");
        Files.setAttribute(launch.folder(), "unix:uid", 12345);
        assertThat(adoptEnded(launch, true).status().toString()).contains("another user's");
    }

    @Test
    void hundredOfAnEngineThatWasKilledAreAdopted() throws IOException, InterruptedException {
        Process engine =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                AbandonedEngine.class.getName(),
                                folder.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (var output = engine.inputReader()) {
            assertThat(output.readLine()).isEqualTo("up");
        } finally {
            engine.destroyForcibly().waitFor();
        }
        List<Launch> launches = AbandonedEngine.launches(folder);
        for (Launch launch : launches) {
            second.processes.adopt(launch, true);
        }
        for (Launch launch : launches) {
            second.told.await(Recorder.Told.Adopted.class, launch.id());
        }
        for (Launch launch : launches) {
            second.processes.signal(launch.id(), Signal.TERM);
        }
        for (Launch launch : launches) {
            assertThat(second.told.awaitEnd(launch.id()).status())
                    .isEqualTo(new ExitStatus.Signaled(15));
        }
        assertThat(second.told.all()).hasSize(3 * launches.size());
    }

    @Test
    void probesAndUsageWork() throws IOException, InterruptedException {
        Launch launch = running("touch up; echo ready; exec sleep 1000");
        adopt(launch);
        second.processes.probe(launch.id(), new Probe.Log(Pattern.compile("ready")));
        second.told.await(Recorder.Told.Ready.class, launch.id());
        try (ProcfsUsage usage = new ProcfsUsage()) {
            assertThat(usage.sample(Map.of(launch.id(), launch.folder()))).hasSize(1);
        }
        second.processes.kill(launch.id());
        second.told.awaitEnd(launch.id());
    }
}
