package dev.simmer.agent;

import dev.simmer.agent.stream.Tally;
import dev.simmer.agent.stream.Verdict;
import dev.simmer.model.AgentVerdict;
import dev.simmer.model.ExitStatus;
import java.time.Instant;
import java.util.Optional;

/** How an attempt of an agent came to its end. */
sealed interface RunEnd {
    /** When. */
    Instant at();

    /** The same in words, many lines allowed. */
    String words();

    /** What is thought of it. */
    Verdict verdict(Tally tally, Verdict.Report report);

    /**
     * Its program has ended.
     *
     * @param stop why it was stopped, if it was
     * @param outOfMemory whether the kernel killed a process of it for want of memory
     */
    record Exited(ExitStatus status, Optional<Stop> stop, boolean outOfMemory, Instant at)
            implements RunEnd {
        @Override
        public String words() {
            return "the program ended with "
                    + status.words()
                    + (outOfMemory ? "; the kernel killed a process of it: out of memory" : "");
        }

        @Override
        public Verdict verdict(Tally tally, Verdict.Report report) {
            Verdict verdict = Verdict.of(tally, status, report, stop.map(Stop::why));
            return stop.map(each -> new Verdict(verdict.word(), each.told(verdict.reason())))
                    .orElse(verdict);
        }
    }

    /**
     * Its program has never been started.
     *
     * @param words why
     */
    record NotStarted(String words, Instant at) implements RunEnd {
        @Override
        public Verdict verdict(Tally tally, Verdict.Report report) {
            return new Verdict(AgentVerdict.FAILED, words.replace('\n', ' '));
        }
    }
}
