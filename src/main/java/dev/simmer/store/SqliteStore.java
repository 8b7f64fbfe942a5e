package dev.simmer.store;

import dev.simmer.engine.ports.Batch;
import dev.simmer.engine.ports.StoreFailure;
import dev.simmer.engine.ports.Stored;
import dev.simmer.engine.ports.StoredPeak;
import dev.simmer.engine.ports.TaskStore;
import dev.simmer.model.Phase;
import dev.simmer.model.WorkspaceId;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an engine knows, in {@code simmer.db} of Simmer's home. A batch is one transaction: it is
 * there as soon as {@link #save} returns, whatever then becomes of the process. When the machine
 * itself loses power the last ones may be gone, together with the processes that they tell of.
 *
 * <p>After a failure the same store goes on working once the cause is gone. A database that is
 * damaged is renamed, never deleted, and an empty one takes its place; {@link #notice} tells. Used
 * by one thread.
 */
public final class SqliteStore implements TaskStore {
    private final Place place;
    private Database database;
    private @Nullable Saving saving;
    private @Nullable String notice;
    private boolean understood = true;

    private SqliteStore(Place place, Database database) {
        this.place = place;
        this.database = database;
    }

    /**
     * Opens the store of a home, and makes what does not exist.
     *
     * @param home Simmer's own folder, absolute
     * @throws StoreFailure where it belongs to somebody else, cannot be opened, or was written by a
     *     newer Simmer
     */
    public static SqliteStore open(Path home) throws StoreFailure {
        Place place = new Place(home);
        place.prepare();
        NativeLibrary.prepare(home.resolve("lib"));
        try {
            return new SqliteStore(place, opened(place));
        } catch (SQLException e) {
            if (Database.trouble(e) != Database.Trouble.DAMAGED) {
                throw failure(place, "open", e);
            }
            return replaced(place, e);
        }
    }

    private static SqliteStore replaced(Place place, SQLException damage) throws StoreFailure {
        String notice = setAside(place, damage);
        try {
            SqliteStore store = new SqliteStore(place, opened(place));
            store.notice = notice;
            return store;
        } catch (SQLException e) {
            throw failure(place, "open", e);
        }
    }

    private static Database opened(Place place) throws SQLException, StoreFailure {
        Database database = Database.open(place);
        boolean usable = false;
        try {
            int version = Schema.version(database.connection());
            if (version > Schema.VERSION) {
                String message =
                        place.database()
                                + " was written by a newer Simmer (schema "
                                + version
                                + ", this one knows "
                                + Schema.VERSION
                                + "); use that one, or set SIMMER_HOME to another folder";
                throw new StoreFailure(message, new SQLException("schema " + version));
            }
            Schema.migrate(database.connection());
            numberBehindRuns(place, database);
            usable = true;
            return database;
        } finally {
            if (!usable) {
                database.close();
            }
        }
    }

    /**
     * A database that never had a task goes on behind the run folders that are there: they are of
     * one that was set aside or removed, and a new task must not meet them.
     */
    private static void numberBehindRuns(Place place, Database database)
            throws SQLException, StoreFailure {
        try (Statement statement = database.connection().createStatement()) {
            try (ResultSet row = statement.executeQuery("SELECT last_task_id FROM engine")) {
                if (!row.next() || row.getLong(1) != 0) {
                    return;
                }
            }
            long largest = place.largestRun();
            if (largest > 0) {
                statement.executeUpdate("UPDATE engine SET last_task_id = " + largest);
            }
        }
    }

    private static String setAside(Place place, SQLException damage) throws StoreFailure {
        String stamp =
                DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss")
                        .format(LocalDateTime.now(ZoneId.systemDefault()));
        Path name = place.setAside(stamp);
        place.prepare();
        return place.database()
                + " was damaged ("
                + damage.getMessage()
                + "); it is kept as "
                + name.getFileName()
                + ", and Simmer begins with an empty one";
    }

    @Override
    public Optional<String> notice() {
        return Optional.ofNullable(notice);
    }

    /** What a home's store takes on disk; reads no more than the files' sizes. For any thread. */
    public static StoreSize size(Path home) {
        return new Place(home).size();
    }

    @Override
    public Stored load() throws StoreFailure {
        try {
            return read();
        } catch (SQLException e) {
            if (Database.trouble(e) != Database.Trouble.DAMAGED) {
                throw failure(place, "read", e);
            }
            database.close();
            notice = setAside(place, e);
        }
        try {
            database = opened(place);
            return read();
        } catch (SQLException e) {
            throw failure(place, "read", e);
        }
    }

    private Stored read() throws SQLException {
        Loading loading = new Loading(database.connection());
        Stored stored = loading.load();
        saving = new Saving(database, loading.environments());
        List<String> faults = loading.faults();
        understood = faults.isEmpty();
        if (!faults.isEmpty()) {
            notice =
                    (notice == null ? "" : notice + "; ")
                            + faults.size()
                            + " entries of "
                            + place.database()
                            + " are not understood and left as they are, the first: "
                            + faults.getFirst();
        }
        return stored;
    }

    /** False as long as the user keeps a database that was set aside, or rows are a riddle. */
    @Override
    public boolean complete() {
        return understood && !place.hasSetAside();
    }

    @Override
    public void save(Batch batch) throws StoreFailure {
        try {
            Saving to = saving();
            database.run("BEGIN IMMEDIATE");
            to.save(batch);
            database.run("COMMIT");
        } catch (SQLException e) {
            recover(e);
            throw failure(place, "save to", e);
        }
    }

    @Override
    public List<StoredPeak> peaks(WorkspaceId workspace, String name, String command)
            throws StoreFailure {
        List<StoredPeak> peaks = new ArrayList<>();
        try {
            PreparedStatement query =
                    database.statement(
                            "SELECT peak_rss_bytes, duration_ms, phase, for_memory FROM peaks"
                                    + " WHERE workspace = ? AND name = ? AND command = ?"
                                    + " ORDER BY id DESC");
            query.setString(1, workspace.folder().toString());
            query.setString(2, name);
            query.setString(3, command);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    Optional<Phase> phase = phase(rows.getString(3));
                    if (phase.isPresent()) {
                        peaks.add(
                                new StoredPeak(
                                        rows.getLong(1),
                                        rows.getLong(2),
                                        phase.get(),
                                        rows.getInt(4) != 0));
                    }
                }
            }
            return peaks;
        } catch (SQLException e) {
            recover(e);
            throw failure(place, "read", e);
        }
    }

    private static Optional<Phase> phase(String word) {
        return Arrays.stream(Phase.values()).filter(each -> each.word().equals(word)).findFirst();
    }

    private Saving saving() throws SQLException {
        if (saving == null) {
            saving = new Saving(database, java.util.Map.of());
        }
        return saving;
    }

    /**
     * After a failure nothing that was remembered counts, and after a strange one no connection.
     */
    private void recover(SQLException failure) {
        database.rollback();
        saving = null;
        if (Database.trouble(failure) == Database.Trouble.OTHER) {
            Database old = database;
            try {
                database = opened(place);
                old.close();
            } catch (SQLException | StoreFailure e) {
                // The next one to save tries again, with the connection that there is.
                failure.addSuppressed(e);
            }
        }
    }

    /** Makes the disk seem full when the database has this many pages, for tests. */
    void limitPages(int pages) throws SQLException {
        database.statement("PRAGMA max_page_count = " + pages).executeQuery().close();
    }

    private static StoreFailure failure(Place place, String what, SQLException e) {
        String message =
                "cannot "
                        + what
                        + " "
                        + place.database()
                        + ": "
                        + switch (Database.trouble(e)) {
                            case FULL -> "the disk is full; make room on it";
                            case DAMAGED ->
                                    "it is damaged ("
                                            + e.getMessage()
                                            + "); restart the supervisor, which sets it aside";
                            case BUSY ->
                                    "another program holds it; end that program, or"
                                            + " set SIMMER_HOME to another folder";
                            case OTHER ->
                                    e.getMessage()
                                            + "; see that the disk has room and works, and that"
                                            + " the folder can be written to";
                        };
        return new StoreFailure(message, e);
    }

    @Override
    public void close() {
        database.close();
    }
}
