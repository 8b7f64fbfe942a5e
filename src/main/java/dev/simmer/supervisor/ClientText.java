package dev.simmer.supervisor;

import dev.simmer.json.JsonFault;
import dev.simmer.json.JsonLimits;
import dev.simmer.json.JsonMembers;
import dev.simmer.json.JsonObject;
import dev.simmer.json.JsonReader;
import dev.simmer.json.RequestJson;
import dev.simmer.json.ViewJson;
import dev.simmer.model.Reply;
import dev.simmer.model.Request;
import dev.simmer.model.TaskId;
import dev.simmer.supervisor.SupervisorFailure.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What a client writes and reads. */
final class ClientText {
    private static final JsonReader READER = new JsonReader(JsonLimits.OWN);

    private ClientText() {}

    /** Loads what the first message takes. */
    static void prepare() {
        try {
            READER.object(request(0, Protocol.HELLO, to -> to.put("protocol", Protocol.VERSION)));
        } catch (JsonFault e) {
            throw new IllegalStateException("what was written is not read", e);
        }
    }

    /** A request for a method of the server's own. */
    static byte[] request(long id, String method, Consumer<JsonObject> parameters) {
        return line(envelope(id, method).putObject("params", parameters));
    }

    /** A request for the engine. */
    static byte[] request(long id, Request request) {
        return line(
                envelope(id, RequestJson.method(request))
                        .putObject("params", request, RequestJson::write));
    }

    private static JsonObject envelope(long id, String method) {
        return new JsonObject().put("jsonrpc", "2.0").put("id", id).put("method", method);
    }

    private static byte[] line(JsonObject message) {
        byte[] bytes = message.toBytes();
        return new Pieces(bytes.length + 1).add(bytes).add((byte) '\n').bytes();
    }

    /** Writes a filter as parameters. */
    static void write(JsonObject to, TaskFilter filter) {
        if (!filter.ids().isEmpty()) {
            List<Long> ids = new ArrayList<>();
            for (TaskId each : filter.ids()) {
                ids.add(each.value());
            }
            to.putWholes("ids", ids);
        }
        if (filter.workspace().isPresent()) {
            to.put("workspace", filter.workspace().get().folder().toString());
        }
        if (filter.newestEnded().isPresent()) {
            to.put("newest_ended", filter.newestEnded().getAsInt());
        }
    }

    /** A message. */
    static JsonMembers read(byte[] line) throws JsonFault {
        return READER.object(line);
    }

    /**
     * The result that a message holds.
     *
     * @throws SupervisorFailure where it holds an error
     */
    static JsonMembers resultOf(JsonMembers message) throws JsonFault, SupervisorFailure {
        if (!message.has("error")) {
            return message.object("result");
        }
        JsonMembers error = message.object("error");
        boolean strangers = error.whole("code", 0) == Fault.NOT_YOURS.code();
        throw new SupervisorFailure(
                strangers ? Kind.NOT_OURS : Kind.REFUSED,
                error.text("message", "the supervisor refused, and did not say why"));
    }

    /** The engine's reply that a message holds; every error is a refusal. */
    static Reply reply(JsonMembers message) throws JsonFault {
        return message.has("error")
                ? new Reply.Refused(message.object("error").text("message", "refused"))
                : RequestJson.reply(message.object("result"));
    }

    static Hello hello(JsonMembers from) throws JsonFault {
        return new Hello(
                from.text("version"),
                from.count("protocol"),
                from.whole("pid"),
                Path.of(from.text("home")));
    }

    static Listing listing(JsonMembers from) throws JsonFault {
        return new Listing(ViewJson.snapshot(from), from.count("left_out", 0));
    }

    static SupervisorStatus status(JsonMembers from) throws JsonFault {
        Map<String, Integer> tasks = new LinkedHashMap<>();
        for (var phase : dev.simmer.model.Phase.values()) {
            JsonMembers counts = from.object("tasks");
            if (counts.has(phase.word())) {
                tasks.put(phase.word(), counts.count(phase.word()));
            }
        }
        return new SupervisorStatus(
                from.text("version"),
                from.count("protocol"),
                from.whole("pid"),
                Path.of(from.text("home")),
                Duration.ofMillis(from.whole("uptime_ms")),
                from.whole("resident_bytes", 0),
                from.whole("heap_used_bytes", 0),
                from.whole("heap_max_bytes", 0),
                tasks,
                from.count("clients", 0),
                from.count("subscriptions", 0),
                wholeMap(from, "disk_bytes"));
    }

    private static Map<String, Long> wholeMap(JsonMembers from, String key) throws JsonFault {
        Map<String, Long> values = new LinkedHashMap<>();
        if (from.value(key).orElse(null)
                instanceof dev.simmer.json.JsonValue.Members(var members)) {
            JsonMembers sizes = from.object(key);
            for (String name : members.keySet()) {
                values.put(name, sizes.whole(name));
            }
        }
        return values;
    }
}
