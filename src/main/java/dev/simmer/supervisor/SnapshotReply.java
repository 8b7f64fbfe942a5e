package dev.simmer.supervisor;

import dev.simmer.json.JsonValue;
import dev.simmer.model.Snapshot;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The answer to {@code snapshot}: the snapshot that is the newest when the answer begins to leave,
 * written down piece by piece, so that a client that does not read holds no text.
 */
final class SnapshotReply implements Connection.Outgoing {
    private static final int PIECE_BYTES = 32 << 10;

    private final JsonValue id;
    private final TaskFilter filter;
    private final ChangeBook book;
    private final Subscription.Encoder encoder;
    private @Nullable Snapshot snapshot;
    private List<TaskView> tasks = List.of();
    private int leftOut;
    private int told;
    private boolean done;

    SnapshotReply(JsonValue id, TaskFilter filter, ChangeBook book, Subscription.Encoder encoder) {
        this.id = id;
        this.filter = filter;
        this.book = book;
        this.encoder = encoder;
    }

    @Override
    public byte @Nullable [] next() {
        if (done) {
            return null;
        }
        Pieces text = new Pieces(PIECE_BYTES + 1024);
        if (snapshot == null) {
            snapshot = book.newest();
            choose(snapshot);
            text.add(ServerText.snapshotHead(id, snapshot, leftOut));
        }
        while (told < tasks.size() && text.length() < PIECE_BYTES) {
            if (told > 0) {
                text.add(",");
            }
            text.add(encoder.encode(tasks.get(told++)));
        }
        if (told == tasks.size()) {
            text.add(ServerText.snapshotTail());
            done = true;
            tasks = List.of();
        }
        return text.bytes();
    }

    private void choose(Snapshot from) {
        List<TaskView> passed = new ArrayList<>();
        for (TaskView task : from.tasks()) {
            if (filter.passes(task)) {
                passed.add(task);
            }
        }
        tasks = passed;
        if (filter.newestEnded().isPresent()) {
            leaveOutOld(filter.newestEnded().getAsInt());
        }
    }

    private void leaveOutOld(int most) {
        List<TaskView> ended = new ArrayList<>();
        for (TaskView task : tasks) {
            if (task.phase().ended()) {
                ended.add(task);
            }
        }
        leftOut = Math.max(0, ended.size() - most);
        if (leftOut == 0) {
            return;
        }
        ended.sort(
                Comparator.comparing((TaskView task) -> task.endedAt().orElse(Instant.EPOCH))
                        .thenComparing(TaskView::id));
        Set<TaskId> ids = new HashSet<>();
        for (TaskView task : ended.subList(0, leftOut)) {
            ids.add(task.id());
        }
        tasks = tasks.stream().filter(task -> !ids.contains(task.id())).toList();
    }
}
