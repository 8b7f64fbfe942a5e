package dev.simmer.model;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

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

    // By hand, here and where else commands compare records: a record's own methods are linked anew
    // in each process, which takes longer than all the rest of a short command.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof WorkspaceId that && folder.equals(that.folder);
    }

    @Override
    public int hashCode() {
        return folder.hashCode();
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
