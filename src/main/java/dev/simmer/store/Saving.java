package dev.simmer.store;

import dev.simmer.engine.ports.Batch;
import dev.simmer.engine.ports.ClockMark;
import dev.simmer.engine.ports.PeakKey;
import dev.simmer.engine.ports.StoredAttempt;
import dev.simmer.engine.ports.StoredState;
import dev.simmer.engine.ports.StoredState.Active;
import dev.simmer.engine.ports.StoredTask;
import dev.simmer.engine.ports.StoredWorkspace;
import dev.simmer.json.AgentJson;
import dev.simmer.json.JsonObject;
import dev.simmer.json.OutcomeJson;
import dev.simmer.json.PolicyJson;
import dev.simmer.json.RequestJson;
import dev.simmer.json.SpecJson;
import dev.simmer.model.CallerEnvironment;
import dev.simmer.model.MemoryEstimate;
import dev.simmer.model.Outcome;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskSpec;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes batches within transactions that somebody else begins and commits. What a task is changes
 * rarely and what is true of it often; so this remembers which specification it wrote, and writes
 * the state alone where that is the same object.
 */
final class Saving {
    /** How many ended attempts of a task are kept. */
    static final int ATTEMPTS = 200;

    /** How many peaks are kept of a workspace, name and command. */
    static final int PEAKS = 50;

    /** How many peaks are kept in all. */
    static final int ALL_PEAKS = 20_000;

    private static final long DRIFT_MILLIS = 1_000;
    private static final int MARKS = 5_000;

    private final Database database;
    private final Map<TaskId, TaskSpec> written = new HashMap<>();
    private final Map<CallerEnvironment, Long> environments = new HashMap<>();

    /** The mark that time is told by now; null before the first batch. */
    private @Nullable ClockMark mark;

    Saving(Database database, Map<Long, CallerEnvironment> environments) throws SQLException {
        this.database = database;
        environments.forEach((id, environment) -> this.environments.put(environment, id));
        try (ResultSet rows =
                database.statement(
                                "SELECT boot, engine_ms, clock_ms, wall_ms FROM clock_marks"
                                        + " ORDER BY id DESC LIMIT 1")
                        .executeQuery()) {
            if (rows.next()) {
                mark =
                        new ClockMark(
                                rows.getString(1),
                                rows.getLong(2),
                                rows.getLong(3),
                                rows.getLong(4));
            }
        }
    }

    void save(Batch batch) throws SQLException {
        long wallAhead = batch.clock().wallMillis() - batch.clock().engineMillis();
        for (StoredTask task : batch.tasks()) {
            save(task);
            for (StoredAttempt attempt : task.ended()) {
                save(task, attempt, wallAhead);
            }
        }
        for (TaskId each : batch.forgotten()) {
            database.run("DELETE FROM tasks WHERE id = ?", each.value());
            written.remove(each);
        }
        if (!batch.forgotten().isEmpty()) {
            forgetEnvironments();
        }
        for (StoredWorkspace each : batch.workspaces()) {
            database.run(
                    "INSERT INTO workspaces (folder, limits, fail_fast, session)"
                            + " VALUES (?, ?, ?, ?) ON CONFLICT (folder) DO UPDATE SET"
                            + " limits = excluded.limits, fail_fast = excluded.fail_fast,"
                            + " session = excluded.session",
                    each.id().folder().toString(),
                    text(each.limits(), PolicyJson::write),
                    each.failFast(),
                    each.session());
        }
        save(batch.lastTaskId(), batch.clock());
    }

    @SuppressWarnings("ReferenceEquality") // a specification that is equal is written again
    private void save(StoredTask task) throws SQLException {
        if (written.get(task.id()) == task.spec()) {
            saveState(task);
        } else {
            saveWhole(task);
        }
        if (task.state() instanceof StoredState.Ended) {
            // It is not likely to change again, and there may be very many.
            written.remove(task.id());
        } else {
            written.put(task.id(), task.spec());
        }
    }

    private void saveState(StoredTask task) throws SQLException {
        Optional<Active> active = StateJson.active(task.state());
        database.run(
                "UPDATE tasks SET phase = ?, started_at = ?, ended_at = ?, peak_rss_bytes = ?,"
                        + " attempts = ?, repeats = ?, started = ?, expected_bytes = ?,"
                        + " expected_source = ?, expected = ?, needs = ?, state = ?, owed = ?"
                        + " WHERE id = ?",
                phase(task.state()),
                active.map(Active::startedAt).orElse(OptionalLong.empty()),
                endedAt(task.state()),
                active.map(Active::peakRssBytes).orElse(null),
                task.attempts(),
                task.repeats(),
                task.started(),
                task.expected().bytes(),
                task.expected().source().word(),
                expected(task.expected()),
                needs(task),
                state(task.state()),
                owed(task),
                task.id().value());
    }

    private void saveWhole(StoredTask task) throws SQLException {
        TaskSpec spec = task.spec();
        database.run(
                "INSERT INTO tasks (id, workspace, session, name, kind, environment, spec, phase,"
                        + " attempts, repeats, started, expected_bytes, expected_source, state)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, '', 0, 0, 0, 0, '', '')"
                        + " ON CONFLICT (id) DO UPDATE SET workspace = excluded.workspace,"
                        + " session = excluded.session, name = excluded.name,"
                        + " kind = excluded.kind, environment = excluded.environment,"
                        + " spec = excluded.spec",
                task.id().value(),
                spec.workspace().folder().toString(),
                spec.session(),
                spec.name(),
                spec.kind().word(),
                spec.inherited().isPresent() ? environment(spec.inherited().get()) : null,
                text(spec, SpecJson::write));
        saveState(task);
    }

    private static String phase(StoredState state) {
        return state instanceof StoredState.Ended(_, Outcome outcome)
                ? outcome.phase().word()
                : StateJson.word(state);
    }

    private static OptionalLong endedAt(StoredState state) {
        return state instanceof StoredState.Ended(long at, _)
                ? OptionalLong.of(at)
                : OptionalLong.empty();
    }

    /** Of a task that has ended only the outcome: the time has a column, and most are alike. */
    private static String state(StoredState state) {
        return state instanceof StoredState.Ended(_, Outcome outcome)
                ? text(outcome, OutcomeJson::write)
                : text(state, StateJson::write);
    }

    /** Null for a figure of which no more is known than the columns say. */
    private static @Nullable String expected(MemoryEstimate estimate) {
        return estimate.equals(new MemoryEstimate(estimate.bytes(), estimate.source()))
                ? null
                : text(estimate, PolicyJson::write);
    }

    private static @Nullable String needs(StoredTask task) {
        return task.needs().isEmpty()
                ? null
                : new JsonObject().putObjects("needs", task.needs(), StateJson::write).toString();
    }

    private static @Nullable String owed(StoredTask task) {
        return task.owed().isEmpty()
                ? null
                : task.owed().stream().map(Enum::name).collect(Collectors.joining(" "));
    }

    private static <T> String text(T value, BiConsumer<JsonObject, T> writer) {
        JsonObject json = new JsonObject();
        writer.accept(json, value);
        return json.toString();
    }

    /** An agent's usage stands beside the outcome, in one column. */
    private static void writeEnd(JsonObject to, StoredAttempt attempt) {
        OutcomeJson.write(to, attempt.outcome());
        attempt.agent().ifPresent(run -> to.putObject("agent", run, AgentJson::write));
    }

    private void save(StoredTask task, StoredAttempt attempt, long wallAhead) throws SQLException {
        OptionalInt code = attempt.outcome().exitCode();
        database.run(
                "INSERT OR REPLACE INTO attempts (task, number, started_at, ended_at, phase,"
                        + " exit_code, peak_rss_bytes, outcome) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                task.id().value(),
                attempt.number(),
                attempt.startedAt(),
                attempt.endedAt(),
                attempt.outcome().phase().word(),
                code.isPresent() ? code.getAsInt() : null,
                attempt.peakRssBytes(),
                text(attempt, Saving::writeEnd));
        if (attempt.number() > ATTEMPTS) {
            database.run(
                    "DELETE FROM attempts WHERE task = ? AND number <= ?",
                    task.id().value(),
                    attempt.number() - ATTEMPTS);
        }
        if (attempt.startedAt().isPresent()) {
            savePeak(task, attempt, attempt.startedAt().getAsLong(), wallAhead);
        }
    }

    private void savePeak(StoredTask task, StoredAttempt attempt, long startedAt, long wallAhead)
            throws SQLException {
        PeakKey key = PeakKey.of(task.spec());
        String workspace = key.workspace().folder().toString();
        database.run(
                "INSERT OR IGNORE INTO peaks (task, attempt, workspace, name, command, wall_ms,"
                        + " peak_rss_bytes, duration_ms, phase, for_memory)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                task.id().value(),
                attempt.number(),
                workspace,
                key.name(),
                key.command(),
                attempt.endedAt() + wallAhead,
                attempt.peakRssBytes(),
                attempt.endedAt() - startedAt,
                attempt.outcome().phase().word(),
                attempt.forMemory());
        database.run(
                "DELETE FROM peaks WHERE workspace = ?1 AND name = ?2 AND command = ?3 AND id <="
                        + " (SELECT id FROM peaks WHERE workspace = ?1 AND name = ?2"
                        + " AND command = ?3 ORDER BY id DESC LIMIT 1 OFFSET "
                        + PEAKS
                        + ")",
                workspace,
                key.name(),
                key.command());
        database.run("DELETE FROM peaks WHERE id <= (SELECT max(id) FROM peaks) - " + ALL_PEAKS);
    }

    private long environment(CallerEnvironment environment) throws SQLException {
        Long known = environments.get(environment);
        if (known != null) {
            return known;
        }
        String variables = text(environment, RequestJson::write);
        byte[] hash = hash(variables);
        database.run(
                "INSERT OR IGNORE INTO environments (hash, variables) VALUES (?, ?)",
                hash,
                variables);
        PreparedStatement find = database.statement("SELECT id FROM environments WHERE hash = ?");
        find.setBytes(1, hash);
        try (ResultSet rows = find.executeQuery()) {
            long id = rows.getLong(1);
            environments.put(environment, id);
            return id;
        }
    }

    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new LinkageError("every Java has SHA-256", e);
        }
    }

    private void forgetEnvironments() throws SQLException {
        database.run(
                "DELETE FROM environments WHERE id NOT IN"
                        + " (SELECT environment FROM tasks WHERE environment IS NOT NULL)");
        environments.clear();
    }

    private void save(long lastTaskId, ClockMark clock) throws SQLException {
        if (mark == null || moved(mark, clock)) {
            database.run(
                    "INSERT INTO clock_marks (boot, engine_ms, clock_ms, wall_ms)"
                            + " VALUES (?, ?, ?, ?)",
                    clock.boot(),
                    clock.engineMillis(),
                    clock.clockMillis(),
                    clock.wallMillis());
            database.run(
                    "DELETE FROM clock_marks WHERE id <= (SELECT max(id) FROM clock_marks) - "
                            + MARKS);
            mark = clock;
        }
        database.run(
                "UPDATE engine SET last_task_id = max(last_task_id, ?), boot = ?, engine_ms = ?,"
                        + " clock_ms = ?, wall_ms = ?",
                lastTaskId,
                clock.boot(),
                clock.engineMillis(),
                clock.clockMillis(),
                clock.wallMillis());
    }

    /** Whether the clocks have moved against one another. */
    private static boolean moved(ClockMark from, ClockMark to) {
        long wall = to.wallMillis() - from.wallMillis();
        long engine = to.engineMillis() - from.engineMillis();
        long clock = to.clockMillis() - from.clockMillis();
        return !to.boot().equals(from.boot())
                || engine != clock
                || Math.abs(wall - engine) > DRIFT_MILLIS;
    }
}
