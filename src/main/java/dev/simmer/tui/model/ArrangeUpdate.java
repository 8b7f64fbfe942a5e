package dev.simmer.tui.model;

import java.util.Optional;

/** Dividing the screen otherwise, by keys and by the mouse. */
final class ArrangeUpdate {
    private static final int COLUMNS = 2;

    private ArrangeUpdate() {}

    /** The next way to lay out table and logs. */
    static Step reshaped(Model model) {
        Shape next = model.arrangement().shape().next();
        Model shaped = model.with(m -> m.arrangement = m.arrangement.withShape(next));
        boolean cramped = next == Shape.BESIDE && !next.beside(model.columns(), model.rows());
        String words = "layout: " + next.word() + (cramped ? ", once there is room" : "");
        return Step.of(Update.say(shaped, words));
    }

    /** Moves the border between table and logs: to the left or up, or to the right or down. */
    static Step moved(Model model, boolean on) {
        Optional<Border> border = model.layout().divider();
        if (border.isEmpty()) {
            return Step.of(model);
        }
        int by = border.get().which().upright() ? COLUMNS : 1;
        return Step.of(moved(model, border.get(), border.get().first() + (on ? by : -by)));
    }

    private static Model moved(Model model, Border border, int first) {
        Border there = Border.at(border.which(), border.body(), first);
        return there.equals(border)
                ? model
                : model.with(m -> m.arrangement = m.arrangement.with(there));
    }

    /** Takes hold of the border that the mouse has hit. */
    static Model grasped(Model model, int column, int row) {
        Optional<Divider> hit = model.layout().borderAt(column, row).map(Border::which);
        return hit.equals(model.arrangement().dragged())
                ? model
                : model.with(m -> m.arrangement = m.arrangement.withDragged(hit));
    }

    /** Takes the border that is held to where the mouse is. */
    static Model dragged(Model model, int column, int row) {
        Optional<Divider> held = model.arrangement().dragged();
        return held.flatMap(model.layout()::border)
                .map(border -> moved(model, border, border.along(column, row)))
                .orElse(model);
    }

    /** Lets go of it. */
    static Model released(Model model) {
        return model.arrangement().dragged().isEmpty()
                ? model
                : model.with(m -> m.arrangement = m.arrangement.withDragged(Optional.empty()));
    }

    /** Leaves the mouse to the terminal, or takes it again. */
    static Step mouse(Model model) {
        boolean on = !model.arrangement().mouse();
        String key = model.keymap().shown(model.context(), Action.MOUSE);
        String words =
                on
                        ? "the mouse works here again"
                        : "the mouse selects text now; " + key + " takes it back";
        Model next = model.with(m -> m.arrangement = released(model).arrangement().withMouse(on));
        return Step.of(Update.say(next, words), new Cmd.Mouse(on));
    }
}
