package dev.simmer.cli;

import dev.simmer.model.Command;
import java.util.Optional;

final class InteractiveCommands {
    private InteractiveCommands() {}

    static Optional<String> refusal(Command command) {
        return command.text().equals("vim") ? Optional.of("vim is an editor") : Optional.empty();
    }
}
