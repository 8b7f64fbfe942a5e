package dev.simmer.cli;

import dev.simmer.json.JsonObject;
import dev.simmer.model.AgentRun;
import dev.simmer.model.AgentVerdict;
import dev.simmer.model.AttemptView;
import dev.simmer.model.TaskView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Sums over the runs of agents.
 *
 * @param runs attempts that were begun
 * @param verdicts how many runs have ended with each verdict that any has
 * @param costUsd in US dollars, of the runs whose programs give a cost; empty where none does
 * @param costEstimated whether a part of the cost is reckoned from a price list
 */
record AgentSums(
        int runs,
        Map<AgentVerdict, Integer> verdicts,
        long turns,
        long tools,
        long tokensIn,
        long tokensOut,
        OptionalDouble costUsd,
        boolean costEstimated) {
    AgentSums {
        verdicts = Collections.unmodifiableMap(new java.util.LinkedHashMap<>(verdicts));
    }

    static AgentSums of(List<TaskView> tasks) {
        int runs = 0;
        Map<AgentVerdict, Integer> verdicts = new EnumMap<>(AgentVerdict.class);
        long turns = 0;
        long tools = 0;
        long in = 0;
        long out = 0;
        OptionalDouble cost = OptionalDouble.empty();
        boolean estimated = false;
        for (TaskView task : tasks) {
            for (AttemptView attempt : task.attempts()) {
                if (attempt.agent().isEmpty()) {
                    continue;
                }
                AgentRun run = attempt.agent().get();
                runs++;
                run.verdict().ifPresent(verdict -> verdicts.merge(verdict, 1, Integer::sum));
                turns += run.turns();
                tools += run.tools();
                in += run.tokensIn();
                out += run.tokensOut();
                if (run.costUsd().isPresent()) {
                    cost = OptionalDouble.of(cost.orElse(0) + run.costUsd().getAsDouble());
                    estimated |= run.costEstimated();
                }
            }
        }
        return new AgentSums(runs, verdicts, turns, tools, in, out, cost, estimated);
    }

    /** Adds the members. */
    void write(JsonObject json) {
        List<JsonObject> words = new ArrayList<>();
        verdicts.forEach((verdict, count) ->
                words.add(new JsonObject().put("verdict", verdict.word()).put("runs", count)));
        json.put("agent_runs", runs)
                .put("verdicts", words)
                .put("turns", turns)
                .put("tools", tools)
                .put("tokens_in", tokensIn)
                .put("tokens_out", tokensOut);
        if (costUsd.isPresent()) {
            json.putNumber("cost_usd", costUsd.getAsDouble());
        } else {
            json.putNull("cost_usd");
        }
        json.put("cost_estimated", costEstimated);
    }

    /** For people. */
    String words() {
        StringBuilder text = new StringBuilder();
        text.append(runs).append(runs == 1 ? " run" : " runs");
        verdicts.forEach((verdict, count) ->
                text.append(", ").append(count).append(' ').append(verdict.word()));
        text.append("; ").append(turns).append(" turns, ").append(tools).append(" tool calls, ");
        text.append(tokensIn).append(" tokens in, ").append(tokensOut).append(" out");
        if (costUsd.isPresent()) {
            text.append(", ").append(AgentWords.cost(costUsd.getAsDouble()));
            text.append(costEstimated ? " (estimate)" : "");
        }
        return text.toString();
    }
}
