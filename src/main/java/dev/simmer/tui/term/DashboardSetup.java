package dev.simmer.tui.term;

import dev.simmer.model.CallerEnvironment;
import dev.simmer.model.Command;
import dev.simmer.model.Engine;
import dev.simmer.model.Limits;
import dev.simmer.model.WorkspaceId;
import dev.simmer.tui.model.Keymap;
import dev.simmer.tui.model.Lookups;
import dev.simmer.tui.settings.RememberedFile;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a dashboard needs from whoever opens it.
 *
 * @param engine whose tasks are shown; stays open when the dashboard closes. It may be one that has
 *     lost its supervisor and found another: snapshots then begin anew, tasks may be gone
 * @param name the workspace's name for people; may hold any character
 * @param workspace the folder in which spawned commands start
 * @param limits what the workspace's tasks may do at once
 * @param inherited the environment that spawned commands get
 * @param interactive why a command would wait for a person who is not there, for people; empty for
 *     one that would not; always the same answer for the same command
 * @param groups names of tasks by the group of the task file that they are in
 * @param themeFolders where theme files lie; a later folder wins; a missing one does no harm
 * @param theme the theme's name where none was chosen yet; an unknown one means {@link
 *     dev.simmer.tui.model.Appearance#AUTO}
 * @param environment tells the terminal's colours: TERM, COLORTERM, NO_COLOR
 * @param keymap what keys mean; its mistakes are told
 * @param remembered the file that remembers how the dashboard is arranged here
 * @param lookups answers what dialogs ask; asked by a thread of its own
 * @param crashFolder where a crash leaves its trace; made when it is needed
 * @param telling how the user is told of things outside of the dashboard; asked once, by a thread
 *     of its own
 * @param notices what the user should know at once, such as a task file's warnings
 */
public record DashboardSetup(
        Engine engine,
        String name,
        WorkspaceId workspace,
        Limits limits,
        CallerEnvironment inherited,
        Function<Command, Optional<String>> interactive,
        Map<String, List<String>> groups,
        List<Path> themeFolders,
        String theme,
        Map<String, String> environment,
        Keymap keymap,
        RememberedFile remembered,
        Lookups lookups,
        Path crashFolder,
        Supplier<TellingWays> telling,
        List<String> notices) {
    public DashboardSetup {
        groups = Collections.unmodifiableMap(new LinkedHashMap<>(groups));
        themeFolders = List.copyOf(themeFolders);
        environment = Map.copyOf(environment);
        notices = List.copyOf(notices);
    }
}
