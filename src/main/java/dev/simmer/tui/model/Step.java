package dev.simmer.tui.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What an update came to.
 *
 * @param model the new model
 * @param commands what is to be done, in order
 */
public record Step(Model model, List<Cmd> commands) {
    public Step {
        commands = List.copyOf(commands);
    }

    static Step of(Model model) {
        return new Step(model, List.of());
    }

    static Step of(Model model, Cmd command) {
        return new Step(model, List.of(command));
    }

    Step withMore(Optional<Cmd> command) {
        if (command.isEmpty()) {
            return this;
        }
        List<Cmd> all = new ArrayList<>(commands);
        all.add(command.get());
        return new Step(model, all);
    }

    /** The same, and what comes of the next one after it. */
    Step then(Step next) {
        List<Cmd> all = new ArrayList<>(commands);
        all.addAll(next.commands());
        return new Step(next.model(), all);
    }

    /** The same with something different in the model. */
    Step with(Consumer<Model.Draft> change) {
        return new Step(model.with(change), commands);
    }
}
