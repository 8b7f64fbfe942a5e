package dev.simmer.tui.model;

import dev.simmer.model.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the user is told of without having asked; immutable.
 *
 * @param shown in the dashboard, oldest first, at most {@link #MOST}
 * @param held what waits to be told outside of the dashboard, oldest first
 * @param toldAt when something was told outside lately, oldest first
 * @param own tasks that the user ends here, and when: that they end soon after is no news
 * @param focused whether the terminal has the keyboard; empty where it does not say
 * @param tells whether anything is told outside of the dashboard
 */
public record Notices(
        List<Notice> shown,
        List<Notice> held,
        List<Instant> toldAt,
        Map<TaskId, Instant> own,
        Optional<Boolean> focused,
        boolean tells) {
    /** Nothing has happened. */
    public static final Notices NONE =
            new Notices(List.of(), List.of(), List.of(), Map.of(), Optional.empty(), false);

    /** Toasts at once. */
    public static final int MOST = 3;

    /** How long a toast stays. */
    public static final Duration STAYS = Duration.ofSeconds(6);

    private static final Duration BURST = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration OWN = Duration.ofSeconds(20);

    /** After as many in a minute, the rest of that minute is told as one. */
    static final int MOST_A_MINUTE = 5;

    public Notices {
        shown = List.copyOf(shown);
        held = List.copyOf(held);
        toldAt = List.copyOf(toldAt);
        own = java.util.Collections.unmodifiableMap(new TreeMap<>(own));
    }

    /** Whether the clock must go on for it. */
    public boolean ticks() {
        return !shown.isEmpty() || !held.isEmpty();
    }

    /** Takes news in; of more than {@link #MOST} within a second only their number is shown. */
    Notices with(List<Notice> news, Instant now) {
        List<Notice> older = new ArrayList<>();
        List<Notice> burst = new ArrayList<>();
        for (Notice each : shown) {
            (each.at().plus(BURST).isAfter(now) ? burst : older).add(each);
        }
        burst.addAll(news);
        List<Notice> all = older;
        all.addAll(burst.size() > MOST ? summed(burst, now) : burst);
        List<Notice> last = all.subList(Math.max(0, all.size() - MOST), all.size());
        List<Notice> waiting = new ArrayList<>(held);
        if (tells) {
            waiting.addAll(news);
        }
        return new Notices(last, waiting, toldAt, own, focused, tells);
    }

    /** One notice for each sort of event among them. */
    static List<Notice> summed(List<Notice> notices, Instant now) {
        List<Notice> sums = new ArrayList<>();
        for (Notice.Event event : Notice.Event.values()) {
            List<Notice> same = notices.stream().filter(each -> each.event() == event).toList();
            int count = same.stream().mapToInt(Notice::count).sum();
            if (same.size() == 1) {
                sums.add(same.getFirst());
            } else if (count > 0) {
                sums.add(new Notice(event, Optional.empty(), "", "", count, now));
            }
        }
        return sums;
    }

    /** What is left at a time. */
    Notices at(Instant now) {
        boolean gone = shown.stream().anyMatch(each -> !each.at().plus(STAYS).isAfter(now));
        boolean forgotten = own.values().stream().anyMatch(when -> !when.plus(OWN).isAfter(now));
        if (!gone && !forgotten) {
            return this;
        }
        Map<TaskId, Instant> lately = new TreeMap<>(own);
        lately.values().removeIf(when -> !when.plus(OWN).isAfter(now));
        return new Notices(
                shown.stream().filter(each -> each.at().plus(STAYS).isAfter(now)).toList(),
                held,
                toldAt,
                lately,
                focused,
                tells);
    }

    /**
     * What is to be told outside of the dashboard now: one notice a second at most, of several that
     * wait their number; after {@link #MOST_A_MINUTE} in a minute nothing until it is over.
     */
    Optional<Notice> due(Instant now) {
        if (held.isEmpty()
                || (!toldAt.isEmpty() && toldAt.getLast().plus(BURST).isAfter(now))
                || told(now).size() >= MOST_A_MINUTE) {
            return Optional.empty();
        }
        return Optional.of(summed(held, now).getFirst());
    }

    /** The same after that was told. */
    Notices told(Notice notice, Instant now) {
        List<Instant> times = new ArrayList<>(told(now));
        times.add(now);
        List<Notice> left =
                summed(held, now).stream().filter(each -> each.event() != notice.event()).toList();
        return new Notices(shown, left, times, own, focused, tells);
    }

    private List<Instant> told(Instant now) {
        return toldAt.stream().filter(each -> each.plus(MINUTE).isAfter(now)).toList();
    }

    /** The same with tasks that the user ends. */
    Notices acting(Iterable<TaskId> tasks, Instant now) {
        Map<TaskId, Instant> mine = new TreeMap<>(own);
        tasks.forEach(task -> mine.put(task, now));
        return new Notices(shown, held, toldAt, mine, focused, tells);
    }

    /** The same, told outside of the dashboard too. */
    Notices telling() {
        return new Notices(shown, held, toldAt, own, focused, true);
    }

    /** The same when the terminal has said whether it has the keyboard. */
    Notices focused(boolean now) {
        return new Notices(shown, held, toldAt, own, Optional.of(now), tells);
    }
}
