package dev.simmer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.simmer.engine.ports.Batch;
import dev.simmer.engine.ports.ClockMark;
import dev.simmer.engine.ports.PeakKey;
import dev.simmer.engine.ports.StoreFailure;
import dev.simmer.engine.ports.Stored;
import dev.simmer.engine.ports.StoredAttempt;
import dev.simmer.engine.ports.StoredPeak;
import dev.simmer.engine.ports.StoredState;
import dev.simmer.engine.ports.StoredTask;
import dev.simmer.engine.ports.StoredWorkspace;
import dev.simmer.json.Samples;
import dev.simmer.model.Command;
import dev.simmer.model.Outcome;
import dev.simmer.model.Phase;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest {
    @TempDir private Path folder;

    private static final StoredState QUEUED = new StoredState.Queued(1);
    private static final StoredState ENDED = new StoredState.Ended(9, new Outcome.Succeeded());

    private Path home() {
        return folder.resolve("a home?#%");
    }

    private Stored reopened() throws StoreFailure {
        try (SqliteStore store = SqliteStore.open(home())) {
            Stored stored = store.load();
            assertThat(store.notice()).isEmpty();
            return stored;
        }
    }

    private void save(Batch... batches) throws StoreFailure {
        try (SqliteStore store = SqliteStore.open(home())) {
            for (Batch each : batches) {
                store.save(each);
            }
        }
    }

    @Test
    void everyComponentOfEveryStateComesBack() throws StoreFailure {
        Samples samples = new Samples(5);
        List<StoredTask> tasks = new ArrayList<>();
        List<StoredState> states =
                Samples.variants(StoredState.class).stream()
                        .flatMap(type -> Stream.generate(() -> samples.of(type)).limit(20))
                        .map(StoredState.class::cast)
                        .toList();
        for (StoredState state : states) {
            StoredTask task = samples.of(StoredTask.class);
            List<StoredAttempt> ended = new ArrayList<>();
            for (StoredAttempt each : task.ended()) {
                ended.add(
                        new StoredAttempt(
                                ended.size() + 1,
                                each.startedAt(),
                                each.endedAt(),
                                each.outcome(),
                                each.peakRssBytes()));
            }
            tasks.add(
                    new StoredTask(
                            new TaskId(tasks.size() + 1),
                            task.spec(),
                            task.needs(),
                            task.expected(),
                            state,
                            ended.size(),
                            task.repeats(),
                            task.started(),
                            ended,
                            task.owed()));
        }
        StoredWorkspace some = samples.of(StoredWorkspace.class);
        // Half a pair of surrogates is no text that a column of its own can hold.
        List<StoredWorkspace> workspaces =
                List.of(
                        new StoredWorkspace(
                                some.id(),
                                some.limits(),
                                some.failFast(),
                                some.session().replace('\uD800', '-')));
        Batch batch = new Batch(tasks, List.of(), workspaces, tasks.size(), Kept.CLOCK);
        save(batch, batch);
        Stored read = reopened();
        for (int i = 0; i < tasks.size(); i++) {
            assertThat(Samples.describe(read.tasks().get(i)))
                    .isEqualTo(Samples.describe(tasks.get(i)));
        }
        assertThat(Samples.describe(read)).isEqualTo(Samples.describe(Kept.stored(batch)));
    }

    @Test
    void stateAloneIsWrittenWhereTheSpecificationStays() throws StoreFailure {
        StoredTask first = Kept.task(4, QUEUED);
        StoredTask then =
                new StoredTask(
                        first.id(),
                        first.spec(),
                        first.needs(),
                        Kept.EXPECTED,
                        ENDED,
                        1,
                        3,
                        true,
                        List.of(Kept.succeeded(1, 0)),
                        first.owed());
        StoredTask renamed =
                new StoredTask(
                        first.id(),
                        first.spec().edit().name("other").session("s").build(),
                        first.needs(),
                        Kept.EXPECTED,
                        QUEUED,
                        1,
                        3,
                        true,
                        List.of(),
                        first.owed());
        save(Kept.batch(4, first), Kept.batch(4, then));
        assertThat(reopened().tasks()).containsExactly(then);
        save(Kept.batch(4, renamed));
        StoredTask read = reopened().tasks().getFirst();
        assertThat(read.spec()).isEqualTo(renamed.spec());
        assertThat(read.state()).isEqualTo(QUEUED);
        assertThat(read.ended()).isEqualTo(then.ended());
    }

    @Test
    void numbersOfForgottenTasksAreNotUsedAgain() throws StoreFailure {
        save(
                Kept.batch(7, Kept.task(6, QUEUED), Kept.task(7, ENDED, Kept.succeeded(1, 10))),
                Kept.forgetting(7));
        Stored read = reopened();
        assertThat(read.tasks()).extracting(each -> each.id().value()).containsExactly(6L);
        assertThat(read.lastTaskId()).isEqualTo(7);
    }

    @Test
    void whatIsForgottenIsGoneExceptForItsPeaks() throws Exception {
        save(Kept.batch(1, Kept.task(1, ENDED, Kept.succeeded(1, 10))), Kept.forgetting(1));
        assertThat(rows("attempts")).isZero();
        assertThat(rows("environments")).isZero();
        assertThat(rows("peaks")).isEqualTo(1);
    }

    private long rows(String table) throws Exception {
        try (Database database = Database.open(new Place(home()));
                var rows = database.statement("SELECT count(*) FROM " + table).executeQuery()) {
            return rows.getLong(1);
        }
    }

    @Test
    void newestPeaksOfATaskAreKept() throws Exception {
        List<Batch> batches = new ArrayList<>();
        for (int n = 1; n <= 70; n++) {
            // Saving the same again, as after a failure, counts once.
            batches.add(Kept.batch(1, Kept.task(1, ENDED, Kept.succeeded(n, n * 100L))));
            batches.add(batches.getLast());
        }
        save(batches.toArray(Batch[]::new));
        assertThat(rows("peaks")).isEqualTo(Saving.PEAKS);
        try (Database database = Database.open(new Place(home()));
                var rows =
                        database.statement(
                                        "SELECT min(peak_rss_bytes), max(peak_rss_bytes), name,"
                                                + " command, wall_ms, duration_ms, phase"
                                                + " FROM peaks")
                                .executeQuery()) {
            assertThat(rows.getLong(1)).isEqualTo(2_100);
            assertThat(rows.getLong(2)).isEqualTo(7_000);
            assertThat(rows.getString(3)).isEqualTo("t1");
            assertThat(rows.getString(4)).isEqualTo("make t1");
            assertThat(rows.getLong(5)).isEqualTo(1_700_000_003_000L);
            assertThat(rows.getLong(6)).isEqualTo(2_000);
            assertThat(rows.getString(7)).isEqualTo("succeeded");
        }
    }

    @Test
    void peaksOfATaskAreReadNewestFirst() throws StoreFailure {
        String command = "make " + "x".repeat(PeakKey.COMMAND_LENGTH);
        StoredTask ended = Kept.task(1, ENDED);
        List<StoredAttempt> attempts =
                List.of(
                        Kept.succeeded(1, 10),
                        new StoredAttempt(
                                2, OptionalLong.of(5), 9, new Outcome.Evicted(20, 30), 20),
                        new StoredAttempt(
                                3,
                                OptionalLong.of(5),
                                8,
                                new Outcome.OutOfMemory(30, OptionalLong.empty()),
                                30),
                        new StoredAttempt(
                                4, OptionalLong.of(1), 8, new Outcome.Stopped("by hand"), 0),
                        new StoredAttempt(
                                5, OptionalLong.empty(), 8, new Outcome.Stopped("by hand"), 0));
        StoredTask linked =
                new StoredTask(
                        ended.id(),
                        TaskSpec.named("t1", Kept.SHOP, new Command.Shell(command)).build(),
                        List.of(),
                        Kept.EXPECTED,
                        ENDED,
                        5,
                        0,
                        true,
                        attempts,
                        List.of());
        try (SqliteStore store = SqliteStore.open(home())) {
            store.save(Kept.batch(2, linked, Kept.task(2, ENDED, Kept.succeeded(1, 99))));
            assertThat(store.peaks(Kept.SHOP, "t1", command.substring(0, PeakKey.COMMAND_LENGTH)))
                    .containsExactly(
                            new StoredPeak(0, 7, Phase.KILLED, false),
                            new StoredPeak(30, 3, Phase.FAILED, true),
                            new StoredPeak(20, 4, Phase.KILLED, true),
                            new StoredPeak(10, 2_000, Phase.SUCCEEDED, false));
            assertThat(store.peaks(Kept.SHOP, "t2", command)).isEmpty();
            assertThat(store.peaks(Kept.SHOP, "t1", "make t1")).isEmpty();
        }
    }

    @Test
    void oldestAttemptsOfARestlessServiceAreDropped() throws Exception {
        List<Batch> batches = new ArrayList<>();
        for (int n = 1; n <= 250; n++) {
            StoredTask task = Kept.task(1, ENDED, Kept.succeeded(n, 0));
            batches.add(
                    Kept.batch(
                            1,
                            new StoredTask(
                                    task.id(),
                                    task.spec(),
                                    task.needs(),
                                    task.expected(),
                                    ENDED,
                                    n,
                                    n,
                                    true,
                                    task.ended(),
                                    task.owed())));
        }
        save(batches.toArray(Batch[]::new));
        assertThat(rows("attempts")).isEqualTo(Saving.ATTEMPTS);
        List<StoredAttempt> ended = reopened().tasks().getFirst().ended();
        assertThat(ended).hasSize(50);
        assertThat(ended.getFirst().number()).isEqualTo(201);
        assertThat(ended.getLast().number()).isEqualTo(250);
    }

    @Test
    void markIsKeptWhereTheClocksHaveMoved() throws StoreFailure {
        ClockMark first = new ClockMark("a", 1_000, 51_000, 91_000);
        ClockMark later = new ClockMark("a", 2_000, 52_000, 92_999);
        ClockMark slept = new ClockMark("a", 3_000, 53_000, 99_000);
        ClockMark again = new ClockMark("b", 4_000, 100, 99_900);
        ClockMark newest = new ClockMark("b", 5_000, 1_100, 100_900);
        for (ClockMark each : List.of(first, later, slept, again, newest)) {
            save(new Batch(List.of(), List.of(), List.of(), 0, each));
        }
        assertThat(reopened().marks()).containsExactly(first, slept, again, newest);
    }

    @Test
    void emptyHomeHoldsNothing() throws StoreFailure {
        assertThat(reopened()).isEqualTo(Stored.NOTHING);
    }

    @Test
    void filesAreForTheUserAlone() throws Exception {
        try (SqliteStore store = SqliteStore.open(home())) {
            store.save(Kept.versionOne());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home())))
                    .isEqualTo("rwx------");
            try (Stream<Path> files = Files.list(home())) {
                assertThat(files.filter(Files::isRegularFile))
                        .hasSize(3)
                        .allSatisfy(file ->
                                assertThat(
                                                PosixFilePermissions.toString(
                                                        Files.getPosixFilePermissions(file)))
                                        .isEqualTo("rw-------"));
            }
            StoreSize size = SqliteStore.size(home());
            assertThat(size.databaseBytes())
                    .isEqualTo(Files.size(home().resolve("simmer.db")))
                    .isPositive();
            assertThat(size.logBytes()).isPositive();
        }
    }

    @Test
    void symbolicLinkInPlaceOfAFileIsRefused() throws Exception {
        Files.createDirectories(home());
        for (String name : List.of("simmer.db", "simmer.db-wal", "simmer.db-shm")) {
            Path file = home().resolve(name);
            Files.deleteIfExists(file);
            Path target = Files.writeString(folder.resolve("target"), "keep");
            Files.createSymbolicLink(file, target);
            assertThatThrownBy(() -> SqliteStore.open(home()))
                    .isInstanceOf(StoreFailure.class)
                    .hasMessageStartingWith(file + " is a symbolic link");
            assertThat(target).hasContent("keep");
            Files.delete(file);
        }
    }

    @Test
    void newerDatabaseIsRefusedAndStays() throws Exception {
        save(Kept.versionOne());
        try (Database database = Database.open(new Place(home()))) {
            database.run("PRAGMA user_version = 99");
        }
        byte[] before = Files.readAllBytes(home().resolve("simmer.db"));
        assertThatThrownBy(() -> SqliteStore.open(home()))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("newer Simmer (schema 99, this one knows 2)");
        assertThat(home().resolve("simmer.db")).hasBinaryContent(before);
    }

    @Test
    void fileThatIsNoDatabaseIsSetAside() throws Exception {
        Files.createDirectories(home());
        Files.writeString(home().resolve("simmer.db"), "this is no database ".repeat(500));
        try (SqliteStore store = SqliteStore.open(home())) {
            assertThat(store.notice()).get().asString().contains("was damaged", ".broken-");
            assertThat(store.load()).isEqualTo(Stored.NOTHING);
            store.save(Kept.versionOne());
        }
        assertThat(reopened()).isNotEqualTo(Stored.NOTHING);
        assertThat(setAside()).isEqualTo("this is no database ".repeat(500));
    }

    @Test
    void numbersGoOnBehindTheRunFoldersOfADatabaseThatWasSetAside() throws Exception {
        Files.createDirectories(home().resolve("runs/2"));
        Files.createDirectories(home().resolve("runs/17"));
        Files.createDirectories(home().resolve("runs/99x"));
        Files.writeString(home().resolve("simmer.db"), "this is no database ".repeat(500));
        try (SqliteStore store = SqliteStore.open(home())) {
            assertThat(store.load().lastTaskId()).isEqualTo(17);
            assertThat(store.complete()).isFalse();
        }
        // What is in the folders is nobody's to remove while the user has that database.
        Files.createDirectories(home().resolve("runs/30"));
        try (SqliteStore store = SqliteStore.open(home())) {
            assertThat(store.load().lastTaskId()).isEqualTo(17);
            assertThat(store.complete()).isFalse();
        }
        Files.delete(setAsideFile());
        try (SqliteStore store = SqliteStore.open(home())) {
            assertThat(store.complete()).isTrue();
        }
    }

    private Path setAsideFile() throws Exception {
        try (Stream<Path> files = Files.list(home())) {
            return files.filter(each -> each.toString().contains(".broken-")).findAny().get();
        }
    }

    private String setAside() throws Exception {
        try (Stream<Path> files = Files.list(home())) {
            Path file = files.filter(each -> each.toString().contains(".broken-")).findAny().get();
            return Files.readString(file);
        }
    }

    @Test
    void damageThatReadingFindsSetsTheDatabaseAside() throws Exception {
        List<StoredTask> tasks = new ArrayList<>();
        for (int id = 1; id <= 300; id++) {
            tasks.add(Kept.task(id, QUEUED));
        }
        save(Kept.batch(300, tasks.toArray(StoredTask[]::new)));
        Path file = home().resolve("simmer.db");
        byte[] bytes = Files.readAllBytes(file);
        // The first page holds the schema; the others hold tasks.
        java.util.Arrays.fill(bytes, 4096, bytes.length, (byte) 0x5a);
        Files.write(file, bytes);
        try (SqliteStore store = SqliteStore.open(home())) {
            assertThat(store.load()).isEqualTo(Stored.NOTHING);
            assertThat(store.notice()).get().asString().contains("was damaged", ".broken-");
            store.save(Kept.batch(1, Kept.task(1, QUEUED)));
        }
        assertThat(reopened().tasks()).hasSize(1);
    }

    @Test
    void rowThatIsNotUnderstoodIsLeftOutAndStays() throws Exception {
        save(Kept.batch(2, Kept.task(1, QUEUED), Kept.task(2, QUEUED)));
        try (Database database = Database.open(new Place(home()))) {
            database.run("UPDATE tasks SET state = '{\"type\":\"dreaming\"}' WHERE id = 1");
        }
        try (SqliteStore store = SqliteStore.open(home())) {
            assertThat(store.load().tasks()).hasSize(1);
            assertThat(store.notice())
                    .get()
                    .asString()
                    .contains("1 entries", "task 1: type: \"dreaming\" is not known here");
        }
        assertThat(rows("tasks")).isEqualTo(2);
    }

    @Test
    void logOfADatabaseThatAnotherProgramReadsShrinksOnceItIsDone() throws Exception {
        try (SqliteStore store = SqliteStore.open(home())) {
            store.save(Kept.versionOne());
            try (Database reader = Database.open(new Place(home()))) {
                reader.run("BEGIN");
                try (var rows = reader.statement("SELECT * FROM tasks").executeQuery()) {
                    assertThat(rows.next()).isTrue();
                    saveMuch(store);
                }
                assertThat(SqliteStore.size(home()).logBytes())
                        .isGreaterThan(Database.LOG_BYTES + (1 << 20));
                reader.run("COMMIT");
            }
            saveMuch(store);
            store.save(Kept.batch(1, Kept.task(1, QUEUED)));
            assertThat(SqliteStore.size(home()).logBytes())
                    .isLessThanOrEqualTo(Database.LOG_BYTES + (1 << 20));
        }
    }

    private static void saveMuch(SqliteStore store) throws StoreFailure {
        StoredTask task = Kept.task(1, QUEUED);
        for (int i = 0; i < 6; i++) {
            StoredTask large =
                    new StoredTask(
                            task.id(),
                            task.spec()
                                    .edit()
                                    .session(Character.toString('a' + i).repeat(1 << 20))
                                    .build(),
                            task.needs(),
                            task.expected(),
                            QUEUED,
                            0,
                            0,
                            false,
                            List.of(),
                            List.of());
            store.save(Kept.batch(1, large));
        }
    }

    @Test
    void libraryIsUnpackedOnceAndAnewWhereItIsCutShort() throws Exception {
        Path lib = folder.resolve("lib");
        Path library = NativeLibrary.unpacked(lib);
        assertThat(Files.size(library)).isGreaterThan(500_000);
        Object before = Files.getAttribute(library, "unix:ino");
        assertThat(NativeLibrary.unpacked(lib)).isEqualTo(library);
        assertThat(Files.getAttribute(library, "unix:ino")).isEqualTo(before);
        Files.write(library, new byte[0]);
        assertThat(Files.size(NativeLibrary.unpacked(lib))).isGreaterThan(500_000);
        try (Stream<Path> files = Files.list(lib)) {
            assertThat(files).containsExactly(library);
        }
    }
}
