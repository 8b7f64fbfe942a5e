package dev.simmer.store;

/**
 * What a store takes on disk.
 *
 * @param databaseBytes the database; 0 where there is none
 * @param logBytes its write-ahead log; at most some 4 MiB, unless another program reads the
 *     database
 */
public record StoreSize(long databaseBytes, long logBytes) {
    /** Both together. */
    public long bytes() {
        return databaseBytes + logBytes;
    }
}
