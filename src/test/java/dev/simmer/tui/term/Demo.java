package dev.simmer.tui.term;

import dev.simmer.model.AgentRun;
import dev.simmer.model.CallerEnvironment;
import dev.simmer.model.Kind;
import dev.simmer.model.Limits;
import dev.simmer.model.Phase;
import dev.simmer.model.Reply;
import dev.simmer.model.Request;
import dev.simmer.model.TaskView;
import dev.simmer.tui.model.AgentSamples;
import dev.simmer.tui.model.Keymap;
import dev.simmer.tui.model.Lookups;
import dev.simmer.tui.model.Samples;
import dev.simmer.tui.settings.RememberedFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * Shows the dashboard over an engine without processes, to be looked at in a terminal. Arguments:
 * the sort of tasks (empty, mix, agents, many, huge, idle, noisy, binary; crash breaks at the first
 * request) and the theme.
 */
public final class Demo {
    private Demo() {}

    /** Runs it. */
    public static void main(String[] arguments) throws IOException {
        String sort = arguments.length > 0 ? arguments[0] : "mix";
        String theme = arguments.length > 1 ? arguments[1] : "simmer-dark";
        Path folder = Files.createTempDirectory("simmer-demo");
        List<TaskView> tasks = tasks(sort, folder);
        FakeEngine engine =
                sort.equals("crash")
                        ? new FakeEngine(folder, Samples.HOST, tasks) {
                            @Override
                            public CompletableFuture<Reply> submit(Request request) {
                                throw new IllegalStateException("a planted bug");
                            }
                        }
                        : new FakeEngine(folder, Samples.HOST, tasks);
        Thread writer = Thread.ofPlatform().daemon().start(() -> write(sort, tasks));
        DashboardSetup setup =
                new DashboardSetup(
                        engine,
                        "shop",
                        Samples.FOLDER,
                        Limits.DEFAULT,
                        new CallerEnvironment(System.getenv()),
                        Samples::interactive,
                        java.util.Map.of(),
                        List.of(Path.of("themes")),
                        theme,
                        System.getenv(),
                        Keymap.DEFAULT,
                        RememberedFile.of(folder, Samples.FOLDER),
                        Lookups.NONE,
                        folder,
                        () -> TellingWays.NONE,
                        List.of());
        int code = Dashboard.run(setup);
        writer.interrupt();
        System.exit(code);
    }

    private static List<TaskView> tasks(String sort, Path folder) throws IOException {
        Path log = Files.writeString(folder.resolve("output.log"), sampleLog());
        List<TaskView> tasks = new ArrayList<>();
        switch (sort) {
            case "empty" -> {}
            case "agents" -> tasks.addAll(agents(folder));
            case "mix", "crash" -> tasks.addAll(Samples.everyPhase(log));
            default -> {
                int count = sort.equals("huge") ? 1_200 : 200;
                for (int i = 1; i <= count; i++) {
                    Phase phase =
                            sort.equals("idle")
                                    ? i % 9 == 0 ? Phase.FAILED : Phase.SUCCEEDED
                                    : List.of(Phase.values()).get(i % 13);
                    if (sort.equals("noisy") && i <= 20) {
                        phase = Phase.RUNNING;
                    }
                    Path own = folder.resolve(i + ".log");
                    Files.writeString(own, sampleLog());
                    tasks.add(
                            FakeEngine.in(
                                    Samples.task(i, "task-" + i, Kind.JOB, phase, "", own), phase));
                }
            }
        }
        return tasks;
    }

    /** Agents whose moments lie around now. */
    private static List<TaskView> agents(Path folder) throws IOException {
        Path report = Files.writeString(folder.resolve("report.md"), text(AgentSamples.report()));
        List<TaskView> tasks = new ArrayList<>();
        for (TaskView task : AgentSamples.each(folder)) {
            long id = task.id().value();
            Files.writeString(AgentSamples.raw(folder, id), text(AgentSamples.stream()));
            Files.writeString(AgentSamples.transcript(folder, id), text(AgentSamples.transcript()));
            Files.writeString(AgentSamples.diff(folder, id), text(AgentSamples.diff()));
            tasks.add(
                    task.agent()
                            .map(run -> AgentSamples.doing(task, now(run, report)))
                            .orElse(task));
        }
        return tasks;
    }

    private static String text(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }

    private static AgentRun now(AgentRun run, Path report) {
        Duration later = Duration.between(Samples.NOW, Instant.now());
        return new AgentRun(
                run.state(),
                run.doing(),
                run.since().plus(later),
                run.until().map(until -> until.plus(later)),
                run.turns(),
                run.tools(),
                run.tokensIn(),
                run.tokensOut(),
                run.costUsd(),
                run.costEstimated(),
                run.programSession(),
                run.verdict(),
                run.report().map(_ -> report),
                run.diff(),
                run.notes());
    }

    private static String sampleLog() {
        StringBuilder log = new StringBuilder();
        for (int i = 1; i <= 300; i++) {
            log.append("\u001b[2m12:00:").append(i % 60).append("\u001b[0m ");
            log.append(
                    switch (i % 6) {
                        case 0 -> "\u001b[32mcompiled\u001b[0m src/cart/total.ts in " + i + " ms";
                        case 1 -> "GET /api/orders?page=" + i + " \u001b[36m200\u001b[0m 12 ms";
                        case 2 -> "\u001b[33mwarning\u001b[0m unused import in src/auth/token.py";
                        case 3 -> "request 日本語 🙂 done";
                        case 4 -> "\u001b[1;31merror\u001b[0m connection reset by peer, retrying";
                        default -> "a long line: " + "lorem ipsum dolor sit amet ".repeat(8);
                    });
            log.append('\n');
        }
        return log.toString();
    }

    private static void write(String sort, List<TaskView> tasks) {
        if (sort.equals("agents")) {
            speak(tasks.getFirst().shownLog().orElseThrow());
            return;
        }
        if (!sort.equals("noisy") && !sort.equals("binary")) {
            return;
        }
        if (sort.equals("binary")) {
            binary(tasks.get(1).log().orElseThrow());
            return;
        }
        Path log = tasks.getFirst().log().orElseThrow();
        String block = sampleLog().repeat(8);
        try (BufferedWriter out = Files.newBufferedWriter(log, StandardOpenOption.APPEND)) {
            for (int i = 0; i < 60_000 && !Thread.interrupted(); i++) {
                out.write(block);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What an agent's transcript gets, a line each half second. */
    private static void speak(Path transcript) {
        try {
            for (int i = 0; i < 600; i++) {
                Thread.sleep(500);
                String line = "\u001b[36mRead src/file" + i + ".ts → 12 lines\u001b[0m\n";
                Files.writeString(transcript, line, StandardOpenOption.APPEND);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a task that prints random bytes writes, some megabytes of it. */
    private static void binary(Path log) {
        Random random = new Random(1);
        byte[] block = new byte[64 * 1024];
        try (OutputStream out = Files.newOutputStream(log, StandardOpenOption.APPEND)) {
            for (int i = 0; i < 4_000 && !Thread.interrupted(); i++) {
                random.nextBytes(block);
                out.write(block);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
