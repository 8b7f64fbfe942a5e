package dev.simmer.agent.report;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a run ended, for a report that Simmer makes.
 *
 * @param completed whether the work is done; else the report is a partial one
 * @param word the verdict in one word or some, such as "completed with denials"
 * @param verdict in words, such as "completed with 2 denials" or "killed: the time limit of 20 min"
 * @param error what went wrong, many lines allowed
 * @param blockers what kept it from its end, a line each
 * @param finalWords the agent's last message; empty where there is none
 * @param transcript lines for people, oldest first
 */
public record RunEnding(
        boolean completed,
        String word,
        String verdict,
        Optional<String> error,
        List<String> blockers,
        String finalWords,
        List<String> transcript) {
    public RunEnding {
        verdict = Clean.line(verdict);
        error = error.map(Clean::lines).map(String::strip);
        blockers = blockers.stream().map(Clean::line).toList();
        finalWords = Clean.lines(finalWords).strip();
        transcript = transcript.stream().map(Clean::line).toList();
    }

    /** One whose word is completed or failed. */
    public RunEnding(
            boolean completed,
            String verdict,
            Optional<String> error,
            List<String> blockers,
            String finalWords,
            List<String> transcript) {
        this(
                completed,
                completed ? "completed" : "failed",
                verdict,
                error,
                blockers,
                finalWords,
                transcript);
    }

    /** The verdict, its word first. */
    String status() {
        return verdict.startsWith(word) ? verdict : word + ": " + verdict;
    }

    /** The verdict and what the error says beyond it, in one line. */
    String failure() {
        String more =
                error.orElse("")
                        .lines()
                        .map(Clean::line)
                        .filter(line -> !line.isEmpty() && !verdict.contains(line))
                        .collect(Collectors.joining(" "));
        return more.isEmpty() ? verdict : verdict + "; " + more;
    }
}
