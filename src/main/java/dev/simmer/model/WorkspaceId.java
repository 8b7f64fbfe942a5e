package dev.simmer.model;

import java.nio.file.Path;

/**
 * The folder that holds a task file, or in which a task was spawned.
 *
 * @param folder absolute and normal
 */
public record WorkspaceId(Path folder) implements Comparable<WorkspaceId> {
    public WorkspaceId {
        if (!folder.isAbsolute()) {
            throw new IllegalArgumentException("a workspace is an absolute path, not " + folder);
        }
        folder = folder.normalize();
    }

    @Override
    public int compareTo(WorkspaceId other) {
        return folder.compareTo(other.folder);
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
