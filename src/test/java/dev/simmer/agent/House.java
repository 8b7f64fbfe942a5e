package dev.simmer.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.agent.report.ReportCheck;
import dev.simmer.agent.report.ReportName;
import dev.simmer.engine.LocalEngine;
import dev.simmer.engine.ports.Clock;
import dev.simmer.engine.ports.HostSample;
import dev.simmer.engine.ports.Processes;
import dev.simmer.engine.ports.TaskStore;
import dev.simmer.model.AgentSpec;
import dev.simmer.model.Command;
import dev.simmer.model.Kind;
import dev.simmer.model.Limits;
import dev.simmer.model.Phase;
import dev.simmer.model.Reply;
import dev.simmer.model.Request;
import dev.simmer.model.Snapshot;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.TaskView;
import dev.simmer.model.WorkspaceId;
import dev.simmer.process.ShimProcesses;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** An engine with real processes, a home and a workspace with a session file. */
final class House implements AutoCloseable {
    static final String SESSION = ".agents/sessions/20260123-140000-auth.md";

    /** What stands for the folder of an agent's files. */
    static final String AT = "/=files=";

    private static final long LIMIT_SECONDS = 60;
    private static final long GIB = 1L << 30;

    final Path home;
    final Path workspace;
    final LocalEngine engine;

    House(Path folder, AgentTiming timing, TaskStore store) throws IOException {
        home = folder.resolve("home");
        workspace = Files.createDirectories(folder.resolve("workspace"));
        Function<Processes.Listener, Processes> shims = ShimProcesses::new;
        engine =
                new LocalEngine(
                        listener ->
                                new AgentProcesses(
                                        shims, listener, home.resolve("worktrees"), timing),
                        () ->
                                new HostSample(
                                        64 * GIB, 60 * GIB, OptionalLong.empty(), 16, 0.1, 0.1),
                        _ -> Map.of(),
                        Clock.system(),
                        new SplittableRandom(1),
                        home.resolve("runs"),
                        store,
                        (_, _) -> {});
    }

    House(Path folder) throws IOException {
        this(folder, AgentTiming.USUAL, TaskStore.NONE);
    }

    /** Writes a session file without entries. */
    void session() throws IOException {
        Path file = workspace.resolve(SESSION);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "---\nsession: auth # the feature\n---\n# Notes\n");
    }

    String sessionText() throws IOException {
        return Files.readString(workspace.resolve(SESSION));
    }

    /** How an agent is planned whose program is a script that is given to it as a file. */
    static AgentSpec.Planned planned(String id, String script) {
        Map<String, String> files = new TreeMap<>();
        files.put("program.sh", script);
        return new AgentSpec.Planned(
                "auditor",
                "claude",
                id,
                "Audit the code",
                report(id),
                Optional.of(SESSION),
                new AgentSpec.Tools(Optional.empty(), Set.of(), false),
                AgentSpec.Limits.NONE,
                false,
                List.of(),
                new TreeMap<>(files),
                AT,
                Optional.empty());
    }

    static String report(String id) {
        return ReportName.FOLDER + "/" + id + ".md";
    }

    TaskSpec task(AgentSpec.Planned planned, String... arguments) {
        List<String> words =
                Stream.concat(Stream.of("/bin/sh", AT + "/program.sh"), Stream.of(arguments))
                        .toList();
        return TaskSpec.named(
                        planned.agentId(), new WorkspaceId(workspace), new Command.Exec(words))
                .kind(Kind.AGENT)
                .agent(planned)
                .build();
    }

    /** The id of a task that is given to the engine. */
    TaskId start(TaskSpec spec) {
        return start(List.of(spec)).getFirst();
    }

    List<TaskId> start(List<TaskSpec> specs) {
        Limits limits = Limits.DEFAULT;
        Reply reply =
                get(
                        engine.submit(
                                new Request.Spawn(specs, limits, false, Request.Existing.REFUSE)));
        assertThat(reply).isInstanceOf(Reply.Accepted.class);
        return ((Reply.Accepted) reply).ids();
    }

    void ask(Request request) {
        assertThat(get(engine.submit(request))).isInstanceOf(Reply.Accepted.class);
    }

    /** Starts a task and waits for its end. */
    TaskView run(TaskSpec spec) {
        return ended(start(spec));
    }

    TaskView ended(TaskId id) {
        return await(id, task -> task.outcome().isPresent());
    }

    TaskView running(TaskId id) {
        return await(id, task -> task.phase() == Phase.RUNNING);
    }

    /** Waits until a task is as wanted. */
    TaskView await(TaskId id, Predicate<TaskView> wanted) {
        CompletableFuture<TaskView> found = new CompletableFuture<>();
        try (var _ = engine.subscribe(snapshot -> look(snapshot, id, wanted, found))) {
            return get(found);
        }
    }

    private static void look(
            Snapshot snapshot,
            TaskId id,
            Predicate<TaskView> wanted,
            CompletableFuture<TaskView> found) {
        snapshot.task(id).filter(wanted).ifPresent(found::complete);
    }

    private <T> T get(CompletableFuture<T> future) {
        try {
            return future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        } catch (TimeoutException e) {
            throw new AssertionError("not in time; there is " + engine.snapshot().tasks(), e);
        }
    }

    /** The names of all reports. */
    List<String> reports() throws IOException {
        Path folder = workspace.resolve(ReportName.FOLDER);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    String reportText(String name) throws IOException {
        return Files.readString(workspace.resolve(ReportName.FOLDER).resolve(name));
    }

    ReportCheck check(String name) throws IOException {
        return ReportCheck.of(reportText(name).getBytes(StandardCharsets.UTF_8), Optional.empty());
    }

    /** The lines of an agent's entry in the session file. */
    List<String> entry(String id) throws IOException {
        List<String> lines = sessionText().lines().toList();
        int at = 0;
        while (at < lines.size() && !lines.get(at).contains("id: \"" + id + "\"")) {
            at++;
        }
        return lines.subList(at, Math.min(lines.size(), at + 5)).stream()
                .map(String::strip)
                .toList();
    }

    /** The specification as another one, for a test that wants something else of it. */
    static AgentSpec.Planned with(AgentSpec.Planned planned, UnaryOperator<PlannedDraft> change) {
        return change.apply(new PlannedDraft(planned)).planned();
    }

    @Override
    public void close() {
        engine.close();
    }
}
