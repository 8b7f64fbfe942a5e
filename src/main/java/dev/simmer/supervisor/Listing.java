package dev.simmer.supervisor;

import dev.simmer.model.Snapshot;

/**
 * A snapshot of the tasks that a filter let through.
 *
 * @param leftOut how many ended tasks it left out because newer ones were enough
 */
public record Listing(Snapshot snapshot, int leftOut) {}
