package dev.simmer.config;

import dev.simmer.model.Kind;
import java.util.List;
import java.util.Optional;

/**
 * A task that a project's own files speak of.
 *
 * @param name fit for a task file
 * @param run the command, for {@code sh -c}
 * @param kind job or service
 * @param needs names of other tasks that were found
 * @param lock a lock that it holds; empty: none
 * @param readyLog a pattern of the line that a service says when it is ready; empty: not known
 * @param autostart whether it starts with the workspace
 * @param source the file that speaks of it
 */
public record FoundTask(
        String name,
        String run,
        Kind kind,
        List<String> needs,
        Optional<String> lock,
        Optional<String> readyLog,
        boolean autostart,
        String source) {
    public FoundTask {
        needs = List.copyOf(needs);
    }

    /** A job that starts with the workspace and needs nothing. */
    static FoundTask job(String name, String run, String source) {
        return new FoundTask(
                name, run, Kind.JOB, List.of(), Optional.empty(), Optional.empty(), true, source);
    }

    /** A service that starts with the workspace. */
    static FoundTask service(String name, String run, String source) {
        return new FoundTask(
                name,
                run,
                Kind.SERVICE,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                true,
                source);
    }

    FoundTask named(String other) {
        return new FoundTask(other, run, kind, needs, lock, readyLog, autostart, source);
    }

    FoundTask needing(List<String> others) {
        return new FoundTask(name, run, kind, others, lock, readyLog, autostart, source);
    }

    FoundTask locking(String held) {
        return new FoundTask(
                name, run, kind, needs, Optional.of(held), readyLog, autostart, source);
    }

    FoundTask readyAt(Optional<String> pattern) {
        return new FoundTask(name, run, kind, needs, lock, pattern, autostart, source);
    }

    FoundTask onDemand() {
        return new FoundTask(name, run, kind, needs, lock, readyLog, false, source);
    }
}
