package dev.simmer.headless;

import dev.simmer.model.Phase;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskView;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Finds out when to say that tasks wait for what the host or another task has: memory, a heavy
 * place, a lock, or the host to themselves. That other tasks have to end first, or that all places
 * are taken, is as the task file wants it, and not said. Says as well which task runs although it
 * does not fit. Used by one thread; has no clock of its own.
 */
final class WaitNotes {
    /** A shorter wait is not worth a word. */
    static final long PATIENCE_NANOS = 5_000_000_000L;

    /** How long there is no further word about waits, whoever waits. */
    static final long SILENCE_NANOS = 30_000_000_000L;

    /** What the scheduler says of a task that starts although the host lacks its memory. */
    private static final String DOES_NOT_FIT = "expects ";

    /** Waits that are as the task file wants them, or over in a moment. */
    private static final List<String> USUAL =
            List.of("waits for a place", TaskView.WAITS_TO_BE_STARTED, "waits for the first look");

    /** Since when each task that waits does so, the longest wait first. */
    private final LinkedHashMap<TaskId, Long> since = new LinkedHashMap<>();

    private final Set<TaskId> warned = new HashSet<>();
    private Optional<Said> last = Optional.empty();

    /** A note about waits, and when it was told. */
    private record Said(String text, long nanos) {}

    /**
     * Tells what there is to say at this moment.
     *
     * @param tasks all tasks of the run
     * @param nanos of a clock that is never set; only differences count
     */
    void show(List<TaskView> tasks, long nanos, Consumer<Happening> tell) {
        Map<TaskId, TaskView> waiting = new LinkedHashMap<>();
        for (TaskView task : tasks) {
            if (task.phase().active()
                    && task.reason().startsWith(DOES_NOT_FIT)
                    && warned.add(task.id())) {
                tell.accept(new Happening.Note("warning: " + task.name() + " " + task.reason()));
            }
            if (waits(task)) {
                waiting.put(task.id(), task);
            }
        }
        since.keySet().retainAll(waiting.keySet());
        waiting.keySet().forEach(id -> since.putIfAbsent(id, nanos));
        if (last.isPresent() && nanos - last.get().nanos() < SILENCE_NANOS) {
            return;
        }
        Map.Entry<TaskId, Long> longest = since.firstEntry();
        if (longest != null && nanos - longest.getValue() >= PATIENCE_NANOS) {
            TaskView task = Objects.requireNonNull(waiting.get(longest.getKey()));
            say(text(task, waiting.size() - 1), nanos, tell);
        }
    }

    /** Nothing is told twice in a row: that it is still so helps nobody. */
    private void say(String text, long nanos, Consumer<Happening> tell) {
        if (last.isEmpty() || !last.get().text().equals(text)) {
            last = Optional.of(new Said(text, nanos));
            tell.accept(new Happening.Note(text));
        }
    }

    private static String text(TaskView task, int others) {
        String is = task.reason().startsWith("too big") ? " is " : " ";
        String more =
                switch (others) {
                    case 0 -> "";
                    case 1 -> " (1 more waits)";
                    default -> " (" + others + " more wait)";
                };
        return task.name() + is + task.reason() + more;
    }

    private static boolean waits(TaskView task) {
        String reason = task.reason();
        return task.phase() == Phase.WAITING
                && !reason.isEmpty()
                && USUAL.stream().noneMatch(reason::startsWith)
                && task.spec().needs().stream()
                        .noneMatch(need -> reason.startsWith("waits for " + need.task() + " to "));
    }
}
