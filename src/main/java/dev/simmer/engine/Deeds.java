package dev.simmer.engine;

import dev.simmer.engine.ports.EventLog;
import dev.simmer.engine.ports.Launch;
import dev.simmer.engine.ports.Processes;
import dev.simmer.model.AttemptId;
import dev.simmer.model.MemoryEstimate;
import dev.simmer.model.StopCause;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskSpec;
import dev.simmer.scheduler.Effect;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Has what was decided done, in its order, by ports that never block. For one thread. */
final class Deeds {
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");

    /** The hard limit of a task of which nothing is known is at least this. */
    private static final long GUESSED_LIMIT = 2L << 30;

    private final Processes processes;
    private final Sampler sampler;
    private final Path runs;
    private final Predicate<AttemptId> sameBoot;
    private final Function<AttemptId, Optional<StopCause>> causes;
    private final EventLog events;
    private final List<Effect> waiting = new ArrayList<>();

    /**
     * @param runs the folder for run folders
     * @param sameBoot whether an attempt was started since the machine was
     * @param causes why an attempt is being stopped
     */
    Deeds(
            Processes processes,
            Sampler sampler,
            Path runs,
            Predicate<AttemptId> sameBoot,
            Function<AttemptId, Optional<StopCause>> causes,
            EventLog events) {
        this.processes = processes;
        this.sampler = sampler;
        this.runs = runs;
        this.sameBoot = sameBoot;
        this.causes = causes;
        this.events = events;
    }

    void add(List<Effect> effects) {
        waiting.addAll(effects);
    }

    /** Does everything. */
    void all() {
        waiting.forEach(this::carryOut);
        waiting.clear();
    }

    /**
     * Does what may be done before it is saved: what ends processes, gives back room or only looks.
     * Nothing new is started, nothing is removed, and what is done to one attempt keeps its order.
     */
    void urgent() {
        Set<AttemptId> held = new HashSet<>();
        List<Effect> left = new ArrayList<>();
        for (Effect effect : waiting) {
            Optional<AttemptId> attempt = attempt(effect);
            boolean free = attempt.isEmpty() || !held.contains(attempt.get());
            if (free && urgent(effect)) {
                carryOut(effect);
            } else {
                left.add(effect);
                attempt.ifPresent(held::add);
            }
        }
        waiting.clear();
        waiting.addAll(left);
    }

    private static boolean urgent(Effect effect) {
        return switch (effect) {
            case Effect.SpawnProcess _, Effect.DiscardTask _ -> false;
            case Effect.AdoptProcess _,
                    Effect.SignalProcesses _,
                    Effect.KillProcesses _,
                    Effect.ProbeReadiness _,
                    Effect.ReleaseAttempt _,
                    Effect.Record _,
                    Effect.SampleHost _ ->
                    true;
        };
    }

    private static Optional<AttemptId> attempt(Effect effect) {
        return switch (effect) {
            case Effect.SpawnProcess(AttemptId id, var _, var _) -> Optional.of(id);
            case Effect.AdoptProcess(AttemptId id, var _) -> Optional.of(id);
            case Effect.SignalProcesses(AttemptId id, var _) -> Optional.of(id);
            case Effect.KillProcesses(AttemptId id) -> Optional.of(id);
            case Effect.ProbeReadiness(AttemptId id, var _) -> Optional.of(id);
            case Effect.ReleaseAttempt(AttemptId id, boolean _) -> Optional.of(id);
            case Effect.DiscardTask _, Effect.Record _, Effect.SampleHost _ -> Optional.empty();
        };
    }

    private void carryOut(Effect effect) {
        switch (effect) {
            case Effect.SpawnProcess(AttemptId attempt, TaskSpec spec, MemoryEstimate expected) ->
                    processes.spawn(
                            new Launch(attempt, spec, folder(attempt), limit(spec, expected)));
            case Effect.AdoptProcess(AttemptId attempt, TaskSpec spec) -> {
                processes.adopt(
                        new Launch(attempt, spec, folder(attempt), OptionalLong.empty()),
                        sameBoot.test(attempt));
                tellCause(attempt);
            }
            case Effect.SignalProcesses(AttemptId attempt, var signal) -> {
                tellCause(attempt);
                processes.signal(attempt, signal);
            }
            case Effect.KillProcesses(AttemptId attempt) -> {
                tellCause(attempt);
                processes.kill(attempt);
            }
            case Effect.ProbeReadiness(AttemptId attempt, var probe) ->
                    processes.probe(attempt, probe);
            case Effect.ReleaseAttempt(AttemptId attempt, boolean keepTmp) ->
                    processes.release(attempt, keepTmp);
            case Effect.DiscardTask(TaskId task) -> processes.discard(folder(task));
            case Effect.Record(TaskId task, String words) -> events.write(task, words);
            case Effect.SampleHost _ -> sampler.soon();
        }
    }

    private void tellCause(AttemptId attempt) {
        causes.apply(attempt).ifPresent(cause -> processes.stopping(attempt, cause));
    }

    /**
     * The hard memory limit of a task that wants one: what it declares, also after an attempt has
     * died of it; else what it is expected to need and as much again, as nobody promised that it
     * would be right; and a guess is no reason to kill a task that uses less than most tasks may.
     */
    static OptionalLong limit(TaskSpec spec, MemoryEstimate expected) {
        if (!spec.isolateMemory()) {
            return OptionalLong.empty();
        }
        if (spec.memory().orElse(0) > 0) {
            return spec.memory();
        }
        return OptionalLong.of(
                switch (expected.source()) {
                    case LEARNED, RAISED -> 2 * expected.bytes();
                    case DECLARED, GUESSED -> Math.max(2 * expected.bytes(), GUESSED_LIMIT);
                });
    }

    /**
     * Has the folders of tasks removed that have been forgotten by an engine that ended before it
     * could do that.
     *
     * @param reader lists the folders
     * @param known all tasks
     * @param lastTaskId the largest number that a task had; folders of larger ones are new
     */
    void sweep(Executor reader, Set<TaskId> known, long lastTaskId) {
        reader.execute(() -> {
            try (Stream<Path> folders = Files.list(runs)) {
                folders.filter(each -> forgotten(each, known, lastTaskId))
                        .forEach(processes::discard);
            } catch (IOException | UncheckedIOException e) {
                // There is no such folder yet, or it cannot be read: then nothing is removed.
                return;
            }
        });
    }

    private static boolean forgotten(Path folder, Set<TaskId> known, long lastTaskId) {
        String name = String.valueOf(folder.getFileName());
        if (!NUMBER.matcher(name).matches()) {
            return false;
        }
        long id = Long.parseLong(name);
        return id <= lastTaskId && !known.contains(new TaskId(id));
    }

    /** Where the runs of a task are. */
    Path folder(TaskId task) {
        return runs.resolve(task.toString());
    }

    /** Where an attempt's run is. */
    Path folder(AttemptId attempt) {
        return folder(attempt.task()).resolve(Integer.toString(attempt.number()));
    }
}
