package dev.simmer.supervisor;

import dev.simmer.json.JsonFault;
import dev.simmer.model.AgentSpec;
import dev.simmer.model.Backoff;
import dev.simmer.model.Command;
import dev.simmer.model.Limits;
import dev.simmer.model.Request;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Ranges and sizes of what clients ask for, beyond those that the model's types check: what no
 * person writes, and what nothing further in could do anything with.
 */
final class RequestChecks {
    /** The longest duration, ten years; sums of some of them do not overflow. */
    static final Duration LONGEST = Duration.ofDays(3_652);

    /** The longest name of a task, a session or a lock, in characters. */
    static final int LONGEST_NAME = 500;

    /** The longest text of a {@code send}, in characters. */
    static final int LONGEST_INPUT = 64 << 10;

    /** How many tasks one spawn may have. */
    static final int MOST_TASKS = 5_000;

    /** How often anything may be repeated. */
    static final int MOST_REPEATS = 1_000_000;

    /** More memory than any machine has, in bytes; sums of some thousands do not overflow. */
    static final long MOST_BYTES = 1L << 50;

    private RequestChecks() {}

    /** The request, where it is sound. */
    static Request check(Request request) throws JsonFault {
        switch (request) {
            case Request.Spawn spawn -> check(spawn);
            case Request.Start(Set<TaskId> ids) -> some(ids);
            case Request.Stop(Set<TaskId> ids, boolean _) -> some(ids);
            case Request.Restart(Set<TaskId> ids) -> some(ids);
            case Request.Pause(Set<TaskId> ids) -> some(ids);
            case Request.Resume(Set<TaskId> ids) -> some(ids);
            case Request.Forget(Set<TaskId> ids) -> some(ids);
            case Request.Explain _ -> {}
            case Request.Rename(TaskId _, String name) -> name("name", name);
            case Request.OpenSession(var _, String name, var _) -> name("name", name);
            case Request.RenameSession(var _, String from, String to) -> {
                if (!from.isEmpty()) {
                    name("from", from);
                }
                name("to", to);
            }
            case Request.Send(TaskId _, String text) -> {
                need(text.length() <= LONGEST_INPUT, "text", "longer than " + LONGEST_INPUT);
            }
        }
        return request;
    }

    private static void need(boolean holds, String where, String otherwise) throws JsonFault {
        if (!holds) {
            throw new JsonFault(where + ": " + otherwise);
        }
    }

    private static void some(Set<TaskId> ids) throws JsonFault {
        need(!ids.isEmpty(), "ids", "a list of task ids is expected, with one at least");
    }

    private static void name(String where, String name) throws JsonFault {
        need(!name.isBlank(), where, "it is empty");
        need(name.length() <= LONGEST_NAME, where, "longer than " + LONGEST_NAME + " characters");
        noZero(where, name);
    }

    private static void noZero(String where, String text) throws JsonFault {
        need(text.indexOf('\0') < 0, where, "it holds a zero character");
    }

    private static void check(Request.Spawn spawn) throws JsonFault {
        need(!spawn.tasks().isEmpty(), "tasks", "one task at least is expected");
        need(spawn.tasks().size() <= MOST_TASKS, "tasks", "more than " + MOST_TASKS);
        bytes("limits.heavy_from_bytes", spawn.limits().heavyFromBytes());
        if (spawn.limits().reserve() instanceof Limits.Reserve.Size(long size)) {
            need(size >= 0, "limits.reserve_bytes", "less than zero");
            bytes("limits.reserve_bytes", size);
        }
        for (int i = 0; i < spawn.tasks().size(); i++) {
            check("tasks[" + i + "].", spawn.tasks().get(i));
        }
    }

    private static void check(String in, TaskSpec task) throws JsonFault {
        name(in + "name", task.name());
        switch (task.command()) {
            case Command.Shell(String line) -> noZero(in + "command", line);
            case Command.Exec(List<String> argv) -> {
                for (String word : argv) {
                    noZero(in + "command", word);
                }
            }
        }
        environment(in + "env", task.env());
        if (task.inherited().isPresent()) {
            environment(in + "environment", task.inherited().get().variables());
        }
        for (String lock : task.locks()) {
            name(in + "locks", lock);
        }
        for (var need : task.needs()) {
            name(in + "needs", need.task());
        }
        bytes(in + "memory_bytes", task.memory().orElse(0));
        bytes(in + "log_limit.bytes", task.logLimit().bytes());
        if (task.timeout().isPresent()) {
            duration(in + "timeout_ms", task.timeout().get());
        }
        if (task.ready().isPresent()) {
            duration(in + "ready.timeout_ms", task.ready().get().timeout());
        }
        duration(in + "stop.grace_ms", task.stop().grace());
        backoff(in + "retry.backoff", task.retry().backoff());
        backoff(in + "restart.backoff", task.restart().backoff());
        need(task.retry().max() <= MOST_REPEATS, in + "retry.max", "more than " + MOST_REPEATS);
        need(task.restart().max() <= MOST_REPEATS, in + "restart.max", "more than " + MOST_REPEATS);
        if (task.agent().isPresent()) {
            agent(in + "agent.", task.agent().get());
        }
        need(task.session().isEmpty() || !task.session().isBlank(), in + "session", "it is blank");
    }

    /** The files of a plan are written by the supervisor, so their names may lead nowhere else. */
    private static void agent(String in, AgentSpec agent) throws JsonFault {
        if (!(agent instanceof AgentSpec.Planned planned)) {
            throw new JsonFault(in + "files_at: an agent is to be planned before it runs");
        }
        name(in + "definition", planned.definition());
        name(in + "runner", planned.runner());
        name(in + "agent_id", planned.agentId());
        need(!planned.report().isBlank(), in + "report", "it is empty");
        need(!planned.filesAt().isBlank(), in + "files_at", "it is empty");
        need(
                planned.programSession().isEmpty() || !planned.programSession().get().isBlank(),
                in + "program_session",
                "it is empty");
        for (String name : planned.files().keySet()) {
            boolean plain = !name.contains("/") && !name.equals(".") && !name.equals("..");
            name(in + "files", name);
            need(plain, in + "files", "a plain file name is expected");
        }
        if (planned.limits().silence().isPresent()) {
            duration(in + "silence_ms", planned.limits().silence().get());
        }
    }

    private static void environment(String where, Map<String, String> variables) throws JsonFault {
        for (Map.Entry<String, String> each : variables.entrySet()) {
            String name = each.getKey();
            need(
                    !name.isEmpty() && name.indexOf('=') < 0 && name.indexOf('\0') < 0,
                    where,
                    "a variable's name is empty, or holds = or a zero character");
            noZero(where + "." + name, each.getValue());
        }
    }

    private static void bytes(String where, long bytes) throws JsonFault {
        need(bytes <= MOST_BYTES, where, "more than " + MOST_BYTES);
    }

    private static void backoff(String where, Backoff backoff) throws JsonFault {
        duration(where + ".most_ms", backoff.most());
    }

    private static void duration(String where, Duration duration) throws JsonFault {
        need(duration.compareTo(LONGEST) <= 0, where, "longer than ten years");
    }
}
