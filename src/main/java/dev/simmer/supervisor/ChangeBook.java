package dev.simmer.supervisor;

import dev.simmer.model.Snapshot;
import dev.simmer.model.TaskView;
import java.util.ArrayList;
import java.util.List;

/**
 * The newest snapshot, and for each part of it the moment at which it became as it is. With it a
 * subscription needs to remember one moment only, however much has changed since: what it has not
 * been told is what changed later. Moments count the snapshots taken in. For one thread.
 */
final class ChangeBook {
    /** How many removals are remembered; who has missed more is told everything anew. */
    static final int REMOVALS = 4_096;

    private Snapshot newest = Snapshot.EMPTY;
    private long now;
    private long[] changed = {};
    private long host;
    private long workspaces;
    private long trouble;
    private final long[] removedIds = new long[REMOVALS];
    private final long[] removedAt = new long[REMOVALS];
    private long removals;

    /** Takes a snapshot in, and whether anything differs from the one before. */
    boolean take(Snapshot snapshot) {
        long next = now + 1;
        boolean differs = false;
        if (!snapshot.host().equals(newest.host())) {
            host = next;
            differs = true;
        }
        if (!snapshot.workspaces().equals(newest.workspaces())) {
            workspaces = next;
            differs = true;
        }
        if (!snapshot.trouble().equals(newest.trouble())) {
            trouble = next;
            differs = true;
        }
        differs |= compareTasks(newest.tasks(), snapshot.tasks(), next);
        newest = snapshot;
        if (differs) {
            now = next;
        }
        return differs;
    }

    private boolean compareTasks(List<TaskView> before, List<TaskView> after, long next) {
        long[] fresh = new long[after.size()];
        boolean differs = false;
        int old = 0;
        for (int i = 0; i < fresh.length; i++) {
            TaskView task = after.get(i);
            while (old < before.size() && before.get(old).id().compareTo(task.id()) < 0) {
                removed(before.get(old++), next);
                differs = true;
            }
            boolean known = old < before.size() && before.get(old).id().equals(task.id());
            if (known && same(before.get(old), task)) {
                fresh[i] = changed[old];
            } else {
                fresh[i] = next;
                differs = true;
            }
            if (known) {
                old++;
            }
        }
        while (old < before.size()) {
            removed(before.get(old++), next);
            differs = true;
        }
        changed = fresh;
        return differs;
    }

    /** An engine makes a task's view anew only when something of it has changed. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean same(TaskView before, TaskView after) {
        return before == after || before.equals(after);
    }

    private void removed(TaskView task, long at) {
        int place = (int) (removals % REMOVALS);
        removedIds[place] = task.id().value();
        removedAt[place] = at;
        removals++;
    }

    /** The newest snapshot. */
    Snapshot newest() {
        return newest;
    }

    /** The moment of the newest change; 0 before the first. */
    long now() {
        return now;
    }

    /** When the task at this place of the newest snapshot became as it is. */
    long changedAt(int place) {
        return changed[place];
    }

    boolean hostChangedSince(long moment) {
        return host > moment;
    }

    boolean workspacesChangedSince(long moment) {
        return workspaces > moment;
    }

    boolean troubleChangedSince(long moment) {
        return trouble > moment;
    }

    /** Whether all removals after that moment are remembered. */
    boolean reachesBackTo(long moment) {
        // Those that are forgotten are not newer than the oldest that is remembered.
        return removals <= REMOVALS || removedAt[(int) (removals % REMOVALS)] <= moment;
    }

    /** The ids of the tasks that were removed after that moment, as far as remembered. */
    List<Long> removedSince(long moment) {
        int known = (int) Math.min(removals, REMOVALS);
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < known && removedAt[place(i)] > moment; i++) {
            ids.add(removedIds[place(i)]);
        }
        return ids;
    }

    /** Where the removal before the newest {@code back} ones is. */
    private int place(int back) {
        return (int) ((removals - 1 - back) % REMOVALS);
    }
}
