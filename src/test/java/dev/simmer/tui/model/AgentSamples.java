package dev.simmer.tui.model;

import dev.simmer.model.AgentRun;
import dev.simmer.model.AgentRun.State;
import dev.simmer.model.AgentVerdict;
import dev.simmer.model.AttemptView;
import dev.simmer.model.Kind;
import dev.simmer.model.Outcome;
import dev.simmer.model.Phase;
import dev.simmer.model.TaskView;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Made-up agents, one in each state and with each verdict. */
public final class AgentSamples {
    /** Where their reports lie. */
    public static final Path REPORTS = Samples.FOLDER.folder().resolve(".agents/reports");

    private static final String DENIED =
            "2 calls were refused (Bash, WebFetch); ended in order with a valid report";
    private static final String REFUSED =
            "the model's server refused the access: 401 invalid x-api-key";

    private AgentSamples() {}

    /** An agent's raw stream. */
    public static Path raw(Path folder, long id) {
        return folder.resolve(id + "-output.log");
    }

    /** An agent's transcript. */
    public static Path transcript(Path folder, long id) {
        return folder.resolve(id + "-transcript.log");
    }

    /** An isolated agent's changes. */
    public static Path diff(Path folder, long id) {
        return folder.resolve(id + "-changes.diff");
    }

    /** One that runs. */
    public static AgentRun run(State state, String doing, Instant since, Optional<Instant> until) {
        return new AgentRun(
                state,
                doing,
                since,
                until,
                7,
                23,
                45_120,
                2_310,
                OptionalDouble.of(0.042),
                true,
                "5f0c",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    /** One that has said nothing yet. */
    public static AgentRun starting(Instant since) {
        return new AgentRun(
                State.STARTING,
                "",
                since,
                Optional.empty(),
                0,
                0,
                0,
                0,
                OptionalDouble.empty(),
                false,
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    /** The same without a cost, as some programs tell none. */
    public static AgentRun withoutCost(AgentRun run) {
        return new AgentRun(
                run.state(),
                run.doing(),
                run.since(),
                run.until(),
                run.turns(),
                run.tools(),
                run.tokensIn(),
                run.tokensOut(),
                OptionalDouble.empty(),
                false,
                run.programSession(),
                run.verdict(),
                run.report(),
                run.diff(),
                run.notes());
    }

    /** One that has ended. */
    public static AgentRun ended(
            AgentVerdict verdict, Optional<Path> report, Optional<Path> diff, List<String> notes) {
        return new AgentRun(
                State.ENDED,
                "ended",
                Samples.NOW,
                Optional.empty(),
                12,
                31,
                1_204_000,
                18_450,
                OptionalDouble.of(0.31),
                false,
                "5f0c",
                Optional.of(verdict),
                report,
                diff,
                notes);
    }

    /** An agent's task; its files lie in a folder. */
    public static TaskView task(long id, String name, Phase phase, Path folder, AgentRun run) {
        TaskView task = Samples.task(id, name, Kind.AGENT, phase, "", raw(folder, id));
        return with(task, task.reason(), transcript(folder, id), run, Optional.empty());
    }

    /** The task with another run. */
    public static TaskView doing(TaskView task, AgentRun run) {
        Path transcript = task.attempts().getLast().transcript().orElseThrow();
        return with(task, task.reason(), transcript, run, task.outcome());
    }

    private static TaskView ended(
            long id, String name, Path folder, String why, AgentRun run, int exit) {
        AgentVerdict verdict = run.verdict().orElseThrow();
        Outcome outcome = new Outcome.AgentEnded(verdict, why, OptionalInt.of(exit));
        TaskView task = task(id, name, outcome.phase(), folder, run);
        Path transcript = transcript(folder, id);
        return with(task, outcome.reason(), transcript, run, Optional.of(outcome));
    }

    private static TaskView with(
            TaskView task,
            String reason,
            Path transcript,
            AgentRun run,
            Optional<Outcome> outcome) {
        AttemptView last = task.attempts().getLast();
        AttemptView attempt =
                new AttemptView(
                        last.number(),
                        last.log(),
                        last.startedAt(),
                        last.endedAt(),
                        outcome,
                        last.peakRssBytes(),
                        Optional.of(transcript),
                        Optional.of(run));
        return new TaskView(
                task.id(),
                task.spec(),
                task.phase(),
                reason,
                task.pid(),
                List.of(attempt),
                task.cpu(),
                task.rssBytes(),
                task.expected(),
                task.heavy(),
                task.startedAt(),
                task.endedAt(),
                outcome);
    }

    /** One of each, and a job between them. */
    public static List<TaskView> each(Path folder) {
        Instant now = Samples.NOW;
        List<TaskView> tasks = new ArrayList<>();
        tasks.add(agent(1, "audit", folder, State.WORKING, "Bash npm test -- auth", now));
        tasks.add(agent(2, "review", folder, State.WORKING, "", now));
        AgentRun limited =
                run(
                        State.RATE_LIMITED,
                        "waiting at a rate limit: five-hour limit",
                        now.minusSeconds(40),
                        Optional.of(now.plusSeconds(754)));
        tasks.add(task(3, "coverage", Phase.RUNNING, folder, limited));
        String asks = "needs permission for Bash: rm -rf dist";
        tasks.add(agent(4, "cleanup", folder, State.NEEDS_PERMISSION, asks, now.minusSeconds(130)));
        String tool = "Bash npm run e2e";
        tasks.add(agent(5, "e2e-fix", folder, State.SILENT, tool, now.minusSeconds(725)));
        String over = "ended";
        tasks.add(agent(6, "docs", folder, State.LINGERING, over, now.minusSeconds(6)));
        AgentRun retries =
                run(
                        State.RETRYING,
                        "retrying the model (2 of 10): 529 overloaded",
                        now.minusSeconds(3),
                        Optional.of(now.plusSeconds(12)));
        tasks.add(task(7, "explorer", Phase.RUNNING, folder, withoutCost(retries)));
        tasks.add(task(8, "deps", Phase.RUNNING, folder, starting(now.minusSeconds(1))));
        tasks.add(
                ended(
                        9,
                        "security",
                        folder,
                        "ended in order with a valid report",
                        ended(
                                AgentVerdict.COMPLETED,
                                Optional.of(REPORTS.resolve("20260301-115800-security.md")),
                                Optional.of(diff(folder, 9)),
                                List.of()),
                        0));
        tasks.add(
                ended(
                        10,
                        "perf",
                        folder,
                        DENIED,
                        ended(
                                AgentVerdict.COMPLETED_WITH_DENIALS,
                                Optional.of(REPORTS.resolve("20260301-115700-perf.md")),
                                Optional.empty(),
                                List.of("the session file is no valid YAML; it was left alone")),
                        0));
        tasks.add(
                ended(
                        11,
                        "migrate",
                        folder,
                        REFUSED,
                        ended(
                                AgentVerdict.FAILED,
                                Optional.of(REPORTS.resolve("20260301-115600-migrate-partial.md")),
                                Optional.empty(),
                                List.of()),
                        1));
        tasks.add(
                ended(
                        12,
                        "port",
                        folder,
                        "it came to the end of its turns",
                        ended(
                                AgentVerdict.PARTIAL,
                                Optional.of(REPORTS.resolve("20260301-115500-port-partial.md")),
                                Optional.empty(),
                                List.of()),
                        1));
        tasks.add(Samples.task(13, "build", Kind.JOB, Phase.RUNNING, "", folder.resolve("b.log")));
        return tasks;
    }

    /** One that somebody has stopped. */
    public static TaskView stopped(long id, Path folder, String why) {
        AgentRun run =
                ended(
                        AgentVerdict.FAILED,
                        Optional.of(REPORTS.resolve("20260301-115500-audit-partial.md")),
                        Optional.empty(),
                        List.of());
        TaskView task = task(id, "audit", Phase.KILLED, folder, run);
        Outcome outcome = new Outcome.Stopped(why);
        return with(task, why, transcript(folder, id), run, Optional.of(outcome));
    }

    private static TaskView agent(
            long id, String name, Path folder, State state, String doing, Instant since) {
        return task(id, name, Phase.RUNNING, folder, run(state, doing, since, Optional.empty()));
    }

    /** A transcript as people read it. */
    public static List<String> transcript() {
        return List.of(
                "\u001b[2mstarted, claude-sonnet\u001b[0m",
                "I look at the auth module first.",
                "\u001b[36mRead src/auth/token.py → 120 lines\u001b[0m",
                "\u001b[36mBash npm test → 14 passed, 1 failed\u001b[0m",
                "\u001b[33mrefused: WebFetch: not allowed\u001b[0m",
                "The token is compared in variable time; I write that down.");
    }

    /** A program's own stream. */
    public static List<String> stream() {
        return List.of(
                "{\"type\":\"system\",\"subtype\":\"init\",\"model\":\"claude-sonnet\"}",
                "{\"type\":\"assistant\",\"message\":{\"content\":[{\"type\":\"text\"}]}}",
                "{\"type\":\"result\",\"is_error\":false}");
    }

    /** A diff with what is easily miscounted: changed lines that look like headers. */
    public static List<String> diff() {
        return List.of(
                "diff --git a/src/auth/token.py b/src/auth/token.py",
                "index 3b18e51..a9d1c22 100644",
                "--- a/src/auth/token.py",
                "+++ b/src/auth/token.py",
                "@@ -10,4 +10,5 @@ def check(token):",
                "     known = load(token.id)",
                "-    return known.secret == token.secret",
                "+    # in constant time",
                "+    return compare_digest(known.secret, token.secret)",
                " ",
                " # the end",
                "diff --git a/notes.md b/notes.md",
                "new file mode 100644",
                "--- /dev/null",
                "+++ b/notes.md",
                "@@ -0,0 +1,2 @@",
                "+++ plus signs",
                "+\u001b[31mred\u001b[0m words\u0007");
    }

    /** A report. */
    public static List<String> report() {
        return List.of(
                "---",
                "report:",
                "  title: Security audit",
                "  status: unprocessed",
                "  worktree:",
                "    - \"kept at /home/ada/.local/state/simmer/worktrees/security-5f0c,"
                        + " branch simmer/security-5f0c\"",
                "    - \" notes.md          | 2 ++\"",
                "---",
                "# Security audit",
                "",
                "## Status",
                "completed",
                "## Summary",
                "One finding of medium severity in src/auth/token.py: secrets are compared in"
                    + " variable time, so that an attacker on the same network may learn them.");
    }
}
