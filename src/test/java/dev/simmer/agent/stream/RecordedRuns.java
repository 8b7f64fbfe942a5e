package dev.simmer.agent.stream;

import static dev.simmer.model.AgentVerdict.COMPLETED;
import static dev.simmer.model.AgentVerdict.COMPLETED_WITH_DENIALS;
import static dev.simmer.model.AgentVerdict.FAILED;
import static dev.simmer.model.AgentVerdict.PARTIAL;

import dev.simmer.model.AgentVerdict;
import dev.simmer.model.ExitStatus;
import java.nio.file.Path;
import java.util.List;

/** What must be thought of every recorded run of a real program. */
public final class RecordedRuns {
    private static final String DONE = "Stub says: the task is done. Report written.";
    private static final String MADE = "ended in order; the report is made from its final words";
    private static final String NONE = "no terminal event; the program ended with exit code 0";
    private static final ExitStatus ZERO = new ExitStatus.Code(0);

    /** Exit status, verdict and its reason; turns, tools, retries; tokens in, out, of a cache. */
    public record Row(
            String name,
            ExitStatus exit,
            AgentVerdict word,
            String reason,
            String counts,
            String tokens,
            String finalText) {}

    private static Row row(
            String name,
            ExitStatus exit,
            AgentVerdict word,
            String reason,
            String counts,
            String tokens,
            String text) {
        return new Row(name, exit, word, reason, counts, tokens, text);
    }

    private static ExitStatus code(int code) {
        return new ExitStatus.Code(code);
    }

    /** Where no exit status was recorded, the worst that may come of a signal: exit code 0. */
    public static final List<Row> TABLE =
            List.of(
                    row("claude-2.1.329-text", ZERO, COMPLETED, MADE, "1 0 0", "200 17 50", DONE),
                    row("claude-2.1.329-tool", ZERO, COMPLETED, MADE, "2 1 0", "400 34 100", DONE),
                    row(
                            "claude-2.1.329-denied",
                            ZERO,
                            COMPLETED_WITH_DENIALS,
                            "1 call was refused (Bash); " + MADE,
                            "2 1 0",
                            "400 34 100",
                            DONE),
                    row(
                            "claude-2.1.329-maxturns",
                            code(1),
                            PARTIAL,
                            "it came to the end of its turns: Reached maximum number of turns (1)",
                            "1 1 0",
                            "200 17 50",
                            ""),
                    row(
                            "claude-2.1.329-err401",
                            code(124),
                            FAILED,
                            "it was retrying the model (9 of 10): authentication_failed (401);"
                                    + " no terminal event; the program ended with exit code 124",
                            "0 0 9",
                            "0 0 0",
                            ""),
                    row(
                            "claude-2.1.329-err401-retry1",
                            code(1),
                            FAILED,
                            "the model's server refused the access: Failed to authenticate."
                                    + " API Error: 401 stub failure 401",
                            "0 0 1",
                            "0 0 0",
                            "Failed to authenticate. API Error: 401 stub failure 401"),
                    row(
                            "claude-2.1.329-noverbose",
                            code(1),
                            FAILED,
                            "its last words: Error: When using --print,"
                                    + " --output-format=stream-json requires --verbose; no terminal"
                                    + " event; the program ended with exit code 1; it had not"
                                    + " begun",
                            "0 0 0",
                            "0 0 0",
                            ""),
                    row(
                            "claude-2.1.329-sigINT",
                            ZERO,
                            FAILED,
                            NONE + "; its last words: [Request interrupted by user]",
                            "0 0 0",
                            "0 0 0",
                            ""),
                    row("claude-2.1.329-sigTERM", ZERO, FAILED, NONE, "0 0 0", "0 0 0", ""),
                    row("claude-2.1.329-toolsigTERM", ZERO, FAILED, NONE, "1 1 0", "200 1 50", ""),
                    row("codex-0.169.0-text", ZERO, COMPLETED, MADE, "1 0 0", "120 17 50", DONE),
                    row("codex-0.169.0-tool", ZERO, COMPLETED, MADE, "2 1 0", "240 34 100", DONE),
                    row(
                            "codex-0.169.0-err401",
                            code(1),
                            FAILED,
                            "the model's server refused the access: unexpected status 401"
                                    + " Unauthorized: stub failure 401, url:"
                                    + " http://127.0.0.1:8099/v1/responses",
                            "0 0 5",
                            "0 0 0",
                            ""),
                    row("codex-0.169.0-sigINT", ZERO, FAILED, NONE, "0 0 0", "0 0 0", ""),
                    row("codex-0.169.0-sigTERM", ZERO, FAILED, NONE, "0 0 0", "0 0 0", ""),
                    row(
                            "codex-0.169.0-toolsigTERM",
                            ZERO,
                            FAILED,
                            NONE + "; the tool that ran: Bash sleep 44",
                            "1 1 0",
                            "0 0 0",
                            ""),
                    row("gemini-0.61.0-text", ZERO, COMPLETED, MADE, "1 0 0", "120 22 50", DONE),
                    row("gemini-0.61.0-tool", ZERO, COMPLETED, MADE, "2 1 0", "240 44 100", DONE),
                    row(
                            "gemini-0.61.0-err401",
                            code(145),
                            FAILED,
                            "the model's server refused the access: [API Error:"
                                + " {\"type\":\"error\","
                                + "\"error\":{\"type\":\"authentication_error\",\"message\":\"stub"
                                + " failure 401\"}}]",
                            "0 0 0",
                            "0 0 0",
                            ""),
                    row(
                            "gemini-0.61.0-sigINT",
                            ZERO,
                            FAILED,
                            "it ended with an error: [API Error: exception TypeError: fetch failed"
                                    + " sending request]",
                            "0 0 9",
                            "0 0 0",
                            ""),
                    row(
                            "gemini-0.61.0-sigTERM",
                            ZERO,
                            FAILED,
                            "it ended with an error: [API Error: exception TypeError: fetch failed"
                                    + " sending request]",
                            "0 0 9",
                            "0 0 0",
                            ""),
                    row(
                            "gemini-0.61.0-toolsigTERM",
                            ZERO,
                            FAILED,
                            NONE + "; the tool that ran: Bash sleep 44",
                            "1 1 0",
                            "0 0 0",
                            ""),
                    row(
                            "gemini-0.61.0-norelaunch-toolsigTERM",
                            ZERO,
                            FAILED,
                            NONE + "; the tool that ran: Bash sleep 44",
                            "1 1 0",
                            "0 0 0",
                            ""),
                    row("opencode-1.18.33-text", ZERO, COMPLETED, MADE, "1 0 0", "120 17 50", DONE),
                    row(
                            "opencode-1.18.33-tool",
                            ZERO,
                            COMPLETED,
                            MADE,
                            "2 1 0",
                            "240 34 100",
                            DONE),
                    row(
                            "opencode-1.18.33-err401",
                            code(1),
                            FAILED,
                            "the model's server refused the access: stub failure 401",
                            "0 0 0",
                            "0 0 0",
                            ""),
                    row(
                            "opencode-1.18.33-sigINT",
                            ZERO,
                            FAILED,
                            NONE + "; it had not begun",
                            "0 0 0",
                            "0 0 0",
                            ""),
                    row(
                            "opencode-1.18.33-sigTERM",
                            ZERO,
                            FAILED,
                            NONE + "; it had not begun",
                            "0 0 0",
                            "0 0 0",
                            ""),
                    row("opencode-1.18.33-toolsigTERM", ZERO, FAILED, NONE, "1 0 0", "0 0 0", ""));

    private RecordedRuns() {}

    /** Where what they printed is: {@code <name>.ndjson} and {@code <name>.stderr}. */
    public static Path folder() {
        return Recording.folder();
    }
}
