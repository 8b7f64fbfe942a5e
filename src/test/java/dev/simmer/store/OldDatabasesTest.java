package dev.simmer.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.engine.ports.Batch;
import dev.simmer.engine.ports.Stored;
import dev.simmer.json.Samples;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A database of every version there has been still opens, with all that it holds. The one of the
 * newest version is written by {@code mvn test -Dtest=OldDatabasesTest -Dsimmer.store.record=true},
 * once, when the version is new; it is never written again after a release.
 */
class OldDatabasesTest {
    private static final String FILES = "src/test/resources/dev/simmer/store";

    /** What each version's database was given, the first version first. */
    private static final List<Batch> GIVEN = List.of(Kept.versionOne(), Kept.versionTwo());

    @TempDir private Path folder;

    @Test
    @EnabledIfSystemProperty(named = "simmer.store.record", matches = "true")
    void newestIsRecorded() throws Exception {
        try (SqliteStore store = SqliteStore.open(folder)) {
            store.save(GIVEN.getLast());
        }
        Files.createDirectories(Path.of(FILES));
        Files.copy(
                folder.resolve("simmer.db"),
                Path.of(FILES, "v" + Schema.VERSION + ".db"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    private Path copy(int version) throws Exception {
        Path home = Files.createDirectories(folder.resolve("v" + version));
        try (InputStream from = OldDatabasesTest.class.getResourceAsStream("v" + version + ".db")) {
            Files.copy(Objects.requireNonNull(from), home.resolve("simmer.db"));
        }
        return home;
    }

    @Test
    void databaseOfEveryVersionOpensWithAllThatItHolds() throws Exception {
        assertThat(GIVEN).hasSize(Schema.VERSION);
        for (int version = 1; version <= Schema.VERSION; version++) {
            Path home = copy(version);
            Stored expected = Kept.stored(GIVEN.get(version - 1));
            // The second time it is one of this version.
            for (int i = 0; i < 2; i++) {
                try (SqliteStore store = SqliteStore.open(home)) {
                    assertThat(Samples.describe(store.load()))
                            .isEqualTo(Samples.describe(expected));
                    assertThat(store.notice()).isEmpty();
                }
            }
        }
    }

    @Test
    void migratedDatabaseLooksAsANewOne() throws Exception {
        Path fresh = Files.createDirectories(folder.resolve("fresh"));
        SqliteStore.open(fresh).close();
        for (int version = 1; version <= Schema.VERSION; version++) {
            Path home = copy(version);
            SqliteStore.open(home).close();
            assertThat(schema(home)).isEqualTo(schema(fresh)).hasSizeGreaterThan(5);
        }
    }

    private static List<String> schema(Path home) throws Exception {
        List<String> all = new ArrayList<>();
        try (Database database = Database.open(new Place(home));
                var rows =
                        database.statement("SELECT name, sql FROM sqlite_schema ORDER BY name")
                                .executeQuery()) {
            while (rows.next()) {
                all.add(rows.getString(1) + ": " + rows.getString(2));
            }
        }
        return all;
    }
}
