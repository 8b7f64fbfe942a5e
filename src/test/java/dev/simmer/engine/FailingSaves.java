package dev.simmer.engine;

import dev.simmer.engine.ports.Batch;
import dev.simmer.engine.ports.StoreFailure;
import dev.simmer.engine.ports.Stored;
import dev.simmer.engine.ports.TaskStore;
import java.io.IOException;

/** A store that can be read and never be written. */
record FailingSaves(TaskStore read, String why) implements TaskStore {
    @Override
    public Stored load() throws StoreFailure {
        return read.load();
    }

    @Override
    public void save(Batch batch) throws StoreFailure {
        throw new StoreFailure(why, new IOException("no space left on device"));
    }

    @Override
    public void close() {
        read.close();
    }
}
