package dev.simmer.agent.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What an agent does, the same for all programs. Text is as the program gave it and may hold line
 * breaks and control sequences; summaries are one line of at most {@value Clip#SUMMARY} characters.
 * Names of tools are the common ones, see {@link ToolNames}.
 */
public sealed interface AgentEvent {
    /**
     * The program has begun.
     *
     * @param sessionId by which the run can be resumed; empty where it gives none
     * @param model the model that it uses; empty where it does not say
     * @param tools the tools that the agent may use; empty where it does not say
     */
    record Started(String sessionId, String model, Optional<List<String>> tools)
            implements AgentEvent {
        public Started {
            tools = tools.map(List::copyOf);
        }
    }

    /**
     * The model begins an answer. A call of a tool and what is said after its result are two
     * answers, with every program.
     */
    record Turn() implements AgentEvent {}

    /** A sign that the model answers, though it neither speaks nor calls a tool. */
    record Thinking() implements AgentEvent {}

    /**
     * The model's answer has come to a stop which is not yet the end of the run.
     *
     * @param reason in the program's word, such as {@code tool-calls}
     */
    record Stopped(String reason) implements AgentEvent {}

    /**
     * The agent says something.
     *
     * @param continued whether it goes on with the text before it, without a break
     */
    record Text(String text, boolean continued) implements AgentEvent {}

    /**
     * A tool is called.
     *
     * @param id by which its end is known; may be empty
     * @param summary what it is called with
     */
    record ToolStarted(String id, String tool, String summary) implements AgentEvent {}

    /**
     * A tool has ended.
     *
     * @param summary the beginning of its result
     */
    record ToolEnded(String id, boolean ok, String summary) implements AgentEvent {}

    /**
     * The model did not answer and is asked again.
     *
     * @param attempt which attempt follows, from 1
     * @param max how many there are; 0 where the program does not say
     * @param delay until then; zero where the program does not say
     */
    record Retry(int attempt, int max, Duration delay, String why) implements AgentEvent {}

    /**
     * The account has used up what it may use in a span of time; the program waits, or gives up.
     *
     * @param until when it may go on; empty where the program does not say
     * @param delay how long the program waits before it asks again; zero where it does not say
     */
    record RateLimited(Optional<Instant> until, Duration delay, String why) implements AgentEvent {}

    /** The account may go on: a limit that was told of as {@link RateLimited} holds no more. */
    record LimitOver() implements AgentEvent {}

    /**
     * A call of a tool was refused. Told once for each call.
     *
     * @param id the call's; may be empty
     */
    record Denied(String id, String tool, String why) implements AgentEvent {}

    /** The agent waits for somebody to permit the call of a tool. */
    record NeedsPermission(String tool, String why) implements AgentEvent {}

    /**
     * What has been used.
     *
     * @param tokensIn all tokens sent to the model, those read from and written to a cache included
     * @param tokensOut all tokens that the model made, its reasoning included
     * @param cacheRead the part of {@code tokensIn} that was read from a cache
     * @param costUsd empty where the program gives none
     * @param estimate whether the cost is reckoned from a price list and not what was billed
     * @param total whether this is all that the run has used and so replaces what was told before;
     *     else it adds to it
     */
    record Usage(
            long tokensIn,
            long tokensOut,
            long cacheRead,
            OptionalDouble costUsd,
            boolean estimate,
            boolean total)
            implements AgentEvent {}

    /** Something that the program says about itself: a warning, an error that is not the end. */
    record Notice(String words) implements AgentEvent {}

    /**
     * The terminal event.
     *
     * @param ok whether the program says that the work is done, with no mark of an error
     * @param words why it ended, for people; one line
     * @param finalText the agent's last words; empty where they are the last {@link Text}
     */
    record Ended(boolean ok, End kind, String words, String finalText) implements AgentEvent {}

    /**
     * An event that is not known here, or a known one that is broken.
     *
     * @param line as it stands, cut after {@value Clip#RAW} characters
     */
    record Raw(String line) implements AgentEvent {}

    /**
     * A line that is no event: plain output, warnings of the program's own.
     *
     * @param line as it stands, cut after {@value Clip#RAW} characters
     */
    record Output(String line) implements AgentEvent {}

    /** How a run ended, by its terminal event. */
    enum End {
        COMPLETED,
        MAX_TURNS,
        BUDGET,
        RATE_LIMIT,
        AUTHENTICATION,
        ABORTED,
        ERROR;

        /** The sort of error, guessed from its words. */
        static End ofError(String words) {
            String lower = words.toLowerCase(Locale.ROOT);
            if (lower.contains("429")
                    || lower.contains("rate limit")
                    || lower.contains("rate_limit")
                    || lower.contains("usage limit")
                    || lower.contains("quota")) {
                return RATE_LIMIT;
            }
            if (lower.contains("401")
                    || lower.contains("403")
                    || lower.contains("authenticat")
                    || lower.contains("api key")) {
                return AUTHENTICATION;
            }
            return ERROR;
        }
    }
}
