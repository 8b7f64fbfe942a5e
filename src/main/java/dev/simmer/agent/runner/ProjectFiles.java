package dev.simmer.agent.runner;

import dev.simmer.agent.definition.Broken;
import dev.simmer.agent.definition.Catalogue;
import dev.simmer.agent.definition.Definition;
import dev.simmer.agent.stream.Program;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Agent files of a workspace that a program reads by itself, whatever it is told, and that keep it
 * from starting. OpenCode (tried with 1.18.33) reads all that lies below {@code .opencode}, and
 * takes no colour but its own.
 */
public final class ProjectFiles {
    private static final Pattern COLOUR = Pattern.compile("#[0-9a-f]{6}");
    private static final Set<String> COLOURS =
            Set.of("primary", "secondary", "accent", "success", "warning", "error", "info");

    private ProjectFiles() {}

    /** The programs that do not start on what the catalogue has found in the workspace. */
    public static Set<Program> refusedBy(Catalogue catalogue, Path workspace) {
        Path own = workspace.resolve(".opencode");
        boolean refused =
                catalogue.entries().stream()
                                .flatMap(each ->
                                        Stream.concat(
                                                Stream.of(each),
                                                catalogue.shadowed(each.name()).stream()))
                                .filter(each -> each.file().startsWith(own))
                                .anyMatch(each -> !plain(each))
                        || catalogue.broken().stream()
                                .map(Broken::file)
                                .anyMatch(file -> file.startsWith(own));
        return refused ? Set.of(Program.OPENCODE) : Set.of();
    }

    private static boolean plain(Definition definition) {
        boolean colour =
                definition
                        .colour()
                        .map(each -> each.toLowerCase(Locale.ROOT))
                        .map(each -> COLOURS.contains(each) || COLOUR.matcher(each).matches())
                        .orElse(true);
        return colour && definition.repairs().isEmpty();
    }
}
