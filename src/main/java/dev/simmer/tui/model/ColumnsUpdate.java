package dev.simmer.tui.model;

import java.util.List;
import java.util.Optional;

/** What keys do in the list of columns. */
final class ColumnsUpdate {
    private ColumnsUpdate() {}

    static Step pressed(Model model, Mode.Columns mode, Optional<Action> action) {
        if (action.isEmpty()) {
            return Step.of(model);
        }
        TableChoice choice = model.table().choice();
        List<Column> order = choice.order();
        int at = Math.clamp(mode.at(), 0, order.size() - 1);
        Column column = order.get(at);
        return switch (action.get()) {
            case BACK -> Step.of(model.with(m -> m.mode = new Mode.Normal()));
            case UP -> at(model, at - 1);
            case DOWN -> at(model, at + 1);
            case PAGE_UP, HALF_UP, TOP -> at(model, 0);
            case PAGE_DOWN, HALF_DOWN, BOTTOM -> at(model, order.size() - 1);
            case TOGGLE ->
                    column.stays()
                            ? Step.of(
                                    Update.say(
                                            model,
                                            column.heading().toLowerCase(java.util.Locale.ROOT)
                                                    + " is always shown"))
                            : Step.of(TableUpdate.arranged(model, choice.toggled(column)));
            case MOVE_UP -> moved(model, column, at, -1);
            case MOVE_DOWN -> moved(model, column, at, 1);
            case SORT ->
                    column.sorts()
                            ? Step.of(TableUpdate.arranged(model, choice.sorted(column)))
                            : Step.of(model);
            case RESET -> Step.of(TableUpdate.arranged(model, choice.resetColumns()));
            default -> Step.of(model);
        };
    }

    private static Step at(Model model, int to) {
        int last = model.table().choice().order().size() - 1;
        return Step.of(model.with(m -> m.mode = new Mode.Columns(Math.clamp(to, 0, last))));
    }

    private static Step moved(Model model, Column column, int at, int by) {
        TableChoice choice = model.table().choice().moved(column, by);
        return at(TableUpdate.arranged(model, choice), at + by);
    }
}
