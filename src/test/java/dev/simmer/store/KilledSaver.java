package dev.simmer.store;

import dev.simmer.engine.ports.StoredState;
import dev.simmer.engine.ports.StoredTask;
import dev.simmer.model.Outcome;
import java.nio.file.Path;

/** Saves one task after another, and tells each number once it is saved, until it is killed. */
final class KilledSaver {
    private KilledSaver() {}

    public static void main(String[] args) throws Exception {
        try (SqliteStore store = SqliteStore.open(Path.of(args[0]))) {
            long id = store.load().lastTaskId();
            // Far more than a parent ever lets it, so that one without a parent ends.
            for (long last = id + 200_000; id < last; id++) {
                StoredTask next = next(id + 1);
                if (id == 0) {
                    store.save(Kept.batch(1, next));
                } else {
                    store.save(Kept.batch(id + 1, ended(id), next));
                }
                System.out.println(id + 1);
            }
        }
    }

    static StoredTask next(long id) {
        return Kept.task(id, new StoredState.Queued(id));
    }

    static StoredTask ended(long id) {
        return Kept.task(
                id, new StoredState.Ended(id, new Outcome.Succeeded()), Kept.succeeded(1, id));
    }
}
