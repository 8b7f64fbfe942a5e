package dev.simmer.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqlite.jdbc4.JDBC4Connection;

/** A connection to SQLite with the statements that it keeps prepared. For one thread. */
final class Database implements AutoCloseable {
    /** How large the write-ahead log's file stays once its content has gone to the database. */
    static final int LOG_BYTES = 4 << 20;

    private static final int BUSY_MILLIS = 5_000;

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new LinkedHashMap<>();

    private Database(Connection connection) {
        this.connection = connection;
    }

    /** What went wrong, as far as the store tells it apart. */
    enum Trouble {
        FULL,
        DAMAGED,
        BUSY,
        OTHER
    }

    /** Opens the database, whatever its version. */
    static Database open(Place place) throws SQLException {
        Properties settings = new Properties();
        settings.setProperty("busy_timeout", Integer.toString(BUSY_MILLIS));
        settings.setProperty("journal_mode", "WAL");
        settings.setProperty("synchronous", "NORMAL");
        settings.setProperty("journal_size_limit", Integer.toString(LOG_BYTES));
        settings.setProperty("foreign_keys", "true");
        // Else every insert is followed by a query for the id that it gave.
        settings.setProperty("jdbc.get_generated_keys", "false");
        // As a URI, since the driver takes a question mark in a path for the end of it.
        String name = place.database().toUri().toString();
        return new Database(new JDBC4Connection("jdbc:sqlite:" + name, name, settings));
    }

    Connection connection() {
        return connection;
    }

    /** A statement that is prepared once; what was bound before is still bound. */
    PreparedStatement statement(String sql) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        return statement;
    }

    /** Executes a statement that is no query with these values. */
    void run(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = statement(sql);
        for (int i = 0; i < values.length; i++) {
            switch (values[i]) {
                case null -> statement.setNull(i + 1, java.sql.Types.NULL);
                case Long number -> statement.setLong(i + 1, number);
                case Integer number -> statement.setInt(i + 1, number);
                case Boolean flag -> statement.setInt(i + 1, flag ? 1 : 0);
                case String text -> statement.setString(i + 1, text);
                case byte[] bytes -> statement.setBytes(i + 1, bytes);
                case OptionalLong number when number.isPresent() ->
                        statement.setLong(i + 1, number.getAsLong());
                case OptionalLong _ -> statement.setNull(i + 1, java.sql.Types.NULL);
                default -> throw new IllegalArgumentException("no column holds " + values[i]);
            }
        }
        statement.executeUpdate();
    }

    /**
     * Takes a transaction back, where one is open, and prepares every statement anew: the driver
     * closes one that has failed.
     */
    void rollback() {
        try {
            for (PreparedStatement each : statements.values()) {
                each.close();
            }
        } catch (SQLException e) {
            // One that is left open is closed with the connection.
        }
        statements.clear();
        try (Statement statement = connection.createStatement()) {
            statement.execute("ROLLBACK");
        } catch (SQLException e) {
            // SQLite has taken it back by itself, as it does on a full disk.
        }
    }

    static Trouble trouble(SQLException e) {
        if (!(e instanceof SQLiteException failure)) {
            return Trouble.OTHER;
        }
        SQLiteErrorCode code = failure.getResultCode();
        // The primary code is in the low byte of an extended one.
        return switch (code.code & 0xff) {
            case 13 -> Trouble.FULL;
            case 11, 26 -> Trouble.DAMAGED;
            case 5, 6 -> Trouble.BUSY;
            default -> Trouble.OTHER;
        };
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            // What was saved is in the log, and the next one to open it finds it there.
        }
    }
}
