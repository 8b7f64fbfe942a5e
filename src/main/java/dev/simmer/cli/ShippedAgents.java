package dev.simmer.cli;

import java.nio.file.Path;
import java.util.Optional;

/** The definitions of agents that come with Simmer. */
final class ShippedAgents {
    private ShippedAgents() {}

    /**
     * Their folder: in the installation that this process runs from, else in the project; one that
     * is not there where neither is known.
     */
    static Path folder() {
        return Optional.ofNullable(System.getProperty("simmer.app"))
                .or(() -> Optional.ofNullable(System.getProperty("simmer.root")))
                .map(root -> Path.of(root, "agents"))
                .orElseGet(() -> Path.of("/nonexistent/simmer/agents"));
    }
}
