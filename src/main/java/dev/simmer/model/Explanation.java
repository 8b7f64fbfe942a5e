package dev.simmer.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Why a task is in its state, what it waits for, and when that is expected to end. The reason, the
 * expected memory and where it comes from are in {@code task}.
 *
 * @param task the task
 * @param host the host at the same moment
 * @param at the moment
 * @param since since when it has been in its state
 * @param blockers what has to end, or to be given back, before it can start, in the order in which
 *     that is expected; empty for a task that does not wait
 * @param startsAt when it is expected to start, by how long earlier attempts took; empty where it
 *     does not wait or that cannot be told
 * @param endsAt when it is expected to end, likewise
 * @param notes what else is worth knowing, each a sentence, such as that what was declared is far
 *     off what was measured
 */
public record Explanation(
        TaskView task,
        HostView host,
        Instant at,
        Instant since,
        List<Blocker> blockers,
        Optional<Instant> startsAt,
        Optional<Instant> endsAt,
        List<String> notes) {
    public Explanation {
        blockers = List.copyOf(blockers);
        notes = List.copyOf(notes);
    }

    /** The same with a note more. */
    public Explanation with(String note) {
        List<String> more = new ArrayList<>(notes);
        more.add(note);
        return new Explanation(task, host, at, since, blockers, startsAt, endsAt, more);
    }

    /**
     * A task that stands in the way of another.
     *
     * @param id its number
     * @param name its name; may hold any character
     * @param holds what it has that the other one needs, such as {@code 1.5G} or {@code lock git}
     * @param endsAt when it is expected to end, by how long earlier attempts took; empty where that
     *     cannot be told
     */
    public record Blocker(TaskId id, String name, String holds, Optional<Instant> endsAt) {}

    /** The task's state and why it is in it. */
    public String standing() {
        return task.phase().word() + (task.reason().isEmpty() ? "" : ", " + task.reason());
    }

    /** All else, in words with figures; names in it may hold any character. */
    public List<Line> lines() {
        return ExplanationWords.of(this);
    }

    /**
     * A line for people.
     *
     * @param key what it is about, in at most 10 letters; empty where it goes on with the line
     *     above
     * @param text the rest
     */
    public record Line(String key, String text) {}
}
