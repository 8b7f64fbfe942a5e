package dev.simmer.agent;

import dev.simmer.agent.report.Worktree;
import dev.simmer.engine.ports.Launch;
import dev.simmer.model.AgentSpec;
import dev.simmer.model.Command;
import dev.simmer.model.TaskSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * An attempt of an agent that has been planned.
 *
 * @param launch as the engine gave it
 */
record AgentLaunch(Launch launch, AgentSpec.Planned planned) {
    AgentFolder folder() {
        return new AgentFolder(launch.folder());
    }

    /** The attempt's name, the same for all engines: {@code 7.2}. */
    String name() {
        return launch.id().toString();
    }

    /** The user's workspace. */
    Path workspace() {
        return launch.spec().workspace().folder();
    }

    /** The id of the program's session, where it is chosen for it; each attempt has its own. */
    Optional<String> session() {
        int number = launch.id().number();
        return planned.programSession()
                .map(id ->
                        number == 1
                                ? id
                                : UUID.nameUUIDFromBytes(
                                                (id + "/" + number)
                                                        .getBytes(StandardCharsets.UTF_8))
                                        .toString());
    }

    /**
     * What is started: with the attempt's own folder, session and place of work.
     *
     * @param worktree where it works, if not in the workspace
     */
    Launch own(Optional<Worktree> worktree) {
        TaskSpec spec = launch.spec();
        Command command =
                switch (spec.command()) {
                    case Command.Shell(String line) -> new Command.Shell(meant(line, worktree));
                    case Command.Exec(List<String> argv) -> {
                        List<String> words = new ArrayList<>();
                        argv.forEach(word -> words.add(meant(word, worktree)));
                        yield new Command.Exec(words);
                    }
                };
        Map<String, String> env = new LinkedHashMap<>();
        spec.env().forEach((name, value) -> env.put(name, meant(value, worktree)));
        TaskSpec own = spec.edit().command(command).env(env).cwd(cwd(worktree)).build();
        return new Launch(launch.id(), own, launch.folder(), launch.memoryLimitBytes());
    }

    private Path cwd(Optional<Worktree> worktree) {
        Path cwd = launch.spec().cwd();
        if (worktree.isEmpty()) {
            return cwd;
        }
        boolean below = cwd.startsWith(workspace());
        return below
                ? worktree.get().workplace().resolve(workspace().relativize(cwd)).normalize()
                : worktree.get().workplace();
    }

    private String meant(String word, Optional<Worktree> worktree) {
        String meant =
                planned.filesAt().isEmpty()
                        ? word
                        : word.replace(planned.filesAt(), folder().files().toString());
        Optional<String> session = session();
        if (session.isPresent()) {
            meant = meant.replace(planned.programSession().orElseThrow(), session.get());
        }
        // Some programs are told where to work by an option too.
        String workspace = workspace().toString();
        if (worktree.isPresent() && (meant.equals(workspace) || meant.endsWith("=" + workspace))) {
            meant =
                    meant.substring(0, meant.length() - workspace.length())
                            + worktree.get().workplace();
        }
        return meant;
    }
}
