package dev.simmer.agent.runner;

import dev.simmer.agent.definition.Definition;
import dev.simmer.agent.stream.ToolNames;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What an agent may use, with all that a definition says about it taken together: the list of
 * tools, those denied, read-only, and that no agent starts agents.
 *
 * @param allowed by common names, some with a pattern, such as {@code Bash(git log:*)}; empty: all
 *     that are not denied
 * @param denied by common names, some with a pattern
 */
record Allowance(Optional<Set<String>> allowed, Set<String> denied) {
    Allowance {
        allowed = allowed.map(names -> Collections.unmodifiableSet(new LinkedHashSet<>(names)));
        denied = Collections.unmodifiableSet(new LinkedHashSet<>(denied));
    }

    static Allowance of(Definition definition) {
        return of(definition.tools(), definition.denied(), definition.readOnly());
    }

    static Allowance of(Optional<Set<String>> tools, Set<String> deny, boolean readOnly) {
        Set<String> denied = new LinkedHashSet<>(ToolNames.SPAWNING);
        denied.addAll(deny);
        if (readOnly) {
            denied.addAll(ToolNames.WRITING);
        }
        Optional<Set<String>> allowed =
                tools.map(names -> {
                    Set<String> left = new LinkedHashSet<>(names);
                    left.removeIf(each -> denied.contains(each) || denied.contains(base(each)));
                    return left;
                });
        return new Allowance(allowed, denied);
    }

    /** A tool's name without its pattern. */
    static String base(String tool) {
        int open = tool.indexOf('(');
        return open < 0 ? tool : tool.substring(0, open).strip();
    }

    /** The pattern behind a tool's name: {@code git log:*}; empty where there is none. */
    static String pattern(String tool) {
        int open = tool.indexOf('(');
        int close = tool.lastIndexOf(')');
        return open < 0 || close < open ? "" : tool.substring(open + 1, close).strip();
    }

    /** Whether the tool may be used, at least with some arguments. */
    boolean allows(String tool) {
        return !denied.contains(tool)
                && (allowed.isEmpty()
                        || allowed.get().stream().anyMatch(each -> base(each).equals(tool)));
    }

    /** The denied tools but for those that start agents, which each program calls otherwise. */
    Set<String> deniedByDefinition() {
        Set<String> own = new LinkedHashSet<>(denied);
        own.removeAll(ToolNames.SPAWNING);
        return own;
    }

    /** Whether a file may be changed by a tool made for it. */
    boolean edits() {
        return allows("Write") || allows("Edit") || allows("MultiEdit") || allows("NotebookEdit");
    }

    /** Whether nothing may be changed. */
    boolean onlyReads() {
        return !edits() && !allows("Bash");
    }

    /** The allowed or denied entries that have a pattern. */
    Set<String> patterns() {
        Set<String> patterns = new LinkedHashSet<>();
        allowed.ifPresent(patterns::addAll);
        patterns.addAll(denied);
        patterns.removeIf(each -> pattern(each).isEmpty());
        return patterns;
    }
}
