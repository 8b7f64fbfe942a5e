package dev.simmer.tui.model;

import dev.simmer.model.TaskId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The log panes: the floating one and up to four pinned ones. Immutable.
 *
 * @param all by id; the floating one is always there
 * @param current the one that has the keys while the logs have them; always one of all
 * @param wraps whether long lines are wrapped in a pane that is opened; a report's are in any case
 * @param measured how much the diffs change that were looked at, newest last; at most one a pane
 */
public record Panes(
        Map<PaneId, Pane> all, PaneId current, boolean wraps, List<Model.DiffSeen> measured) {
    /** The floating pane, which shows nothing yet. */
    public static final Panes NONE =
            new Panes(Map.of(PaneId.FLOATING, Pane.FLOATING), PaneId.FLOATING, false, List.of());

    public Panes {
        all = Collections.unmodifiableMap(new EnumMap<>(all));
        measured = List.copyOf(measured);
        if (!all.containsKey(PaneId.FLOATING)) {
            throw new IllegalArgumentException("without the floating pane");
        }
        current = all.containsKey(current) ? current : PaneId.FLOATING;
    }

    /** The pane of this id, where it is open. */
    public Optional<Pane> find(PaneId id) {
        return Optional.ofNullable(all.get(id));
    }

    /** The pane of this id, else the floating one. */
    public Pane get(PaneId id) {
        return all.getOrDefault(id, floating());
    }

    /** The pane of the selected task. */
    public Pane floating() {
        return find(PaneId.FLOATING).orElse(Pane.FLOATING);
    }

    /** All panes, the floating one first. */
    public Collection<Pane> each() {
        return all.values();
    }

    /** The pinned panes that have a task, by number. */
    public List<Pane> pinned() {
        List<Pane> pinned = new ArrayList<>();
        for (Pane pane : all.values()) {
            if (pane.pinned() && pane.task().isPresent()) {
                pinned.add(pane);
            }
        }
        return pinned;
    }

    /** The pinned pane that shows the same as the floating one. */
    Optional<Pane> twin() {
        Pane floating = floating();
        return pinned().stream()
                .filter(pane -> pane.task().equals(floating.task()))
                .filter(pane -> pane.sheet() == floating.sheet())
                .filter(pane -> pane.merged().equals(floating.merged()) || !pane.isMerged())
                .findFirst();
    }

    /** The mark of the first pane to which a task is pinned; empty for none. */
    public String mark(TaskId task) {
        for (Pane pane : all.values()) {
            if (pane.pinned() && pane.task().filter(task::equals).isPresent()) {
                return pane.id().mark();
            }
        }
        return "";
    }

    Panes with(Pane pane) {
        Map<PaneId, Pane> changed = new EnumMap<>(all);
        changed.put(pane.id(), pane);
        return new Panes(changed, current, wraps, measured);
    }

    Panes without(PaneId id) {
        Map<PaneId, Pane> changed = new EnumMap<>(all);
        changed.remove(id);
        return new Panes(changed, current, wraps, measured);
    }

    Panes withCurrent(PaneId id) {
        return new Panes(all, id, wraps, measured);
    }

    Panes withWraps(boolean on) {
        return new Panes(all, current, on, measured);
    }

    /** Notes how much a diff changes. */
    Panes measuring(Model.DiffSeen seen) {
        List<Model.DiffSeen> known = new ArrayList<>(measured);
        known.removeIf(each -> each.key().task().equals(seen.key().task()));
        known.add(seen);
        int over = Math.max(0, known.size() - PaneId.values().length);
        return new Panes(all, current, wraps, known.subList(over, known.size()));
    }
}
