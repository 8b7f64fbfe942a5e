package dev.simmer.tui.model;

import dev.simmer.model.TaskId;
import dev.simmer.model.TaskView;
import java.util.List;
import java.util.Optional;

/** What keys and the mouse do in the timeline, in the map of needs and in the details. */
final class SightUpdate {
    private SightUpdate() {}

    /** Does what is done by the sights; empty for what is done elsewhere. */
    static Optional<Step> act(Model model, Action action) {
        switch (action) {
            case TIMELINE -> {
                return Optional.of(Step.of(toggled(model, Sight.TIMELINE)));
            }
            case NEEDS -> {
                return Optional.of(Step.of(toggled(model, Sight.NEEDS)));
            }
            case DETAILS -> {
                return Optional.of(Step.of(details(model)));
            }
            default -> {}
        }
        Sight shown = model.sights().shown();
        if (shown == Sight.TASKS || model.leaving().isPresent()) {
            return Optional.empty();
        }
        return switch (action) {
            case BACK, SWITCH_FOCUS -> Optional.of(Step.of(showing(model, Sight.TASKS)));
            case OPEN_LOG -> Optional.of(Step.of(PaneUpdate.open(showing(model, Sight.TASKS))));
            default ->
                    shown == Sight.TIMELINE
                            ? timeline(model, action).map(Step::of)
                            : needs(model, action).map(Step::of);
        };
    }

    private static Model toggled(Model model, Sight sight) {
        return showing(model, model.sights().shown() == sight ? Sight.TASKS : sight);
    }

    private static Model showing(Model model, Sight sight) {
        return model.with(m -> {
            m.sights = m.sights.showing(sight);
            m.focus = Focus.TABLE;
            m.arrangement = m.arrangement.withZoom(Optional.empty());
        });
    }

    private static Optional<Model> timeline(Model model, Action action) {
        Timeline now = model.sights().timeline();
        Timeline then =
                switch (action) {
                    case LEFT -> now.moved(1);
                    case RIGHT -> now.moved(-1);
                    case LONGER -> now.zoomed(1);
                    case SHORTER -> now.zoomed(-1);
                    default -> now;
                };
        return then.equals(now)
                ? moved(model, action)
                : Optional.of(model.with(m -> m.sights = m.sights.withTimeline(then)));
    }

    private static Optional<Model> moved(Model model, Action action) {
        int at = Sights.index(model);
        int page = TimelineRows.of(model).rows();
        return switch (action) {
            case LEFT, RIGHT, LONGER, SHORTER -> Optional.of(model);
            case UP -> Optional.of(selecting(model, at - 1));
            case DOWN -> Optional.of(selecting(model, at + 1));
            case PAGE_UP -> Optional.of(selecting(model, at - page));
            case PAGE_DOWN -> Optional.of(selecting(model, at + page));
            case HALF_UP -> Optional.of(selecting(model, at - Math.max(1, page / 2)));
            case HALF_DOWN -> Optional.of(selecting(model, at + Math.max(1, page / 2)));
            case TOP -> Optional.of(selecting(model, 0));
            case BOTTOM -> Optional.of(selecting(model, Integer.MAX_VALUE));
            default -> Optional.empty();
        };
    }

    /** Selects the task of an index, or the one next to that. */
    private static Model selecting(Model model, int index) {
        List<TaskView> tasks = Sights.tasks(model);
        if (tasks.isEmpty()) {
            return model;
        }
        TaskId id = tasks.get(Math.clamp(index, 0, tasks.size() - 1)).id();
        int rows = model.layout().tableRows();
        return model.with(m -> m.table = m.table.select(id, rows));
    }

    private static Optional<Model> needs(Model model, Action action) {
        NeedsMap map = model.sights().needs();
        int at = model.sights().at();
        if (at < 0 || at >= map.places().size()) {
            return Optional.empty();
        }
        int page = Math.max(1, model.rows() / 2);
        int to = at;
        switch (action) {
            case UP, DOWN, LEFT, RIGHT -> to = map.from(at, action);
            case PAGE_UP, HALF_UP -> {
                for (int i = 0; i < page; i++) {
                    to = map.from(to, Action.UP);
                }
            }
            case PAGE_DOWN, HALF_DOWN -> {
                for (int i = 0; i < page; i++) {
                    to = map.from(to, Action.DOWN);
                }
            }
            case TOP -> to = 0;
            case BOTTOM -> to = map.places().size() - 1;
            default -> {
                return Optional.empty();
            }
        }
        return Optional.of(placed(model, to));
    }

    private static Model placed(Model model, int to) {
        TaskId task = model.sights().needs().places().get(to).task();
        int rows = model.layout().tableRows();
        return model.with(m -> {
            m.sights = m.sights.withNeeds(m.sights.needs(), to);
            m.table = m.table.select(task, rows);
        });
    }

    /** Makes the map of needs fit to the tasks while it is shown. */
    static Model settled(Model model) {
        Sights sights = model.sights();
        if (sights.shown() != Sight.NEEDS) {
            return model;
        }
        List<TaskView> tasks = Sights.tasks(model);
        NeedsMap map = sights.needs().fits(tasks) ? sights.needs() : NeedsMap.of(tasks);
        Optional<TaskId> selected = model.row().map(TaskView::id);
        boolean there =
                sights.at() >= 0
                        && sights.at() < map.places().size()
                        && selected.equals(Optional.of(map.places().get(sights.at()).task()));
        int at = there ? sights.at() : selected.map(map::find).orElse(-1);
        return map.equals(sights.needs()) && at == sights.at()
                ? model
                : model.with(m -> m.sights = m.sights.withNeeds(map, at));
    }

    /** A click while a sight fills the screen; empty where the table does. */
    static Optional<Model> clicked(Model model, int column, int row) {
        if (model.sights().shown() == Sight.TASKS) {
            return Optional.empty();
        }
        if (model.sights().shown() == Sight.NEEDS) {
            return Optional.of(model);
        }
        TimelineRows rows = TimelineRows.of(model);
        int index = rows.first() + row - rows.box().y() - 2;
        int end = Math.min(rows.first() + rows.rows(), Sights.tasks(model).size());
        boolean there = rows.box().contains(column, row) && index >= rows.first() && index < end;
        return Optional.of(there ? selecting(model, index) : model);
    }

    /** A turn of the wheel, likewise. */
    static Optional<Model> wheeled(Model model, int by) {
        Sight shown = model.sights().shown();
        if (shown == Sight.TASKS) {
            return Optional.empty();
        }
        if (shown == Sight.NEEDS) {
            return needs(model, by < 0 ? Action.UP : Action.DOWN).or(() -> Optional.of(model));
        }
        return Optional.of(selecting(model, Sights.index(model) + by));
    }

    /** Whether what fills the screen moves although nothing happens. */
    static boolean moves(Model model) {
        return model.sights().shown() == Sight.TIMELINE
                && Sights.tasks(model).stream()
                        .anyMatch(task -> !task.phase().ended() && !task.dormant());
    }

    /** In a panel where there is room for it, else over all. */
    private static Model details(Model model) {
        if (model.selected().isEmpty()) {
            return model;
        }
        boolean tasks = model.sights().shown() == Sight.TASKS;
        if (tasks && DetailsRoom.possible(model)) {
            return model.with(m -> m.sights = m.sights.withPanel(!m.sights.panel()));
        }
        return model.with(m -> m.mode = new Mode.Details(0));
    }

    /** Keys while the details lie over all. */
    static Step details(Model model, int top, Optional<Action> action) {
        int page = Math.max(1, model.rows() - 6);
        int to =
                switch (action.orElse(Action.ACCEPT)) {
                    case UP -> top - 1;
                    case DOWN -> top + 1;
                    case PAGE_UP, HALF_UP -> top - page;
                    case PAGE_DOWN, HALF_DOWN -> top + page;
                    case TOP -> 0;
                    default -> top;
                };
        boolean over = action.equals(Optional.of(Action.BACK)) || model.selected().isEmpty();
        int most = Math.max(0, Details.rows(model, DetailsRoom.inside(model)).size() - 1);
        Mode next = over ? new Mode.Normal() : new Mode.Details(Math.clamp(to, 0, most));
        return Step.of(model.with(m -> m.mode = next));
    }
}
