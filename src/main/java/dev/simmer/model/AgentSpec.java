package dev.simmer.model;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What makes a task an agent's. */
public sealed interface AgentSpec {
    /** The definition's name. */
    String definition();

    /**
     * What somebody wants of an agent. Nothing of it has been looked up: an engine takes such a
     * task only once it has been planned.
     *
     * @param task what it is to do; not blank
     * @param files that it is to look at, as they were named
     * @param report where its report is to lie, below the workspace; empty: a place is chosen
     * @param session the session file that it is entered in, below the workspace
     * @param agentId its background agent id; empty: one is made
     * @param runner the program that is to run it; empty: the definition's, or one that there is
     * @param model the model; empty: the definition's
     * @param worktree whether it works in a git worktree of its own; empty: as the definition says
     */
    record Ordered(
            String definition,
            String task,
            List<String> files,
            Optional<String> report,
            Optional<String> session,
            Optional<String> agentId,
            Optional<String> runner,
            Optional<String> model,
            Optional<Boolean> worktree)
            implements AgentSpec {
        public Ordered {
            files = List.copyOf(files);
        }

        /** One that works where its definition says. */
        public Ordered(
                String definition,
                String task,
                List<String> files,
                Optional<String> report,
                Optional<String> session,
                Optional<String> agentId,
                Optional<String> runner,
                Optional<String> model) {
            this(
                    definition,
                    task,
                    files,
                    report,
                    session,
                    agentId,
                    runner,
                    model,
                    Optional.empty());
        }
    }

    /**
     * How an agent is run. The task's command and variables name {@link #filesAt} where the
     * attempt's own folder for {@link #files} is meant, and {@link #programSession} where an id of
     * the attempt's own is meant.
     *
     * @param runner the program's word, such as {@code claude}
     * @param agentId its background agent id
     * @param title one line, for the report
     * @param report where its report is to lie, relative to the workspace
     * @param session the session file, relative to the workspace
     * @param tools what it may use
     * @param limits what ends it
     * @param worktree whether it works in a git worktree of its own
     * @param copy files that git does not have and that the worktree gets a copy of
     * @param files what must be written before the program starts: name to content
     * @param filesAt the text that stands for the folder of these files
     * @param programSession the text that stands for the id of the program's session; empty where
     *     the program chooses it
     */
    record Planned(
            String definition,
            String runner,
            String agentId,
            String title,
            String report,
            Optional<String> session,
            Tools tools,
            Limits limits,
            boolean worktree,
            List<String> copy,
            SortedMap<String, String> files,
            String filesAt,
            Optional<String> programSession)
            implements AgentSpec {
        public Planned {
            copy = List.copyOf(copy);
            files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        }
    }

    /**
     * What an agent may use, by the common names of tools.
     *
     * @param allowed empty: all that are not denied
     * @param readOnly whether it must change nothing
     */
    record Tools(Optional<Set<String>> allowed, Set<String> denied, boolean readOnly) {
        public Tools {
            allowed = allowed.map(Tools::ordered);
            denied = ordered(denied);
        }

        private static Set<String> ordered(Set<String> names) {
            return Collections.unmodifiableSet(new LinkedHashSet<>(names));
        }
    }

    /**
     * What ends an agent; its time is the task's timeout.
     *
     * @param turns answers of the model, at least 1
     * @param budgetUsd in US dollars, more than 0
     * @param silence how long it may say nothing before it is stopped
     */
    record Limits(OptionalInt turns, OptionalDouble budgetUsd, Optional<Duration> silence) {
        /** Nothing does. */
        public static final Limits NONE =
                new Limits(OptionalInt.empty(), OptionalDouble.empty(), Optional.empty());
    }
}
