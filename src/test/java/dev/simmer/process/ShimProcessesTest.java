package dev.simmer.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.engine.ports.Launch;
import dev.simmer.model.Command;
import dev.simmer.model.ExitStatus;
import dev.simmer.model.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShimProcessesTest {
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

    @Test
    void everyExitCodeIsToldAsItIs() {
        List<Launch> launches = new ArrayList<>();
        for (int code = 0; code < 256; code++) {
            // The shell itself uses 128 + n for SIGINT and SIGPIPE without a word.
            launches.add(fixture.sh("exit " + code));
        }
        for (int code = 0; code < 256; code++) {
            ExitStatus expected =
                    code == 128 + 2 || code == 128 + 13
                            ? new ExitStatus.Signaled(code - 128)
                            : new ExitStatus.Code(code);
            assertThat(fixture.told.awaitEnd(launches.get(code).id()).status()).isEqualTo(expected);
        }
    }

    @Test
    void signalThatEndsTheMainProcessIsTold() {
        for (int signal : new int[] {1, 2, 3, 6, 9, 10, 13, 14, 15}) {
            Launch launch = fixture.sh("kill -" + signal + " $$");
            assertThat(fixture.told.awaitEnd(launch.id()).status())
                    .isEqualTo(new ExitStatus.Signaled(signal));
        }
    }

    @Test
    void signalAskedBeforeTheStartArrives() {
        for (int i = 0; i < 20; i++) {
            Launch launch = fixture.sh("sleep 1000 & sleep 1000");
            fixture.processes.signal(launch.id(), Signal.TERM);
            assertThat(fixture.told.awaitEnd(launch.id()).status())
                    .isEqualTo(new ExitStatus.Signaled(15));
        }
        assertThat(fixture.told.all().stream().map(told -> told.getClass().getSimpleName()))
                .startsWith("Started", "Signalled", "Exited");
    }

    @Test
    void whatAHandlerStartsToCleanUpIsLeftAlone() throws IOException, InterruptedException {
        Launch launch =
                fixture.sh(
                        "trap 'sh -c \"sleep 0.2; echo cleaned\"; exit 6' TERM; touch up;"
                                + " while :; do sleep 0.01; done");
        StubbornTreeTest.awaitFile(fixture.workspace.resolve("up"));
        fixture.processes.signal(launch.id(), Signal.TERM);
        assertThat(fixture.told.awaitEnd(launch.id()).status()).isEqualTo(new ExitStatus.Code(6));
        assertThat(Fixture.output(launch)).endsWith("cleaned\n");
    }

    @Test
    void whatIsAskedIsDoneInOrder() {
        Launch launch = fixture.sh("exec sleep 1000");
        fixture.processes.signal(launch.id(), Signal.STOP);
        fixture.processes.signal(launch.id(), Signal.INT);
        fixture.processes.signal(launch.id(), Signal.CONT);
        fixture.processes.kill(launch.id());

        assertThat(fixture.told.awaitEnd(launch.id()).status())
                .isIn(new ExitStatus.Signaled(2), new ExitStatus.Signaled(9));
        assertThat(
                        fixture.told.all().stream()
                                .filter(Recorder.Told.Signalled.class::isInstance)
                                .map(told -> ((Recorder.Told.Signalled) told).signal()))
                .containsExactly(Signal.STOP, Signal.INT, Signal.CONT);
        assertThat(fixture.told.all()).hasSize(5);
    }

    @Test
    void pausedTaskGoesOnAndCanBeKilled() throws IOException, InterruptedException {
        Launch launch = fixture.sh("touch up; until test -e go; do sleep 0.01; done; exit 4");
        StubbornTreeTest.awaitFile(fixture.workspace.resolve("up"));
        fixture.processes.signal(launch.id(), Signal.STOP);
        Files.createFile(fixture.workspace.resolve("go"));
        fixture.processes.signal(launch.id(), Signal.CONT);
        assertThat(fixture.told.awaitEnd(launch.id()).status()).isEqualTo(new ExitStatus.Code(4));

        Launch paused = fixture.sh("exec sleep 1000");
        fixture.processes.signal(paused.id(), Signal.STOP);
        fixture.processes.kill(paused.id());
        assertThat(fixture.told.awaitEnd(paused.id()).status())
                .isEqualTo(new ExitStatus.Signaled(9));
    }

    @Test
    void taskThatKillsItsGroupStillLeavesItsStatus() throws IOException {
        Launch launch = fixture.sh("sleep 1000 & kill -9 0");
        assertThat(fixture.told.awaitEnd(launch.id()).status())
                .isEqualTo(new ExitStatus.Signaled(9));
        assertThat(Files.readString(launch.folder().resolve("exit")).stripTrailing())
                .endsWith(" end");
    }

    @Test
    void leftoverIsToldAndKilled() throws IOException {
        String duration = StubbornTreeTest.unique();
        Launch launch = fixture.sh("sleep " + duration + " & exit 3");
        Recorder.Told.Exited exited = fixture.told.await(Recorder.Told.Exited.class, launch.id());
        assertThat(exited.status()).isEqualTo(new ExitStatus.Code(3));
        assertThat(exited.leftovers()).isEqualTo(1);

        fixture.processes.signal(launch.id(), Signal.TERM);
        fixture.told.await(Recorder.Told.Gone.class, launch.id());
        assertThat(StubbornTreeTest.sleepers(duration)).isEmpty();
    }

    @Test
    void whatEscapedAStopIsALeftover() throws IOException, InterruptedException {
        String duration = StubbornTreeTest.unique();
        Launch launch =
                fixture.sh(
                        "(setsid sh -c 'trap \"\" TERM; touch up; sleep "
                                + duration
                                + "; sleep "
                                + duration
                                + "' &); exec sleep 1000");
        StubbornTreeTest.awaitFile(fixture.workspace.resolve("up"));
        fixture.processes.signal(launch.id(), Signal.TERM);
        Recorder.Told.Exited exited = fixture.told.await(Recorder.Told.Exited.class, launch.id());
        assertThat(exited.status()).isEqualTo(new ExitStatus.Signaled(15));
        assertThat(exited.leftovers()).isPositive();

        fixture.processes.kill(launch.id());
        fixture.told.await(Recorder.Told.Gone.class, launch.id());
        assertThat(StubbornTreeTest.sleepers(duration)).isEmpty();
    }

    @Test
    void daemonOfATaskThatEndedByItselfLivesOn() throws IOException {
        String duration = StubbornTreeTest.unique();
        Launch launch =
                fixture.sh(
                        "setsid sh -c 'touch up; exec sleep "
                                + duration
                                + "' & until test -e up; do :; done");
        assertThat(fixture.told.awaitEnd(launch.id()).leftovers()).isZero();
        // By its argument it is found before and after it has become sleep.
        assertThat(StubbornTreeTest.sleepers(duration)).hasSize(1);
        ProcessHandle.of(StubbornTreeTest.sleepers(duration).getFirst())
                .ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    void killedShimLeavesAnUnknownStatusAndItsCommand() throws IOException, InterruptedException {
        String duration = StubbornTreeTest.unique();
        Launch launch = fixture.sh("touch up; exec sleep " + duration);
        long shim = fixture.told.await(Recorder.Told.Started.class, launch.id()).pid();
        StubbornTreeTest.awaitFile(fixture.workspace.resolve("up"));
        ProcessHandle.of(shim).ifPresent(ProcessHandle::destroyForcibly);

        Recorder.Told.Exited exited = fixture.told.await(Recorder.Told.Exited.class, launch.id());
        assertThat(exited.status()).isInstanceOf(ExitStatus.Unknown.class);
        assertThat(exited.status().toString()).contains("signal 9");
        assertThat(exited.leftovers()).isEqualTo(1);
        fixture.processes.kill(launch.id());
        fixture.told.await(Recorder.Told.Gone.class, launch.id());
        assertThat(StubbornTreeTest.sleepers(duration)).isEmpty();
    }

    @Test
    void signalsToTheShimDoNotEndIt() throws IOException, InterruptedException {
        Launch launch = fixture.sh("touch up; until test -e go; do sleep 0.01; done; exit 7");
        long shim = fixture.told.await(Recorder.Told.Started.class, launch.id()).pid();
        StubbornTreeTest.awaitFile(fixture.workspace.resolve("up"));
        Posix posix = new Posix();
        for (int signal : new int[] {1, 2, 3, 10, 12, 13, 14, 15}) {
            assertThat(posix.kill((int) shim, signal)).isZero();
        }
        Files.createFile(fixture.workspace.resolve("go"));
        assertThat(fixture.told.awaitEnd(launch.id()).status()).isEqualTo(new ExitStatus.Code(7));
    }

    @Test
    void taskStartsWithCleanHands() throws IOException {
        Launch launch =
                fixture.sh("ls /proc/self/fd; grep -E 'Sig(Ign|Blk)' /proc/self/status; cat");
        fixture.told.awaitEnd(launch.id());
        // 3 is ls's own, open on the folder that it lists.
        assertThat(Fixture.output(launch))
                .isEqualTo("0\n1\n2\n3\nSigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n");
    }

    @Test
    void taskSeesWhereItIs() throws IOException {
        Launch launch =
                fixture.spawn(
                        new Command.Exec(
                                List.of(
                                        "sh",
                                        "-c",
                                        "pwd; echo $PWD; env | grep -E '^(SIMMER_[TIAW]|TMP|A=)'")),
                        spec -> spec.env(Map.of("A", "ä ' \"", "SIMMER_ID", "99")));
        fixture.told.awaitEnd(launch.id());
        assertThat(Fixture.output(launch).lines())
                .containsExactlyInAnyOrder(
                        fixture.workspace.toString(),
                        fixture.workspace.toString(),
                        "A=ä ' \"",
                        "SIMMER_TASK=task",
                        "SIMMER_ID=" + launch.id().task(),
                        "SIMMER_ATTEMPT=1",
                        "SIMMER_WORKSPACE=" + fixture.workspace,
                        "TMPDIR=" + launch.folder().resolve("tmp"));
    }

    @Test
    void argumentsArriveAsTheyAre() throws IOException {
        Launch launch = fixture.exec("printf", "%s|", "-x", "", "a b", "'", "$HOME", "\n", "ä");
        fixture.told.awaitEnd(launch.id());
        assertThat(Fixture.output(launch)).isEqualTo("-x||a b|'|$HOME|\n|ä|");
    }

    @Test
    void runFolderIsForItsOwnerAlone() throws IOException {
        Launch launch = fixture.sh("umask; exit 0");
        fixture.told.awaitEnd(launch.id());
        assertThat(mode(launch.folder())).isEqualTo("rwx------");
        assertThat(mode(launch.folder().resolve("tmp"))).isEqualTo("rwx------");
        for (String file : List.of("output.log", "exit", "pid")) {
            assertThat(mode(launch.folder().resolve(file))).isEqualTo("rw-------");
        }
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(
                Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void temporaryFolderGoesWithTheAttempt() throws IOException {
        String fill =
                "mkdir -p $TMPDIR/a/b; touch $TMPDIR/a/b/c; ln -s / $TMPDIR/a/l; chmod 500"
                        + " $TMPDIR/a";
        Launch removed = fixture.sh(fill);
        Launch kept = fixture.sh(fill);
        fixture.told.awaitEnd(removed.id());
        fixture.told.awaitEnd(kept.id());
        fixture.processes.release(removed.id(), false);
        fixture.processes.release(kept.id(), true);
        fixture.processes.close();
        assertThat(removed.folder().resolve("tmp")).doesNotExist();
        assertThat(removed.log()).exists();
        assertThat(kept.folder().resolve("tmp/a/b/c")).exists();
    }

    @Test
    void inputComesThroughTheFifo() throws IOException {
        Launch launch =
                fixture.spawn(
                        new Command.Shell("read -r a; read -r b; echo \"$b $a\""),
                        spec -> spec.input(true));
        fixture.told.await(Recorder.Told.Started.class, launch.id());
        for (String line : List.of("one\n", "two\n")) {
            Files.writeString(launch.folder().resolve("input"), line, StandardOpenOption.WRITE);
        }
        fixture.told.awaitEnd(launch.id());
        assertThat(Fixture.output(launch)).isEqualTo("two one\n");
    }

    @Test
    void terminalForATaskThatWantsOne() throws IOException {
        Launch shell =
                fixture.spawn(
                        new Command.Shell("test -t 1 && echo \"tty $SHELL\"; exit 5"),
                        spec -> spec.tty(true).env(Map.of("SHELL", "/bin/x y")));
        assertThat(fixture.told.awaitEnd(shell.id()).status()).isEqualTo(new ExitStatus.Code(5));
        assertThat(Fixture.output(shell)).contains("tty /bin/x y\r\n");

        Launch exec =
                fixture.spawn(new Command.Exec(List.of("sleep", "1000")), spec -> spec.tty(true));
        fixture.processes.kill(exec.id());
        assertThat(fixture.told.awaitEnd(exec.id()).status()).isEqualTo(new ExitStatus.Signaled(9));
    }

    @Test
    void endOfTheOutputIsSearched() {
        Launch launch = fixture.sh("echo EARLY; head -c 1100000 /dev/zero; echo; echo 'a LATE b'");
        fixture.told.awaitEnd(launch.id());
        assertThat(fixture.processes.outputMatches(launch.id(), Pattern.compile("^a LATE b$")))
                .isTrue();
        assertThat(fixture.processes.outputMatches(launch.id(), Pattern.compile("EARLY")))
                .isFalse();
    }

    @Test
    void thousandQuickTasksLeaveNothingOpen() throws IOException {
        run(50);
        long before = descriptors();
        run(1000);
        // The last releases may still be looking into a TMPDIR; and the JVM opens a few for itself,
        // once. A thousand tasks that each leave one would leave a thousand.
        long limit = before + 20;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        long after = descriptors();
        while (after > limit && System.nanoTime() < end) {
            after = descriptors();
        }
        assertThat(after).isLessThanOrEqualTo(limit);
        Procfs procfs = new Procfs(new Posix());
        long own = ProcessHandle.current().pid();
        int count = procfs.list();
        for (int i = 0; i < count; i++) {
            if (procfs.stat(procfs.pid(i)) && procfs.ppid == own) {
                assertThat(procfs.state).isNotEqualTo('Z');
            }
        }
        procfs.close();
    }

    private void run(int tasks) {
        List<Launch> launches = new ArrayList<>();
        for (int i = 0; i < tasks; i++) {
            launches.add(fixture.sh("true"));
        }
        for (Launch launch : launches) {
            Recorder.Told.Exited exited = fixture.told.awaitEnd(launch.id());
            assertThat(exited.status()).isEqualTo(new ExitStatus.Code(0));
            fixture.processes.release(launch.id(), false);
        }
    }

    private static long descriptors() throws IOException {
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }
}
