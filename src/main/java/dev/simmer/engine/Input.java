package dev.simmer.engine;

import dev.simmer.engine.ports.Ending;
import dev.simmer.engine.ports.HostSample;
import dev.simmer.engine.ports.UsageSample;
import dev.simmer.model.AgentRun;
import dev.simmer.model.AttemptId;
import dev.simmer.model.Reply;
import dev.simmer.model.Request;
import dev.simmer.model.Snapshot;
import dev.simmer.scheduler.Event;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/** What the engine's thread is handed. */
sealed interface Input {
    /** Somebody asks for something. */
    record Asked(Request request, CompletableFuture<Reply> reply) implements Input {}

    /** Something has happened to an attempt; the event gets its time when it is handled. */
    record Happened(Function<Moment, Event> event) implements Input {}

    /** A main process has ended, and nobody has looked at its output yet. */
    record Exited(AttemptId attempt, Ending ending) implements Input {}

    /** The last leftover has ended. */
    record Gone(AttemptId attempt) implements Input {}

    /** An attempt has no control group of its own although it was to have one. */
    record NotIsolated(AttemptId attempt, String why) implements Input {}

    /** More is known of what an agent does. */
    record Progressed(AttemptId attempt, AgentRun run) implements Input {}

    /** The host has been looked at. */
    record Sampled(HostSample host, Map<AttemptId, UsageSample> usage) implements Input {}

    /** The host could not be looked at; why, in words. */
    record Unseen(String words) implements Input {}

    /** A new listener wants the newest snapshot. */
    record Subscribed(Consumer<Snapshot> listener) implements Input {}

    /** A time and a chance. */
    record Moment(long at, double jitter) {}
}
