package dev.simmer.tui.model;

import dev.simmer.model.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The dashboard closes as soon as nothing of the workspace runs.
 *
 * @param until when it closes in any case; the tasks are stopped all the same
 * @param unanswered what was asked of the engine and not answered yet
 */
public record Leaving(Instant until, List<Request.Stop> unanswered) {
    /** How long it waits for tasks that take their time. */
    public static final Duration LIMIT = Duration.ofSeconds(30);

    public Leaving {
        unanswered = List.copyOf(unanswered);
    }

    Leaving asking(Request.Stop request) {
        List<Request.Stop> all = new ArrayList<>(unanswered);
        all.add(request);
        return new Leaving(until, all);
    }

    Leaving answered(Request.Stop request) {
        List<Request.Stop> left = new ArrayList<>(unanswered);
        left.remove(request);
        return new Leaving(until, left);
    }
}
