package dev.simmer.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * What the database looks like. Its version is SQLite's {@code user_version}; a step of the list
 * leads from one version to the next, and a step that has been released is never changed.
 *
 * <p>Times are the engine's milliseconds unless a name says wall. Specifications and states are
 * JSON, since nobody asks for parts of them; what one asks for has a column of its own.
 */
final class Schema {
    /** The version that this program writes. */
    static final int VERSION = 2;

    private static final String FIRST =
            """
            CREATE TABLE engine (
              id INTEGER PRIMARY KEY CHECK (id = 1),
              last_task_id INTEGER NOT NULL,
              boot TEXT,
              engine_ms INTEGER,
              clock_ms INTEGER,
              wall_ms INTEGER
            );
            INSERT INTO engine (id, last_task_id) VALUES (1, 0);
            CREATE TABLE clock_marks (
              id INTEGER PRIMARY KEY,
              boot TEXT NOT NULL,
              engine_ms INTEGER NOT NULL,
              clock_ms INTEGER NOT NULL,
              wall_ms INTEGER NOT NULL
            );
            CREATE TABLE workspaces (
              folder TEXT PRIMARY KEY,
              limits TEXT NOT NULL,
              fail_fast INTEGER NOT NULL,
              session TEXT NOT NULL
            );
            CREATE TABLE environments (
              id INTEGER PRIMARY KEY,
              hash BLOB NOT NULL UNIQUE,
              variables TEXT NOT NULL
            );
            CREATE TABLE tasks (
              id INTEGER PRIMARY KEY,
              workspace TEXT NOT NULL,
              session TEXT NOT NULL,
              name TEXT NOT NULL,
              kind TEXT NOT NULL,
              phase TEXT NOT NULL,
              started_at INTEGER,
              ended_at INTEGER,
              peak_rss_bytes INTEGER,
              attempts INTEGER NOT NULL,
              repeats INTEGER NOT NULL,
              started INTEGER NOT NULL,
              expected_bytes INTEGER NOT NULL,
              expected_source TEXT NOT NULL,
              environment INTEGER REFERENCES environments (id),
              spec TEXT NOT NULL,
              needs TEXT,
              state TEXT NOT NULL,
              owed TEXT
            );
            CREATE INDEX tasks_environment ON tasks (environment);
            CREATE TABLE attempts (
              task INTEGER NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
              number INTEGER NOT NULL,
              started_at INTEGER,
              ended_at INTEGER NOT NULL,
              phase TEXT NOT NULL,
              exit_code INTEGER,
              peak_rss_bytes INTEGER NOT NULL,
              outcome TEXT NOT NULL,
              PRIMARY KEY (task, number)
            ) WITHOUT ROWID;
            CREATE TABLE peaks (
              id INTEGER PRIMARY KEY,
              task INTEGER NOT NULL,
              attempt INTEGER NOT NULL,
              workspace TEXT NOT NULL,
              name TEXT NOT NULL,
              command TEXT NOT NULL,
              wall_ms INTEGER NOT NULL,
              peak_rss_bytes INTEGER NOT NULL,
              duration_ms INTEGER NOT NULL,
              phase TEXT NOT NULL,
              UNIQUE (task, attempt)
            );
            CREATE INDEX peaks_key ON peaks (workspace, name, command, id);
            """;

    /** Of what is expected the whole, where it is more than a figure, and why an attempt ended. */
    private static final String SECOND =
            """
            ALTER TABLE tasks ADD COLUMN expected TEXT;
            ALTER TABLE peaks ADD COLUMN for_memory INTEGER NOT NULL DEFAULT 0;
            """;

    private static final List<String> STEPS = List.of(FIRST, SECOND);

    private Schema() {}

    /** The database's version; 0 for an empty one. */
    static int version(Connection database) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA user_version")) {
            return rows.next() ? rows.getInt(1) : 0;
        }
    }

    /** Brings a database of an older version to this one's, each step all or nothing. */
    static void migrate(Connection database) throws SQLException {
        int version = version(database);
        if (version == VERSION) {
            return;
        }
        try (Statement statement = database.createStatement()) {
            for (int from = version; from < VERSION; from++) {
                statement.execute("BEGIN IMMEDIATE");
                try {
                    // The driver's executeUpdate runs all the statements of a text.
                    statement.executeUpdate(STEPS.get(from));
                    statement.execute("PRAGMA user_version = " + (from + 1));
                    statement.execute("COMMIT");
                } catch (SQLException e) {
                    statement.execute("ROLLBACK");
                    throw e;
                }
            }
        }
    }
}
