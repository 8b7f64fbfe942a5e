package dev.simmer.tui.model;

import java.util.List;

/**
 * What was found for dialogs, as it was told last.
 *
 * @param commands of the project and of the machine
 * @param files of the folder that was asked for last
 * @param agents definitions and session files
 */
public record Known(Findings.Commands commands, Findings.Files files, Findings.Agents agents) {
    /** Nothing was asked yet. The folder of that name cannot be typed. */
    static final Known NOTHING =
            new Known(
                    new Findings.Commands(List.of(), List.of()),
                    new Findings.Files("\0", List.of()),
                    new Findings.Agents(List.of(), List.of()));

    Known with(Findings.Commands found) {
        return new Known(found, files, agents);
    }

    Known with(Findings.Files found) {
        return new Known(commands, found, agents);
    }

    Known with(Findings.Agents found) {
        return new Known(commands, files, found);
    }
}
