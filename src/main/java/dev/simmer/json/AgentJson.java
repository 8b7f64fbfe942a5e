package dev.simmer.json;

import dev.simmer.model.AgentEnding;
import dev.simmer.model.AgentRun;
import dev.simmer.model.AgentSpec;
import dev.simmer.model.AgentVerdict;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/** What makes a task an agent's, and what is known of its runs, in JSON. */
public final class AgentJson {
    private AgentJson() {}

    /**
     * Writes the members of how an agent is run.
     *
     * @param whole whether what its files hold, such as its prompt, is written too
     */
    static void write(JsonObject to, AgentSpec agent, boolean whole) {
        to.put("definition", agent.definition());
        switch (agent) {
            case AgentSpec.Ordered ordered -> write(to, ordered);
            case AgentSpec.Planned planned -> write(to, planned, whole);
        }
    }

    private static void write(JsonObject to, AgentSpec.Ordered ordered) {
        to.put("task", ordered.task());
        if (!ordered.files().isEmpty()) {
            to.putTexts("named_files", ordered.files());
        }
        ordered.report().ifPresent(report -> to.put("report", report));
        ordered.session().ifPresent(session -> to.put("session", session));
        ordered.agentId().ifPresent(id -> to.put("agent_id", id));
        ordered.runner().ifPresent(runner -> to.put("runner", runner));
        ordered.model().ifPresent(model -> to.put("model", model));
        ordered.worktree().ifPresent(own -> to.put("worktree", own));
    }

    private static void write(JsonObject to, AgentSpec.Planned planned, boolean whole) {
        to.put("runner", planned.runner())
                .put("agent_id", planned.agentId())
                .put("title", planned.title())
                .put("report", planned.report());
        planned.session().ifPresent(session -> to.put("session", session));
        planned.tools().allowed().ifPresent(tools -> to.putTexts("tools", tools));
        if (!planned.tools().denied().isEmpty()) {
            to.putTexts("denied", planned.tools().denied());
        }
        if (planned.tools().readOnly()) {
            to.put("read_only", true);
        }
        planned.limits().turns().ifPresent(turns -> to.put("turns", turns));
        planned.limits().budgetUsd().ifPresent(usd -> to.putNumber("budget_usd", usd));
        planned.limits().silence().ifPresent(time -> to.putMillis("silence_ms", time));
        if (planned.worktree()) {
            to.put("worktree", true);
        }
        if (!planned.copy().isEmpty()) {
            to.putTexts("copy", planned.copy());
        }
        Map<String, String> files = new TreeMap<>(planned.files());
        if (!whole) {
            files.replaceAll((_, _) -> "");
        }
        to.putTextMap("files", files);
        to.put("files_at", planned.filesAt());
        planned.programSession().ifPresent(id -> to.put("program_session", id));
    }

    /** What {@link #write(JsonObject, AgentSpec, boolean)} wrote. */
    static AgentSpec agent(JsonMembers from) throws JsonFault {
        return from.has("files_at") ? planned(from) : ordered(from);
    }

    private static AgentSpec.Ordered ordered(JsonMembers from) throws JsonFault {
        return new AgentSpec.Ordered(
                from.text("definition"),
                from.text("task"),
                from.texts("named_files"),
                from.textIfAny("report"),
                from.textIfAny("session"),
                from.textIfAny("agent_id"),
                from.textIfAny("runner"),
                from.textIfAny("model"),
                from.has("worktree")
                        ? Optional.of(from.flag("worktree", false))
                        : Optional.empty());
    }

    private static AgentSpec.Planned planned(JsonMembers from) throws JsonFault {
        Optional<Set<String>> allowed =
                from.has("tools")
                        ? Optional.of(new LinkedHashSet<>(from.texts("tools")))
                        : Optional.empty();
        return new AgentSpec.Planned(
                from.text("definition"),
                from.text("runner"),
                from.text("agent_id"),
                from.text("title", ""),
                from.text("report"),
                from.textIfAny("session"),
                new AgentSpec.Tools(
                        allowed,
                        new LinkedHashSet<>(from.texts("denied")),
                        from.flag("read_only", false)),
                new AgentSpec.Limits(
                        from.countIfAny("turns"),
                        fraction(from, "budget_usd"),
                        from.has("silence_ms")
                                ? Optional.of(from.duration("silence_ms"))
                                : Optional.empty()),
                from.flag("worktree", false),
                from.texts("copy"),
                new TreeMap<>(from.textMap("files")),
                from.text("files_at"),
                from.textIfAny("program_session"));
    }

    private static OptionalDouble fraction(JsonMembers from, String key) throws JsonFault {
        return from.has(key) ? OptionalDouble.of(from.number(key, 0)) : OptionalDouble.empty();
    }

    /** Writes the members of what is known of an agent's run. */
    public static void write(JsonObject to, AgentRun run) {
        to.putWord("state", run.state());
        if (!run.doing().isEmpty()) {
            to.put("doing", run.doing());
        }
        to.putMillis("since_ms", run.since());
        run.until().ifPresent(until -> to.putMillis("until_ms", until));
        to.put("turns", run.turns())
                .put("tools", run.tools())
                .put("tokens_in", run.tokensIn())
                .put("tokens_out", run.tokensOut());
        run.costUsd().ifPresent(usd -> to.putNumber("cost_usd", usd));
        if (run.costEstimated()) {
            to.put("cost_estimated", true);
        }
        if (!run.programSession().isEmpty()) {
            to.put("program_session", run.programSession());
        }
        run.verdict().ifPresent(verdict -> to.putWord("verdict", verdict));
        run.report().ifPresent(report -> to.put("report", report.toString()));
        run.diff().ifPresent(diff -> to.put("diff", diff.toString()));
        if (!run.notes().isEmpty()) {
            to.putTexts("notes", run.notes());
        }
    }

    /** What {@link #write(JsonObject, AgentRun)} wrote. */
    public static AgentRun run(JsonMembers from) throws JsonFault {
        return new AgentRun(
                from.word("state", AgentRun.State.values(), AgentRun.State.WORKING),
                from.text("doing", ""),
                from.moment("since_ms"),
                from.momentIfAny("until_ms"),
                from.count("turns", 0),
                from.count("tools", 0),
                from.whole("tokens_in", 0),
                from.whole("tokens_out", 0),
                fraction(from, "cost_usd"),
                from.flag("cost_estimated", false),
                from.text("program_session", ""),
                from.has("verdict")
                        ? Optional.of(from.word("verdict", AgentVerdict.values()))
                        : Optional.empty(),
                from.textIfAny("report").map(Path::of),
                from.textIfAny("diff").map(Path::of),
                from.texts("notes"));
    }

    /** Writes the members of what is thought of an agent's attempt. */
    public static void write(JsonObject to, AgentEnding ending) {
        to.putWord("verdict", ending.verdict())
                .put("why", ending.why())
                .putObject("run", ending.run(), AgentJson::write);
    }

    /** What {@link #write(JsonObject, AgentEnding)} wrote. */
    public static AgentEnding ending(JsonMembers from) throws JsonFault {
        return new AgentEnding(
                from.word("verdict", AgentVerdict.values()),
                from.text("why", ""),
                from.read("run", AgentJson::run));
    }
}
