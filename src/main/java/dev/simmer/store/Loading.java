package dev.simmer.store;

import dev.simmer.engine.ports.ClockMark;
import dev.simmer.engine.ports.Stored;
import dev.simmer.engine.ports.StoredAttempt;
import dev.simmer.engine.ports.StoredState;
import dev.simmer.engine.ports.StoredTask;
import dev.simmer.engine.ports.StoredTask.StoredNeed;
import dev.simmer.engine.ports.StoredWorkspace;
import dev.simmer.json.AgentJson;
import dev.simmer.json.JsonFault;
import dev.simmer.json.JsonLimits;
import dev.simmer.json.JsonMembers;
import dev.simmer.json.JsonReader;
import dev.simmer.json.OutcomeJson;
import dev.simmer.json.PolicyJson;
import dev.simmer.json.RequestJson;
import dev.simmer.json.SpecJson;
import dev.simmer.model.AgentRun;
import dev.simmer.model.CallerEnvironment;
import dev.simmer.model.MemoryEstimate;
import dev.simmer.model.MemorySource;
import dev.simmer.model.Outcome;
import dev.simmer.model.Signal;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.WorkspaceId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads all that a database holds. A row that cannot be understood is left out and stays where it
 * is: one task that is unknown is better than a supervisor that knows none.
 */
final class Loading {
    private static final JsonReader READER = new JsonReader(JsonLimits.OWN);

    /** How many ended attempts of a task are read. */
    private static final int ATTEMPTS = 50;

    private final Connection connection;
    private final Map<Long, CallerEnvironment> environments = new HashMap<>();

    /** Most outcomes are one of a few. */
    private final Map<String, End> ends = new HashMap<>();

    /**
     * How an attempt ended.
     *
     * @param agent what is known of an agent's attempt
     */
    private record End(Outcome outcome, Optional<AgentRun> agent) {}

    private final List<String> faults = new ArrayList<>();

    Loading(Connection connection) {
        this.connection = connection;
    }

    /** What could not be understood, in words; complete after {@link #load}. */
    List<String> faults() {
        return faults;
    }

    Map<Long, CallerEnvironment> environments() {
        return environments;
    }

    Stored load() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            readEnvironments(statement);
            List<StoredWorkspace> workspaces = workspaces(statement);
            Map<Long, List<StoredAttempt>> attempts = attempts(statement);
            List<StoredTask> tasks = tasks(statement, attempts);
            List<ClockMark> marks = marks(statement);
            return new Stored(tasks, workspaces, lastTaskId(statement, marks), marks);
        }
    }

    private void readEnvironments(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT id, variables FROM environments")) {
            while (rows.next()) {
                long id = rows.getLong(1);
                try {
                    environments.put(
                            id, READER.object(rows.getString(2)).as(RequestJson::environment));
                } catch (JsonFault e) {
                    faults.add("environment " + id + ": " + e.getMessage());
                }
            }
        }
    }

    private List<StoredWorkspace> workspaces(Statement statement) throws SQLException {
        List<StoredWorkspace> workspaces = new ArrayList<>();
        try (ResultSet rows =
                statement.executeQuery(
                        "SELECT folder, limits, fail_fast, session FROM workspaces"
                                + " ORDER BY folder")) {
            while (rows.next()) {
                String folder = rows.getString(1);
                try {
                    workspaces.add(
                            new StoredWorkspace(
                                    new WorkspaceId(Path.of(folder)),
                                    READER.object(rows.getString(2)).as(PolicyJson::limits),
                                    rows.getInt(3) != 0,
                                    rows.getString(4)));
                } catch (JsonFault | IllegalArgumentException e) {
                    faults.add("workspace " + folder + ": " + e.getMessage());
                }
            }
        }
        // In the order of paths, which is not that of the database's text.
        workspaces.sort((a, b) -> a.id().compareTo(b.id()));
        return workspaces;
    }

    private Map<Long, List<StoredAttempt>> attempts(Statement statement) throws SQLException {
        Map<Long, List<StoredAttempt>> attempts = new HashMap<>();
        try (ResultSet rows =
                statement.executeQuery(
                        "SELECT a.task, a.number, a.started_at, a.ended_at, a.outcome,"
                                + " a.peak_rss_bytes FROM tasks t JOIN attempts a"
                                + " ON a.task = t.id AND a.number > t.attempts - "
                                + ATTEMPTS
                                + " ORDER BY t.id, a.number")) {
            while (rows.next()) {
                long task = rows.getLong(1);
                int number = rows.getInt(2);
                try {
                    End end = end(rows.getString(5));
                    attempts.computeIfAbsent(task, _ -> new ArrayList<>(1))
                            .add(
                                    new StoredAttempt(
                                            number,
                                            whole(rows, 3),
                                            rows.getLong(4),
                                            end.outcome(),
                                            rows.getLong(6),
                                            end.outcome().forMemory(),
                                            end.agent()));
                } catch (JsonFault e) {
                    faults.add("attempt " + task + "." + number + ": " + e.getMessage());
                }
            }
        }
        return attempts;
    }

    private List<StoredTask> tasks(Statement statement, Map<Long, List<StoredAttempt>> attempts)
            throws SQLException {
        List<StoredTask> tasks = new ArrayList<>();
        try (ResultSet rows =
                statement.executeQuery(
                        "SELECT id, attempts, repeats, started, expected_bytes, expected_source,"
                                + " environment, spec, needs, state, owed, ended_at, expected"
                                + " FROM tasks ORDER BY id")) {
            while (rows.next()) {
                long id = rows.getLong(1);
                try {
                    tasks.add(task(rows, id, attempts.getOrDefault(id, List.of())));
                } catch (JsonFault | IllegalArgumentException e) {
                    faults.add("task " + id + ": " + e.getMessage());
                }
            }
        }
        return tasks;
    }

    private StoredTask task(ResultSet rows, long id, List<StoredAttempt> ended)
            throws SQLException, JsonFault {
        OptionalLong environment = whole(rows, 7);
        JsonMembers spec = READER.object(rows.getString(8));
        @Nullable String needs = rows.getString(9);
        String state = rows.getString(10);
        @Nullable String owed = rows.getString(11);
        OptionalLong endedAt = whole(rows, 12);
        return new StoredTask(
                new TaskId(id),
                spec(spec, environment),
                needs == null ? List.of() : needs(needs),
                expected(rows),
                endedAt.isPresent()
                        ? new StoredState.Ended(endedAt.getAsLong(), end(state).outcome())
                        : READER.object(state).as(StateJson::state),
                rows.getInt(2),
                rows.getInt(3),
                rows.getInt(4) != 0,
                ended,
                owed == null ? List.of() : signals(owed));
    }

    private static MemoryEstimate expected(ResultSet rows) throws SQLException, JsonFault {
        @Nullable String whole = rows.getString(13);
        return whole == null
                ? new MemoryEstimate(rows.getLong(5), source(rows.getString(6)))
                : READER.object(whole).as(PolicyJson::expected);
    }

    private TaskSpec spec(JsonMembers from, OptionalLong environment) throws JsonFault {
        CallerEnvironment inherited =
                environment.isPresent() ? environments.get(environment.getAsLong()) : null;
        return from.as(
                inherited == null
                        ? SpecJson::spec
                        : members -> SpecJson.specInheriting(members, inherited));
    }

    private static List<StoredNeed> needs(String text) throws JsonFault {
        return READER.object(text).list("needs", StateJson::need);
    }

    private static List<Signal> signals(String text) {
        List<Signal> signals = new ArrayList<>();
        for (String each : text.split(" ", -1)) {
            signals.add(Signal.valueOf(each));
        }
        return signals;
    }

    private static MemorySource source(String word) {
        for (MemorySource each : MemorySource.values()) {
            if (each.word().equals(word)) {
                return each;
            }
        }
        throw new IllegalArgumentException("\"" + word + "\" is not known here");
    }

    private End end(String text) throws JsonFault {
        End known = ends.get(text);
        if (known == null) {
            JsonMembers object = READER.object(text);
            known =
                    new End(
                            object.as(OutcomeJson::outcome),
                            object.readIfAny("agent", AgentJson::run));
            if (known.agent().isEmpty()) {
                ends.put(text, known);
            }
        }
        return known;
    }

    private static List<ClockMark> marks(Statement statement) throws SQLException {
        List<ClockMark> marks = new ArrayList<>();
        try (ResultSet rows =
                statement.executeQuery(
                        "SELECT boot, engine_ms, clock_ms, wall_ms FROM clock_marks"
                                + " ORDER BY id")) {
            while (rows.next()) {
                marks.add(mark(rows));
            }
        }
        return marks;
    }

    /** The largest id; the newest reading of the clocks goes behind the marks. */
    private static long lastTaskId(Statement statement, List<ClockMark> marks) throws SQLException {
        try (ResultSet rows =
                statement.executeQuery(
                        "SELECT boot, engine_ms, clock_ms, wall_ms, last_task_id FROM engine")) {
            if (!rows.next()) {
                return 0;
            }
            if (rows.getString(1) != null) {
                ClockMark newest = mark(rows);
                if (marks.isEmpty() || !marks.getLast().equals(newest)) {
                    marks.add(newest);
                }
            }
            return rows.getLong(5);
        }
    }

    private static ClockMark mark(ResultSet rows) throws SQLException {
        return new ClockMark(rows.getString(1), rows.getLong(2), rows.getLong(3), rows.getLong(4));
    }

    private static OptionalLong whole(ResultSet rows, int column) throws SQLException {
        long value = rows.getLong(column);
        return rows.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
