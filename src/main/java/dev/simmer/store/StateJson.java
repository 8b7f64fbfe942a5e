package dev.simmer.store;

import dev.simmer.engine.ports.StoredState;
import dev.simmer.engine.ports.StoredState.Active;
import dev.simmer.engine.ports.StoredState.Progress;
import dev.simmer.engine.ports.StoredTask.StoredNeed;
import dev.simmer.json.JsonFault;
import dev.simmer.json.JsonMembers;
import dev.simmer.json.JsonObject;
import dev.simmer.json.OutcomeJson;
import dev.simmer.model.ExitStatus;
import dev.simmer.model.Need;
import dev.simmer.model.Outcome;
import dev.simmer.model.StopCause;
import dev.simmer.model.TaskId;
import java.util.Optional;

/** What is true of a task in JSON; {@code type} says which state it is. */
final class StateJson {
    private StateJson() {}

    /** How a state is called in JSON, and in the column for those that ask. */
    static String word(StoredState state) {
        return switch (state) {
            case StoredState.Dormant _ -> "dormant";
            case StoredState.Blocked _ -> "blocked";
            case StoredState.Queued _ -> "queued";
            case StoredState.Backoff _ -> "backoff";
            case StoredState.Starting _ -> "starting";
            case StoredState.Running _ -> "running";
            case StoredState.Paused _ -> "paused";
            case StoredState.Stopping _ -> "stopping";
            case StoredState.Ended _ -> "ended";
        };
    }

    /** The attempt that runs in a state. */
    static Optional<Active> active(StoredState state) {
        return switch (state) {
            case StoredState.Starting(Active attempt) -> Optional.of(attempt);
            case StoredState.Running(Active attempt, _) -> Optional.of(attempt);
            case StoredState.Paused(Active attempt, _, _, _) -> Optional.of(attempt);
            case StoredState.Stopping(Active attempt, _, _, _, _) -> Optional.of(attempt);
            case StoredState.Dormant _,
                    StoredState.Blocked _,
                    StoredState.Queued _,
                    StoredState.Backoff _,
                    StoredState.Ended _ ->
                    Optional.empty();
        };
    }

    static void write(JsonObject to, StoredState state) {
        to.put("type", word(state));
        switch (state) {
            case StoredState.Dormant() -> {}
            case StoredState.Blocked(long since) -> to.put("since", since);
            case StoredState.Queued(long since) -> to.put("since", since);
            case StoredState.Backoff(long until, Outcome last) ->
                    to.put("until", until).putObject("last", last, OutcomeJson::write);
            case StoredState.Starting(Active attempt) ->
                    to.putObject("attempt", attempt, StateJson::write);
            case StoredState.Running(Active attempt, Progress progress) ->
                    to.putObject("attempt", attempt, StateJson::write)
                            .putObject("progress", progress, StateJson::write);
            case StoredState.Paused(
                            Active attempt,
                            Progress progress,
                            long since,
                            boolean forMemory) ->
                    to.putObject("attempt", attempt, StateJson::write)
                            .putObject("progress", progress, StateJson::write)
                            .put("since", since)
                            .put("for_memory", forMemory);
            case StoredState.Stopping(
                            Active attempt,
                            StopCause cause,
                            long killAt,
                            boolean killed,
                            Optional<ExitStatus> exit) -> {
                to.putObject("attempt", attempt, StateJson::write)
                        .putObject("cause", cause, OutcomeJson::write)
                        .put("kill_at", killAt)
                        .put("killed", killed);
                exit.ifPresent(status -> to.putObject("exit", status, OutcomeJson::write));
            }
            case StoredState.Ended(long at, Outcome outcome) ->
                    to.put("at", at).putObject("outcome", outcome, OutcomeJson::write);
        }
    }

    static StoredState state(JsonMembers from) throws JsonFault {
        String type = from.text("type");
        return switch (type) {
            case "dormant" -> new StoredState.Dormant();
            case "blocked" -> new StoredState.Blocked(from.whole("since"));
            case "queued" -> new StoredState.Queued(from.whole("since"));
            case "backoff" ->
                    new StoredState.Backoff(
                            from.whole("until"), from.read("last", OutcomeJson::outcome));
            case "starting" -> new StoredState.Starting(attempt(from));
            case "running" -> new StoredState.Running(attempt(from), progress(from));
            case "paused" ->
                    new StoredState.Paused(
                            attempt(from),
                            progress(from),
                            from.whole("since"),
                            from.flag("for_memory", false));
            case "stopping" ->
                    new StoredState.Stopping(
                            attempt(from),
                            from.read("cause", OutcomeJson::stopCause),
                            from.whole("kill_at"),
                            from.flag("killed", false),
                            from.readIfAny("exit", OutcomeJson::exitStatus));
            case "ended" ->
                    new StoredState.Ended(
                            from.whole("at"), from.read("outcome", OutcomeJson::outcome));
            default -> throw from.unknown("type", type);
        };
    }

    private static void write(JsonObject to, Active active) {
        to.put("number", active.number()).put("admitted_at", active.admittedAt());
        if (active.startedAt().isPresent()) {
            to.put("started_at", active.startedAt());
        }
        to.put("rss_bytes", active.rssBytes())
                .put("peak_rss_bytes", active.peakRssBytes())
                .put("alone", active.alone());
    }

    private static Active attempt(JsonMembers from) throws JsonFault {
        return from.read(
                "attempt",
                in ->
                        new Active(
                                in.count("number"),
                                in.whole("admitted_at"),
                                in.wholeIfAny("started_at"),
                                in.whole("rss_bytes", 0),
                                in.whole("peak_rss_bytes", 0),
                                in.flag("alone", false)));
    }

    private static void write(JsonObject to, Progress progress) {
        to.put("ready", progress.ready()).put("healthy_since", progress.healthySince());
        if (progress.timeoutAt().isPresent()) {
            to.put("timeout_at", progress.timeoutAt());
        }
        if (progress.readyBy().isPresent()) {
            to.put("ready_by", progress.readyBy());
        }
    }

    private static Progress progress(JsonMembers from) throws JsonFault {
        return from.read(
                "progress",
                in ->
                        new Progress(
                                in.flag("ready", false),
                                in.whole("healthy_since"),
                                in.wholeIfAny("timeout_at"),
                                in.wholeIfAny("ready_by")));
    }

    static void write(JsonObject to, StoredNeed need) {
        to.put("task", need.task().value())
                .put("name", need.name())
                .putWord("condition", need.condition());
    }

    static StoredNeed need(JsonMembers from) throws JsonFault {
        return new StoredNeed(
                new TaskId(from.whole("task")),
                from.text("name"),
                from.word("condition", Need.Condition.values()));
    }
}
