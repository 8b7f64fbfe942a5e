package dev.simmer.engine.ports;

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
