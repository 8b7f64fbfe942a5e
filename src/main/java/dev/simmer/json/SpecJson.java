package dev.simmer.json;

import dev.simmer.model.CallerEnvironment;
import dev.simmer.model.Command;
import dev.simmer.model.Kind;
import dev.simmer.model.LogLimit;
import dev.simmer.model.Need;
import dev.simmer.model.RestartPolicy;
import dev.simmer.model.RetryPolicy;
import dev.simmer.model.StopPolicy;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.WorkspaceId;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A task's specification in JSON. What is as it is by default is left out. The inherited
 * environment is never part of it: many tasks share one, and it may hold secrets.
 */
public final class SpecJson {
    private SpecJson() {}

    /** Writes the members of a specification, the values of its environment included. */
    public static void write(JsonObject to, TaskSpec spec) {
        write(to, spec, true);
    }

    /** Writes the members of a specification with the names of its environment only. */
    static void writeWithoutValues(JsonObject to, TaskSpec spec) {
        write(to, spec, false);
    }

    private static void write(JsonObject to, TaskSpec spec, boolean values) {
        to.put("name", spec.name());
        if (spec.kind() != Kind.JOB) {
            to.putWord("kind", spec.kind());
        }
        to.putObject("command", spec.command(), SpecJson::write);
        to.put("workspace", spec.workspace().folder().toString());
        if (!spec.cwd().equals(spec.workspace().folder())) {
            to.put("cwd", spec.cwd().toString());
        }
        if (!spec.env().isEmpty()) {
            to.putTextMap("env", values ? spec.env() : withoutValues(spec.env()));
        }
        if (!spec.needs().isEmpty()) {
            to.putObjects("needs", spec.needs(), SpecJson::write);
        }
        if (!spec.locks().isEmpty()) {
            to.putTexts("locks", spec.locks());
        }
        if (spec.priority() != 0) {
            to.put("priority", spec.priority());
        }
        if (spec.memory().isPresent()) {
            to.put("memory_bytes", spec.memory());
        }
        if (spec.heavy().isPresent()) {
            to.put("heavy", spec.heavy().get());
        }
        if (spec.evictable().isPresent()) {
            to.put("evictable", spec.evictable().get());
        }
        if (spec.isolateMemory()) {
            to.put("isolate_memory", true);
        }
        if (spec.timeout().isPresent()) {
            to.putMillis("timeout_ms", spec.timeout().get());
        }
        writePolicies(to, spec);
        writeFlags(to, spec);
        if (spec.agent().isPresent()) {
            to.putObject("agent", object -> AgentJson.write(object, spec.agent().get(), values));
        }
        if (!spec.session().isEmpty()) {
            to.put("session", spec.session());
        }
    }

    private static void writePolicies(JsonObject to, TaskSpec spec) {
        if (differs(spec.retry(), RetryPolicy.NEVER)) {
            to.putObject("retry", spec.retry(), PolicyJson::write);
        }
        if (differs(spec.restart(), RestartPolicy.NEVER)) {
            to.putObject("restart", spec.restart(), PolicyJson::write);
        }
        if (spec.ready().isPresent()) {
            to.putObject("ready", spec.ready().get(), PolicyJson::write);
        }
        if (differs(spec.stop(), StopPolicy.DEFAULT)) {
            to.putObject("stop", spec.stop(), PolicyJson::write);
        }
        if (differs(spec.logLimit(), LogLimit.DEFAULT)) {
            to.putObject("log_limit", spec.logLimit(), PolicyJson::write);
        }
    }

    private static void writeFlags(JsonObject to, TaskSpec spec) {
        if (spec.input()) {
            to.put("input", true);
        }
        if (spec.tty()) {
            to.put("tty", true);
        }
        if (spec.keepTmpOnFailure()) {
            to.put("keep_tmp_on_failure", true);
        }
        if (!spec.autostart()) {
            to.put("autostart", false);
        }
    }

    private static Map<String, String> withoutValues(Map<String, String> env) {
        Map<String, String> names = LinkedHashMap.newLinkedHashMap(env.size());
        env.keySet().forEach(name -> names.put(name, ""));
        return Collections.unmodifiableMap(names);
    }

    /** What {@link #write(JsonObject, TaskSpec)} wrote, with no inherited environment. */
    public static TaskSpec spec(JsonMembers from) throws JsonFault {
        return builder(from).build();
    }

    /** What {@link #write(JsonObject, TaskSpec)} wrote, on top of an environment. */
    public static TaskSpec specInheriting(JsonMembers from, CallerEnvironment inherited)
            throws JsonFault {
        return builder(from).inherited(inherited).build();
    }

    private static TaskSpec.Builder builder(JsonMembers from) throws JsonFault {
        WorkspaceId workspace = workspace(from, "workspace");
        TaskSpec.Builder spec =
                TaskSpec.named(
                        from.text("name"), workspace, from.read("command", SpecJson::command));
        spec.kind(from.word("kind", Kind.values(), Kind.JOB));
        if (from.has("cwd")) {
            spec.cwd(Path.of(from.text("cwd")));
        }
        spec.env(from.textMap("env"));
        for (Need need : from.list("needs", SpecJson::need)) {
            spec.need(need.task(), need.condition());
        }
        for (String lock : new TreeSet<>(from.texts("locks"))) {
            spec.lock(lock);
        }
        spec.priority(from.count("priority", 0));
        if (from.has("memory_bytes")) {
            spec.memory(from.whole("memory_bytes"));
        }
        if (from.has("heavy")) {
            spec.heavy(from.flag("heavy", false));
        }
        if (from.has("evictable")) {
            spec.evictable(from.flag("evictable", false));
        }
        spec.isolateMemory(from.flag("isolate_memory", false));
        if (from.has("timeout_ms")) {
            spec.timeout(from.duration("timeout_ms"));
        }
        spec.retry(from.read("retry", PolicyJson::retry, RetryPolicy.NEVER));
        spec.restart(from.read("restart", PolicyJson::restart, RestartPolicy.NEVER));
        if (from.has("ready")) {
            spec.ready(from.read("ready", PolicyJson::readiness));
        }
        spec.stop(from.read("stop", PolicyJson::stop, StopPolicy.DEFAULT));
        spec.logLimit(from.read("log_limit", PolicyJson::logLimit, LogLimit.DEFAULT));
        if (from.has("agent")) {
            spec.agent(from.read("agent", AgentJson::agent));
        }
        return spec.input(from.flag("input", false))
                .tty(from.flag("tty", false))
                .keepTmpOnFailure(from.flag("keep_tmp_on_failure", false))
                .autostart(from.flag("autostart", true))
                .session(from.text("session", ""));
    }

    /** A workspace by its folder. */
    static WorkspaceId workspace(JsonMembers from, String key) throws JsonFault {
        return new WorkspaceId(Path.of(from.text(key)));
    }

    /** The same object is found out without a record's own method, which has to be linked. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean differs(Object value, Object usual) {
        return value != usual && !value.equals(usual);
    }

    private static void write(JsonObject to, Command command) {
        // No switch over types, which a command would have to link for each task that it brings.
        if (command instanceof Command.Shell(String line)) {
            to.put("shell", line);
        } else if (command instanceof Command.Exec(List<String> argv)) {
            to.putTexts("argv", argv);
        }
    }

    private static Command command(JsonMembers from) throws JsonFault {
        if (from.has("shell")) {
            return new Command.Shell(from.text("shell"));
        }
        if (from.has("argv")) {
            return new Command.Exec(from.texts("argv"));
        }
        throw from.fault("", "one of shell and argv is missing");
    }

    private static void write(JsonObject to, Need need) {
        to.put("task", need.task()).putWord("condition", need.condition());
    }

    private static Need need(JsonMembers from) throws JsonFault {
        return new Need(
                from.text("task"),
                from.word("condition", Need.Condition.values(), Need.Condition.SUCCEEDED));
    }
}
