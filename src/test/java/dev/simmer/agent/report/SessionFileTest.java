package dev.simmer.agent.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionFileTest {
    private static final String SESSION = ".agents/sessions/20260123-140000-auth.md";

    @TempDir Path base;

    private Path workspace = Path.of("");
    private Path file = Path.of("");

    @BeforeEach
    void makeFolders() throws IOException {
        workspace = Files.createDirectory(base.resolve("workspace"));
        file = workspace.resolve(SESSION);
        Files.createDirectories(file.getParent());
    }

    @Test
    void twentyThreadsLoseNothing() throws Exception {
        Files.writeString(file, session("running", "~"));
        CyclicBarrier together = new CyclicBarrier(20);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<SessionFile.Result>> all = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                AgentEntry entry = done(id(i));
                all.add(
                        threads.submit(() -> {
                            together.await(30, TimeUnit.SECONDS);
                            return SessionFile.set(place(), entry);
                        }));
            }
            for (Future<SessionFile.Result> each : all) {
                assertThat(each.get(60, TimeUnit.SECONDS))
                        .isEqualTo(new SessionFile.Result.Settled(true));
            }
        }
        checkAllDone();
    }

    @Test
    void processesThatEndAtOnceLoseNothing() throws Exception {
        Files.writeString(file, session("running", "~"));
        List<Process> processes = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                processes.add(process(id(i)));
            }
            for (Process each : processes) {
                assertThat(each.inputReader().readLine()).isEqualTo("ready");
            }
            for (Process each : processes) {
                each.getOutputStream().write('\n');
                each.getOutputStream().flush();
            }
            for (Process each : processes) {
                assertThat(each.waitFor(60, TimeUnit.SECONDS)).isTrue();
                assertThat(each.exitValue()).isZero();
            }
        } finally {
            processes.forEach(Process::destroyForcibly);
        }
        checkAllDone();
    }

    private Process process(String what) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SetInProcess.class.getName(),
                        workspace.toString(),
                        SESSION,
                        what)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    @Test
    void goesOnAfterAHolderThatWasKilled() throws Exception {
        Files.writeString(file, session("running", "~"));
        Process holder = process("hold");
        try {
            assertThat(holder.inputReader().readLine()).isEqualTo("ready");
            holder.getOutputStream().write('\n');
            holder.getOutputStream().flush();
            assertThat(holder.inputReader().readLine()).isEqualTo("held");
            try (SafeFolder folder = SafeFolder.of(place(), false)) {
                assertThatThrownBy(() ->
                                FileTurn.take(place().absolute(), folder, Duration.ofMillis(50)))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("lock");
            }
        } finally {
            holder.destroyForcibly();
        }
        assertThat(holder.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(SessionFile.set(place(), done(id(3))))
                .isEqualTo(new SessionFile.Result.Settled(true));
        assertThat(files()).containsExactly(file.getFileName().toString());
    }

    @Test
    void keepsTheModeAndFollowsALinkWithinTheWorkspace() throws IOException {
        Files.writeString(file, session("running", "~"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        Files.createSymbolicLink(workspace.resolve("now.md"), file);
        SafePath link = SafePath.check(workspace, "now.md", "session file");
        assertThat(SessionFile.set((SafePath.Inside) link, done(id(0))))
                .isEqualTo(new SessionFile.Result.Settled(true));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        assertThat(workspace.resolve("now.md")).isSymbolicLink();
    }

    @Test
    void followsNoLinkThatCameAfterTheCheck() throws IOException {
        Path outside = Files.createDirectory(base.resolve("outside"));
        Files.writeString(file, session("running", "~"));
        SafePath.Inside place = place();
        Path victim = outside.resolve(file.getFileName());
        Files.move(file, victim);
        Files.delete(file.getParent());
        Files.createSymbolicLink(file.getParent(), outside);
        assertThat(SessionFile.set(place, done(id(0))))
                .isInstanceOf(SessionFile.Result.LeftAlone.class);
        assertThat(victim).hasContent(session("running", "~"));
    }

    @Test
    void leavesAloneWhatItCannotRead() throws IOException {
        String broken = "---\nname: Context: x\nbackground_agents: []\n---\n";
        Files.writeString(file, broken);
        assertThat(SessionFile.set(place(), done(id(0))))
                .isEqualTo(
                        new SessionFile.Result.LeftAlone(
                                "the session file "
                                        + SESSION
                                        + " is left alone: mapping values are not allowed here"
                                        + " (line 2); mend its front matter"));
        assertThat(file).hasContent(broken);
        assertThat(files()).containsExactly(file.getFileName().toString());
    }

    @Test
    void saysThatThereIsNone() {
        assertThat(SessionFile.set(place(), done(id(0))))
                .isInstanceOfSatisfying(
                        SessionFile.Result.LeftAlone.class,
                        left -> assertThat(left.reason()).contains("it does not exist"));
    }

    private void checkAllDone() throws IOException {
        assertThat(Files.readString(file)).isEqualTo(session("completed", ""));
        assertThat(files()).containsExactly(file.getFileName().toString());
    }

    private List<String> files() throws IOException {
        try (var all = Files.list(file.getParent())) {
            return all.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }

    private SafePath.Inside place() {
        return (SafePath.Inside) SafePath.check(workspace, SESSION, "session file");
    }

    private static AgentEntry done(String id) {
        return new AgentEntry(
                id,
                "runner",
                "task",
                AgentEntry.Status.COMPLETED,
                Optional.of(".agents/reports/" + id + ".md"));
    }

    private static String id(int number) {
        return "bg-20260123-1430" + (10 + number) + "-audit";
    }

    /** A session of more than 200 lines; the result's place is the default one where empty. */
    private static String session(String status, String place) {
        StringBuilder text = new StringBuilder("---\n# The session of the auth feature\n");
        text.append("session:\n  name: 'auth' # über alles\n\nbackground_agents:\n");
        for (int i = 0; i < 20; i++) {
            text.append("  # Agent ").append(i).append(": what it is for\n");
            text.append("  -   id:   \"").append(id(i)).append("\"   # id\n");
            text.append("      agent: 'runner'\n\n");
            text.append("      task: >-\n        folded words\n        status: not this\n");
            text.append("      status: ")
                    .append(status)
                    .append("\t# set by the runner\n".replace('\t', ' '));
            text.append("      result_location: ")
                    .append(place.isEmpty() ? ".agents/reports/" + id(i) + ".md" : place)
                    .append("\n      note: {a: 1,   b: [2,3]} # flow\n");
        }
        return text.append("# the end\n---\n# Body\n\nstatus: running\n").toString();
    }
}
