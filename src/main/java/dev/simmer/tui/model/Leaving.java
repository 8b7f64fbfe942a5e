package dev.simmer.tui.model;

import dev.simmer.model.Request;
import dev.simmer.model.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The dashboard closes as soon as some tasks have ended.
 *
 * @param until when it closes in any case
 * @param tasks the tasks that are to end
 * @param unasked those of them that the engine has not taken on to stop yet
 * @param unanswered what was asked of the engine and not answered yet
 */
public record Leaving(
        Instant until,
        SortedSet<TaskId> tasks,
        SortedSet<TaskId> unasked,
        List<Request.Stop> unanswered) {
    /** How long it waits for tasks that take their time. */
    public static final Duration LIMIT = Duration.ofSeconds(30);

    public Leaving {
        tasks = Collections.unmodifiableSortedSet(new TreeSet<>(tasks));
        unasked = Collections.unmodifiableSortedSet(new TreeSet<>(unasked));
        unanswered = List.copyOf(unanswered);
    }

    static Leaving of(Instant now, Collection<TaskId> tasks) {
        SortedSet<TaskId> all = new TreeSet<>(tasks);
        return new Leaving(now.plus(LIMIT), all, all, List.of());
    }

    Leaving asking(Request.Stop request) {
        List<Request.Stop> all = new ArrayList<>(unanswered);
        all.add(request);
        return new Leaving(until, tasks, unasked, all);
    }

    /** The engine has answered; what it did not take on is to be asked for again. */
    Leaving answered(Request.Stop request, boolean taken) {
        List<Request.Stop> left = new ArrayList<>(unanswered);
        left.remove(request);
        SortedSet<TaskId> still = new TreeSet<>(unasked);
        if (taken) {
            still.removeAll(request.ids());
        }
        return new Leaving(until, tasks, still, left);
    }
}
