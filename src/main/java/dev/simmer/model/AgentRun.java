package dev.simmer.model;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What is known of one attempt of an agent, while it runs and when it has ended. Its texts come
 * from the agent's program, one line each: sanitise before printing.
 *
 * @param state what it does, in a word
 * @param doing the same in words, such as the tool that runs; may be empty
 * @param since when it came into this state
 * @param until when it goes on, where it waits until a moment
 * @param turns answers of the model that have begun
 * @param tools calls of tools
 * @param tokensIn all tokens sent to the model, those of a cache included
 * @param tokensOut all tokens that the model made, its reasoning included
 * @param costUsd in US dollars; empty where the program gives none
 * @param costEstimated whether the cost is reckoned from a price list and not what was billed
 * @param programSession the id by which the program can resume the run; empty where none is known
 * @param verdict what is thought of it; empty while it runs
 * @param report where its report is; empty while it runs, and where none could be written
 * @param diff where the changes of an isolated agent are kept as a diff; empty where there are none
 * @param notes what went wrong around it, such as a session file that could not be read
 */
public record AgentRun(
        State state,
        String doing,
        Instant since,
        Optional<Instant> until,
        int turns,
        int tools,
        long tokensIn,
        long tokensOut,
        OptionalDouble costUsd,
        boolean costEstimated,
        String programSession,
        Optional<AgentVerdict> verdict,
        Optional<Path> report,
        Optional<Path> diff,
        List<String> notes) {
    public AgentRun {
        notes = List.copyOf(notes);
    }

    /** What it does, the state and what is known of it, each said once; without moments. */
    public String words() {
        return doing.startsWith(state.word().replace('-', ' '))
                ? doing
                : state.word() + (doing.isEmpty() ? "" : ": " + doing);
    }

    /** What an agent does, in a word. */
    public enum State {
        /** Its program has not said anything yet. */
        STARTING,
        WORKING,
        /** The model did not answer and is asked again. */
        RETRYING,
        /** It waits for its account's limit. */
        RATE_LIMITED,
        /** It waits for somebody to permit something. */
        NEEDS_PERMISSION,
        /** It has said nothing for longer than is usual. */
        SILENT,
        /** It has come to its end, and its program has not. */
        LINGERING,
        /** Its program has ended. */
        ENDED;

        /** As it stands in JSON: {@code rate-limited}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
