package dev.simmer.supervisor;

import dev.simmer.model.TaskId;
import dev.simmer.model.TaskView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one subscription has been told, and what it is told next.
 *
 * <p>It goes round: all that has changed since the round before, in the order of the tasks' ids, as
 * it is when its turn comes; in messages of limited length, each made when the one before has left.
 * What changes meanwhile behind the place that the round has reached is told by the next round. So
 * nothing is queued, a state that is overtaken is never told, every change gets its turn, and what
 * a client that does not read costs is two numbers. For one thread.
 */
final class Subscription {
    private final long id;
    private final TaskFilter filter;
    private long told = -1;
    private long until;
    private long reached;
    private boolean going;
    private boolean whole;
    private boolean first;

    /**
     * The next message of a subscription.
     *
     * @param whole whether the client is to forget what it knows first
     * @param tasks in the order of their ids
     * @param removed ids of tasks that are gone
     * @param host whether the host's state belongs to it
     * @param workspaces whether the workspaces belong to it
     * @param more whether more messages follow until the state is complete
     */
    record Part(
            long subscription,
            boolean whole,
            List<byte[]> tasks,
            List<Long> removed,
            boolean host,
            boolean workspaces,
            boolean more) {}

    /** Writes a task down. */
    interface Encoder {
        byte[] encode(TaskView task);
    }

    Subscription(long id, TaskFilter filter) {
        this.id = id;
        this.filter = filter;
    }

    long id() {
        return id;
    }

    /**
     * What to tell next.
     *
     * @param bytes about how long a message may get; one task is told whatever its length
     * @return null where everything has been told
     */
    @Nullable Part next(ChangeBook book, Encoder encoder, int bytes) {
        if (!going) {
            if (told == book.now()) {
                return null;
            }
            begin(book);
        }
        List<byte[]> tasks = new ArrayList<>();
        boolean more = collect(book, encoder, bytes, tasks);
        boolean opens = whole && first;
        if (more) {
            first = false;
            return new Part(id, opens, tasks, List.of(), false, false, true);
        }
        going = false;
        long since = told;
        told = until;
        boolean wide = filter.ids().isEmpty();
        boolean host = wide && (whole || book.hostChangedSince(since));
        boolean workspaces = wide && (whole || book.workspacesChangedSince(since));
        List<Long> removed = whole ? List.of() : removed(book, since);
        if (!whole && !book.reachesBackTo(since)) {
            told = -1;
        }
        boolean nothing =
                tasks.isEmpty()
                        && removed.isEmpty()
                        && !host
                        && !workspaces
                        && !book.troubleChangedSince(since);
        return nothing && first && !whole
                ? null
                : new Part(id, opens, tasks, removed, host, workspaces, false);
    }

    private void begin(ChangeBook book) {
        going = true;
        first = true;
        whole = told < 0 || !book.reachesBackTo(told);
        until = book.now();
        reached = 0;
    }

    /** Whether there are more than fit. */
    private boolean collect(ChangeBook book, Encoder encoder, int bytes, List<byte[]> tasks) {
        List<TaskView> all = book.newest().tasks();
        int length = 0;
        for (int place = placeAfter(all, reached); place < all.size(); place++) {
            TaskView task = all.get(place);
            if ((!whole && book.changedAt(place) <= told) || !filter.passes(task)) {
                continue;
            }
            if (length >= bytes) {
                return true;
            }
            byte[] text = encoder.encode(task);
            tasks.add(text);
            length += text.length;
            reached = task.id().value();
        }
        return false;
    }

    private static int placeAfter(List<TaskView> all, long id) {
        int low = 0;
        int high = all.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (all.get(middle).id().value() <= id) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private List<Long> removed(ChangeBook book, long since) {
        List<Long> ids = book.removedSince(since);
        if (!filter.ids().isEmpty()) {
            ids.removeIf(each -> !filter.ids().contains(new TaskId(each)));
        }
        return ids;
    }
}
