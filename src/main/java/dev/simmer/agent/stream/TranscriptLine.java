package dev.simmer.agent.stream;

/**
 * A line of a transcript. The text holds no line break, but what else the agent gave: to be passed
 * through {@code logs.TerminalText} before a terminal gets it.
 */
public record TranscriptLine(Sort sort, String text) {
    /** What sort of line it is, for its colour. */
    public enum Sort {
        SAID,
        TOOL,
        TOOL_FAILED,
        /** A retry of the model, or a wait at a rate limit. */
        RETRY,
        /** A refused call, or a permission that is needed. */
        DENIED,
        /** Something that the program says about itself. */
        NOTICE,
        /** An event that is not known, or plain output of the program. */
        RAW,
        /** The end, in order. */
        END,
        /** The end, with an error. */
        END_FAILED
    }
}
