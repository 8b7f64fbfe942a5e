package dev.simmer.tui.term;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.simmer.model.AgentRun;
import dev.simmer.model.AgentVerdict;
import dev.simmer.model.Kind;
import dev.simmer.model.Phase;
import dev.simmer.model.TaskView;
import dev.simmer.tui.model.AgentSamples;
import dev.simmer.tui.model.Key;
import dev.simmer.tui.model.Model;
import dev.simmer.tui.model.Msg;
import dev.simmer.tui.model.Remembered;
import dev.simmer.tui.model.Samples;
import dev.simmer.tui.theme.Depth;
import dev.simmer.tui.theme.Themes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoopTest {
    private static final Themes THEMES = Themes.load(List.of());

    @TempDir private Path folder;

    /** A screen that can be waited for. */
    private static final class Watched implements Loop.Screen {
        private final Emulator emulator = new Emulator(80, 24);
        private int frames;

        @Override
        public synchronized void send(byte[] frame) {
            emulator.feed(frame);
            frames++;
            notifyAll();
        }

        synchronized void await(String what, Predicate<String> shown)
                throws InterruptedException, TimeoutException {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (!shown.test(emulator.text())) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    throw new TimeoutException(what + " is not on:\n" + emulator.text());
                }
                wait(left);
            }
        }

        synchronized int frames() {
            return frames;
        }
    }

    private final List<Remembered> remembered = new CopyOnWriteArrayList<>();

    private interface Script {
        void play(Loop loop, Watched screen, FakeEngine engine) throws Exception;
    }

    /** Plays a script; answers what the loop said at its end. */
    private String play(List<TaskView> tasks, Script script) throws Exception {
        Watched screen = new Watched();
        FakeEngine engine = new FakeEngine(folder, Samples.HOST, tasks);
        Model opening = Model.opening(Samples.place(), 80, 24, THEMES.names(), Themes.BUILT_IN);
        try (Loop loop = new Loop(engine, screen, THEMES, Depth.RGB, opening);
                ExecutorService threads = Executors.newSingleThreadExecutor()) {
            loop.remembering(remembered::add);
            Future<String> running = threads.submit(loop::run);
            script.play(loop, screen, engine);
            return running.get(20, TimeUnit.SECONDS);
        }
    }

    private static void type(Loop loop, String text) {
        text.codePoints()
                .forEach(c -> loop.post(new Msg.KeyPressed(Key.typed(Character.toString(c)))));
    }

    private Path log(String text) throws IOException {
        return Files.writeString(folder.resolve("output.log"), text);
    }

    @Test
    void spawnsReadsKillsAndQuitsByKeys() throws Exception {
        play(
                List.of(),
                (loop, screen, _) -> {
                    screen.await("the empty view", text -> text.contains("Nothing simmers"));
                    type(loop, "nsleep 100 &");
                    loop.post(new Msg.KeyPressed(Key.of(Key.Name.ENTER)));
                    screen.await("the task", text -> text.contains("sleep") && text.contains("●"));
                    Files.writeString(folder.resolve("1.log"), "hello from the task\n");
                    screen.await("the log", text -> text.contains("│ hello from the task"));
                    type(loop, "x");
                    screen.await("the end", text -> text.contains("killed"));
                    type(loop, "q");
                });
    }

    @Test
    void leavesWhileTasksGoOn() throws Exception {
        TaskView task = Samples.task(1, "web", Kind.SERVICE, Phase.RUNNING, "", log("up\n"));
        String farewell =
                play(
                        List.of(task),
                        (loop, screen, engine) -> {
                            screen.await("the task", text -> text.contains("running"));
                            type(loop, "q");
                            assertThat(engine.snapshot().tasks()).containsExactly(task);
                        });
        assertThat(farewell).isEqualTo("1 task goes on; `simmer` shows it again");
    }

    @Test
    void goesOnWhenTheEngineBeginsAnew() throws Exception {
        TaskView web = Samples.task(1, "web", Kind.SERVICE, Phase.RUNNING, "", log("up\n"));
        TaskView old = Samples.task(2, "old", Kind.JOB, Phase.SUCCEEDED, "", log("up\n"));
        play(
                List.of(web, old),
                (loop, screen, engine) -> {
                    screen.await("both", text -> text.contains("old") && text.contains("web"));
                    type(loop, "j");
                    engine.trouble("the supervisor has gone; starting it again");
                    engine.publish();
                    screen.await(
                            "the trouble above the table",
                            text ->
                                    text.contains(" ! the supervisor has gone; starting it again")
                                            && text.contains("web"));
                    engine.trouble(null);
                    engine.restart(List.of(web));
                    engine.publish();
                    screen.await(
                            "what is left",
                            text -> !text.contains("the supervisor") && !text.contains("old"));
                    type(loop, "x");
                    screen.await("the end", text -> text.contains("killed"));
                    type(loop, "q");
                });
    }

    @Test
    void terminalThatIsGoneIsNoCrash() throws Exception {
        TaskView task = Samples.task(1, "web", Kind.SERVICE, Phase.RUNNING, "", log("up\n"));
        assertThatThrownBy(() ->
                        play(
                                List.of(task),
                                (loop, screen, _) -> {
                                    screen.await("the task", text -> text.contains("running"));
                                    loop.inputEnded();
                                }))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void cleansAndRenames() throws Exception {
        TaskView web = Samples.task(1, "web", Kind.SERVICE, Phase.RUNNING, "", log("up\n"));
        TaskView old = Samples.task(2, "oldest", Kind.JOB, Phase.SUCCEEDED, "", log("up\n"));
        play(
                List.of(web, old),
                (loop, screen, _) -> {
                    screen.await("both", text -> text.contains("oldest"));
                    type(loop, "c");
                    screen.await("what is left", text -> !text.contains("oldest"));
                    screen.await("the way back", text -> text.contains("u brings it back"));
                    type(loop, "R-2");
                    loop.post(new Msg.KeyPressed(Key.of(Key.Name.ENTER)));
                    screen.await("the name", text -> text.contains("web-2"));
                    type(loop, "q");
                });
    }

    @Test
    void showsWhatAnAgentHasLeft() throws Exception {
        Files.writeString(AgentSamples.raw(folder, 1), "{\"type\":\"result\"}\n");
        Files.writeString(AgentSamples.transcript(folder, 1), "I looked at it.\n");
        Path diff = AgentSamples.diff(folder, 1);
        Files.writeString(diff, String.join("\n", AgentSamples.diff()) + "\n");
        Path report = folder.resolve("report.md");
        Files.writeString(report, "# What was found\u001b]0;title\u0007\n");
        AgentRun run =
                AgentSamples.ended(
                        AgentVerdict.COMPLETED, Optional.of(report), Optional.of(diff), List.of());
        TaskView task = AgentSamples.task(1, "audit", Phase.SUCCEEDED, folder, run);
        play(
                List.of(task),
                (loop, screen, _) -> {
                    screen.await("the transcript", text -> text.contains("│ I looked at it."));
                    type(loop, "o");
                    screen.await("the stream", text -> text.contains("│ {\"type\":\"result\"}"));
                    type(loop, "d");
                    screen.await(
                            "the diff",
                            text ->
                                    text.contains("· diff: 2 files, +4 −1")
                                            && text.contains("│ diff --git a/src/auth/token.py"));
                    type(loop, "v");
                    screen.await(
                            "the report",
                            text ->
                                    text.contains("audit · report")
                                            && text.contains("│ # What was found"));
                    loop.post(new Msg.KeyPressed(Key.of(Key.Name.ESCAPE)));
                    screen.await("the transcript", text -> text.contains("audit · transcript"));
                    type(loop, "q");
                });
    }

    @Test
    void followsALogThatGrows() throws Exception {
        Path log = log("first\n");
        TaskView task = Samples.task(1, "web", Kind.SERVICE, Phase.RUNNING, "", log);
        play(
                List.of(task),
                (loop, screen, engine) -> {
                    screen.await("the log", text -> text.contains("│ first"));
                    Files.writeString(log, "second\n\u001b[2Jthird", StandardOpenOption.APPEND);
                    screen.await("what was added", text -> text.contains("│ third"));
                    engine.change(task.id(), t -> FakeEngine.in(t, Phase.SUCCEEDED));
                    engine.publish();
                    screen.await("the end", text -> text.contains("succeeded"));
                    type(loop, "q");
                });
    }

    @Test
    void searchFindsALineFarAway() throws Exception {
        StringBuilder text = new StringBuilder("needle at the top\n");
        for (int i = 0; i < 100_000; i++) {
            text.append("line ").append(i).append('\n');
        }
        Path log = log(text.toString());
        TaskView task = Samples.task(1, "web", Kind.SERVICE, Phase.SUCCEEDED, "", log);
        play(
                List.of(task),
                (loop, screen, _) -> {
                    screen.await("the end", shown -> shown.contains("line 99999"));
                    loop.post(new Msg.KeyPressed(Key.of(Key.Name.ENTER)));
                    type(loop, "/needle");
                    loop.post(new Msg.KeyPressed(Key.of(Key.Name.ENTER)));
                    screen.await("the hit", shown -> shown.contains("│ needle at the top"));
                    type(loop, "q");
                });
    }

    @Test
    void whatWasChosenIsRemembered() throws Exception {
        TaskView task = Samples.task(1, "web", Kind.JOB, Phase.SUCCEEDED, "", log("done\n"));
        play(
                List.of(task),
                (loop, screen, _) -> {
                    screen.await("the last line", text -> text.contains("14s done"));
                    assertThat(remembered).as("nothing was chosen yet").isEmpty();
                    type(loop, "L");
                    screen.await("the layout", text -> text.contains("layout: beside"));
                    type(loop, "Pq");
                });
        assertThat(remembered.getLast().words("layout")).containsExactly("beside");
        assertThat(remembered.getLast().words("pinned")).as("at the end").containsExactly("web");
    }

    @Test
    void drawsNothingWhileNothingHappens() throws Exception {
        Path log = log("done\n");
        TaskView task = Samples.task(1, "web", Kind.JOB, Phase.SUCCEEDED, "", log);
        play(
                List.of(task),
                (loop, screen, engine) -> {
                    screen.await("the last line", text -> text.contains("14s done"));
                    int before = screen.frames();
                    for (int i = 0; i < 50; i++) {
                        engine.publish();
                        loop.post(new Msg.LogPoll());
                    }
                    type(loop, "?");
                    screen.await("the help", text -> text.contains("Keys"));
                    assertThat(screen.frames()).isLessThanOrEqualTo(before + 2);
                    type(loop, "?q");
                });
    }

    @Test
    void manyMessagesAreFewFrames() throws Exception {
        play(
                List.of(),
                (loop, screen, _) -> {
                    screen.await("the empty view", text -> text.contains("Nothing simmers"));
                    int before = screen.frames();
                    type(loop, "n" + "x".repeat(3_000) + "END");
                    screen.await("what was typed", text -> text.contains("xEND"));
                    assertThat(screen.frames() - before).isLessThan(300);
                    loop.post(new Msg.KeyPressed(Key.of(Key.Name.ESCAPE)));
                    type(loop, "q");
                });
    }

    @Test
    void crashLeavesItsTrace() throws IOException {
        String told = Dashboard.crashed(folder.resolve("new"), new IllegalStateException("boom"));
        try (var files = Files.list(folder.resolve("new"))) {
            Path file = files.findFirst().orElseThrow();
            assertThat(told).contains(file.toString());
            assertThat(Files.readString(file))
                    .contains("IllegalStateException: boom")
                    .contains("LoopTest.crashLeavesItsTrace");
        }
    }
}
