package dev.simmer.engine.ports;

import dev.simmer.model.WorkspaceId;
import java.util.List;
import java.util.Optional;

/**
 * What an engine knows, kept on disk. What an engine has decided is saved before it is carried out:
 * so after a crash at any moment a decision either stands or was never made. Called by one thread.
 */
public interface TaskStore extends AutoCloseable {
    /**
     * All that has been saved.
     *
     * @throws StoreFailure where it cannot be read; nothing of it is lost by that
     */
    Stored load() throws StoreFailure;

    /**
     * Saves a piece of news, all of it or nothing.
     *
     * @throws StoreFailure where it was not saved, such as on a full disk; saving it again later is
     *     safe
     */
    void save(Batch batch) throws StoreFailure;

    /**
     * What earlier attempts of a task used, the newest first.
     *
     * @param name the task's, as a {@link PeakKey} has it
     * @param command the beginning of the command's text, likewise
     * @throws StoreFailure where it cannot be read
     */
    default List<StoredPeak> peaks(WorkspaceId workspace, String name, String command)
            throws StoreFailure {
        return List.of();
    }

    /**
     * Whether a task that has a run folder and is not in {@link #load} has been forgotten on
     * purpose. False where the store may have lost tasks: then their run folders are all that is
     * left of them.
     */
    default boolean complete() {
        return true;
    }

    /** What the user should know of how the store was opened and loaded, in words. */
    default Optional<String> notice() {
        return Optional.empty();
    }

    @Override
    void close();

    /** Keeps nothing: for an engine that ends with its process. */
    TaskStore NONE =
            new TaskStore() {
                @Override
                public Stored load() {
                    return Stored.NOTHING;
                }

                @Override
                public void save(Batch batch) {}

                @Override
                public void close() {}
            };
}
