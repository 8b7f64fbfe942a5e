package dev.simmer.agent.stream;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What a run has used. Counted alike for all programs: tokens in are all that were sent to the
 * model, with what was read from a cache and written to it; tokens out are all that it made, with
 * its reasoning. (Claude Code and OpenCode give input tokens without those of the cache, Codex and
 * Gemini with them; OpenCode and Gemini give output tokens without the reasoning.)
 *
 * @param cacheRead the part of {@code tokensIn} that was read from a cache
 * @param costUsd empty where the program gives none
 * @param estimate whether the cost is reckoned from a price list
 */
public record Spend(
        long tokensIn, long tokensOut, long cacheRead, OptionalDouble costUsd, boolean estimate) {
    /** Nothing used, no cost known. */
    public static final Spend NONE = new Spend(0, 0, 0, OptionalDouble.empty(), false);

    /** With what an event tells. */
    Spend with(AgentEvent.Usage usage) {
        if (usage.total()) {
            return new Spend(
                    usage.tokensIn(),
                    usage.tokensOut(),
                    usage.cacheRead(),
                    usage.costUsd().isPresent() ? usage.costUsd() : costUsd,
                    usage.costUsd().isPresent() ? usage.estimate() : estimate);
        }
        return new Spend(
                tokensIn + usage.tokensIn(),
                tokensOut + usage.tokensOut(),
                cacheRead + usage.cacheRead(),
                sum(costUsd, usage.costUsd()),
                estimate || (usage.costUsd().isPresent() && usage.estimate()));
    }

    private static OptionalDouble sum(OptionalDouble a, OptionalDouble b) {
        return a.isEmpty() ? b : OptionalDouble.of(a.getAsDouble() + b.orElse(0));
    }

    /**
     * What several attempts have used together. Tokens add up. The cost that a program gives after
     * it has resumed a session is that of the whole session: of attempts with one session id only
     * the largest cost counts, others add up.
     *
     * @param attempts in order
     * @param program which one; OpenCode gives the cost of each step, which adds up always
     */
    public static Spend of(List<Tally> attempts, Program program) {
        Spend sum = NONE;
        Map<String, OptionalDouble> costs = new LinkedHashMap<>();
        int unnamed = 0;
        for (Tally each : attempts) {
            Spend spend = each.spend();
            sum =
                    new Spend(
                            sum.tokensIn + spend.tokensIn,
                            sum.tokensOut + spend.tokensOut,
                            sum.cacheRead + spend.cacheRead,
                            OptionalDouble.empty(),
                            sum.estimate || spend.estimate);
            boolean own = each.sessionId().isEmpty() || program == Program.OPENCODE;
            String key = own ? "attempt " + unnamed++ : each.sessionId();
            costs.merge(key, spend.costUsd, Spend::larger);
        }
        OptionalDouble cost = costs.values().stream().reduce(OptionalDouble.empty(), Spend::sum);
        return new Spend(sum.tokensIn, sum.tokensOut, sum.cacheRead, cost, sum.estimate);
    }

    private static OptionalDouble larger(OptionalDouble a, OptionalDouble b) {
        return a.isEmpty() || (b.isPresent() && b.getAsDouble() > a.getAsDouble()) ? b : a;
    }
}
