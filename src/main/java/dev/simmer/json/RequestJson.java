package dev.simmer.json;

import dev.simmer.model.CallerEnvironment;
import dev.simmer.model.Explanation;
import dev.simmer.model.Limits;
import dev.simmer.model.Reply;
import dev.simmer.model.Request;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.WorkspaceId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Requests and replies in JSON: a request is a method's name, see {@link #method}, and its
 * parameters. The environments that the tasks of a spawn inherit are written once for each distinct
 * one, beside the tasks.
 */
public final class RequestJson {
    private RequestJson() {}

    /** The name of a request's method. */
    public static String method(Request request) {
        // The most frequent one goes past the switch over types, which has to be linked.
        if (request instanceof Request.Spawn) {
            return "spawn";
        }
        return switch (request) {
            case Request.Spawn _ -> "spawn";
            case Request.Start _ -> "start";
            case Request.Stop _ -> "stop";
            case Request.Restart _ -> "restart";
            case Request.Pause _ -> "pause";
            case Request.Resume _ -> "resume";
            case Request.Rename _ -> "rename";
            case Request.OpenSession _ -> "open_session";
            case Request.RenameSession _ -> "rename_session";
            case Request.Send _ -> "send";
            case Request.Explain _ -> "explain";
            case Request.Forget _ -> "forget";
        };
    }

    /** Writes the members of a request's parameters. */
    public static void write(JsonObject to, Request request) {
        if (request instanceof Request.Spawn spawn) {
            write(to, spawn);
            return;
        }
        switch (request) {
            case Request.Spawn spawn -> write(to, spawn);
            case Request.Start(Set<TaskId> ids) -> writeIds(to, ids);
            case Request.Stop(Set<TaskId> ids, boolean now) -> {
                writeIds(to, ids);
                to.put("now", now);
            }
            case Request.Restart(Set<TaskId> ids) -> writeIds(to, ids);
            case Request.Pause(Set<TaskId> ids) -> writeIds(to, ids);
            case Request.Resume(Set<TaskId> ids) -> writeIds(to, ids);
            case Request.Rename(TaskId id, String name) ->
                    to.put("id", id.value()).put("name", name);
            case Request.OpenSession(
                            WorkspaceId workspace,
                            String name,
                            Request.SessionChange how) ->
                    to.put("workspace", workspace.folder().toString())
                            .put("name", name)
                            .putWord("how", how);
            case Request.RenameSession(WorkspaceId workspace, String from, String name) ->
                    to.put("workspace", workspace.folder().toString())
                            .put("from", from)
                            .put("to", name);
            case Request.Send(TaskId id, String text) -> to.put("id", id.value()).put("text", text);
            case Request.Explain(TaskId id) -> to.put("id", id.value());
            case Request.Forget(Set<TaskId> ids) -> writeIds(to, ids);
        }
    }

    /**
     * The request that {@link #write(JsonObject, Request)} wrote the parameters of.
     *
     * @throws JsonFault where the parameters are wrong, or there is no such method
     */
    public static Request request(String method, JsonMembers from) throws JsonFault {
        return from.as(in ->
                switch (method) {
                    case "spawn" -> spawn(in);
                    case "start" -> new Request.Start(idSet(in));
                    case "stop" -> new Request.Stop(idSet(in), in.flag("now", false));
                    case "restart" -> new Request.Restart(idSet(in));
                    case "pause" -> new Request.Pause(idSet(in));
                    case "resume" -> new Request.Resume(idSet(in));
                    case "rename" -> new Request.Rename(id(in), in.text("name"));
                    case "open_session" ->
                            new Request.OpenSession(
                                    SpecJson.workspace(in, "workspace"),
                                    in.text("name"),
                                    in.word("how", Request.SessionChange.values()));
                    case "rename_session" ->
                            new Request.RenameSession(
                                    SpecJson.workspace(in, "workspace"),
                                    in.text("from", ""),
                                    in.text("to"));
                    case "send" -> new Request.Send(id(in), in.text("text"));
                    case "explain" -> new Request.Explain(id(in));
                    case "forget" -> new Request.Forget(idSet(in));
                    default -> throw new JsonFault("there is no method " + method);
                });
    }

    private static void write(JsonObject to, Request.Spawn spawn) {
        Map<CallerEnvironment, Integer> environments = new LinkedHashMap<>();
        for (TaskSpec each : spawn.tasks()) {
            each.inherited().ifPresent(env -> environments.putIfAbsent(env, environments.size()));
        }
        to.putObjects(
                        "tasks",
                        spawn.tasks(),
                        (task, spec) -> {
                            SpecJson.write(task, spec);
                            spec.inherited()
                                    .map(environments::get)
                                    .ifPresent(index -> task.put("environment", index));
                        })
                .putObject("limits", spawn.limits(), PolicyJson::write)
                .put("fail_fast", spawn.failFast())
                .putWord("existing", spawn.existing())
                .putObjects("environments", environments.keySet(), RequestJson::write);
    }

    private static Request spawn(JsonMembers from) throws JsonFault {
        List<CallerEnvironment> environments = from.list("environments", RequestJson::environment);
        return new Request.Spawn(
                from.list("tasks", task -> spec(task, environments)),
                from.read("limits", PolicyJson::limits, Limits.DEFAULT),
                from.flag("fail_fast", false),
                from.word("existing", Request.Existing.values(), Request.Existing.REFUSE));
    }

    private static TaskSpec spec(JsonMembers from, List<CallerEnvironment> environments)
            throws JsonFault {
        if (!from.has("environment")) {
            return SpecJson.spec(from);
        }
        int index = from.count("environment");
        if (index < 0 || index >= environments.size()) {
            throw from.fault("environment", "there is no environment " + index);
        }
        return SpecJson.specInheriting(from, environments.get(index));
    }

    /** Writes the variables of an environment, one a member. */
    public static void write(JsonObject to, CallerEnvironment environment) {
        to.putTextMap("variables", environment.variables());
    }

    /** What {@link #write(JsonObject, CallerEnvironment)} wrote. */
    public static CallerEnvironment environment(JsonMembers from) throws JsonFault {
        return new CallerEnvironment(from.textMap("variables"));
    }

    private static void writeIds(JsonObject to, Collection<TaskId> ids) {
        to.putWholes("ids", ids.stream().map(TaskId::value).toList());
    }

    private static List<TaskId> ids(JsonMembers from) throws JsonFault {
        List<TaskId> ids = new ArrayList<>();
        for (long each : from.wholes("ids")) {
            ids.add(new TaskId(each));
        }
        return ids;
    }

    private static Set<TaskId> idSet(JsonMembers from) throws JsonFault {
        return new TreeSet<>(ids(from));
    }

    private static TaskId id(JsonMembers from) throws JsonFault {
        return new TaskId(from.whole("id"));
    }

    /** Writes the members of a reply. */
    public static void write(JsonObject to, Reply reply) {
        switch (reply) {
            case Reply.Accepted(List<TaskId> ids) -> writeIds(to, ids);
            case Reply.Explained(Explanation explanation) ->
                    to.putObject("explanation", explanation, ViewJson::write);
            case Reply.Refused(String why) -> to.put("refused", why);
        }
    }

    /** What {@link #write(JsonObject, Reply)} wrote. */
    public static Reply reply(JsonMembers from) throws JsonFault {
        return from.as(in -> {
            if (in.has("refused")) {
                return new Reply.Refused(in.text("refused"));
            }
            return in.has("explanation")
                    ? new Reply.Explained(in.read("explanation", ViewJson::explanation))
                    : new Reply.Accepted(ids(in));
        });
    }
}
