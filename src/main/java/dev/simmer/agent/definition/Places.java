package dev.simmer.agent.definition;

import dev.simmer.agent.definition.Definition.Place;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folders that programs read agents and skills from, in the order of precedence.
 *
 * @param agents whether it holds agents; else skills
 */
record Places(Path folder, Place place, boolean agents) {
    /** In a workspace, and their twins in the home folder. */
    private static final List<String> AGENTS =
            List.of(
                    ".agents/agents",
                    ".claude/agents",
                    ".opencode/agent",
                    ".opencode/agents",
                    ".cursor/agents",
                    ".github/agents",
                    ".gemini/agents",
                    ".codex/agents");

    private static final List<String> SKILLS =
            List.of(
                    ".agents/skills",
                    ".claude/skills",
                    ".opencode/skill",
                    ".opencode/skills",
                    ".cursor/skills",
                    ".github/skills",
                    ".gemini/skills",
                    ".codex/skills");

    /**
     * All folders, whether they are there or not.
     *
     * @param environment of the user; HOME, XDG_CONFIG_HOME, CLAUDE_CONFIG_DIR and CODEX_HOME count
     * @param shipped the folder of the definitions that come with Simmer
     */
    static List<Places> of(Path workspace, Map<String, String> environment, Path shipped) {
        List<Places> places = new ArrayList<>();
        AGENTS.forEach(name -> places.add(agents(workspace.resolve(name), Place.PROJECT)));
        SKILLS.forEach(name -> places.add(skills(workspace.resolve(name), Place.PROJECT)));
        Optional<Path> home = folder(environment, "HOME");
        Optional<Path> config =
                folder(environment, "XDG_CONFIG_HOME")
                        .or(() -> home.map(h -> h.resolve(".config")));
        config.ifPresent(c -> {
            places.add(agents(c.resolve("simmer/agents"), Place.USER));
            places.add(skills(c.resolve("simmer/skills"), Place.USER));
        });
        home.ifPresent(
                h -> AGENTS.forEach(name -> places.add(agents(h.resolve(name), Place.USER))));
        folder(environment, "CLAUDE_CONFIG_DIR")
                .ifPresent(c -> places.add(agents(c.resolve("agents"), Place.USER)));
        folder(environment, "CODEX_HOME")
                .ifPresent(c -> places.add(agents(c.resolve("agents"), Place.USER)));
        config.ifPresent(c ->
                Stream.of("opencode/agent", "opencode/agents")
                        .forEach(name -> places.add(agents(c.resolve(name), Place.USER))));
        home.ifPresent(
                h -> SKILLS.forEach(name -> places.add(skills(h.resolve(name), Place.USER))));
        places.add(agents(shipped, Place.SHIPPED));
        return List.copyOf(places);
    }

    private static Places agents(Path folder, Place place) {
        return new Places(folder, place, true);
    }

    private static Places skills(Path folder, Place place) {
        return new Places(folder, place, false);
    }

    /** A variable that names a folder; a relative one counts for nothing, as XDG has it. */
    private static Optional<Path> folder(Map<String, String> environment, String variable) {
        String named = environment.getOrDefault(variable, "");
        return named.startsWith("/") ? Optional.of(Path.of(named)) : Optional.empty();
    }
}
