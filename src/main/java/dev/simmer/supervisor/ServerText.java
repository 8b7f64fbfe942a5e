package dev.simmer.supervisor;

import dev.simmer.json.JsonObject;
import dev.simmer.json.JsonValue;
import dev.simmer.json.RequestJson;
import dev.simmer.json.ViewJson;
import dev.simmer.model.Reply;
import dev.simmer.model.Snapshot;
import dev.simmer.model.TaskView;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** What a server writes: JSON-RPC 2.0, each message a line. docs/PROTOCOL.md describes it. */
final class ServerText {
    private static final byte LINE_END = '\n';

    private ServerText() {}

    /** A request's result. */
    static byte[] result(JsonValue id, Consumer<JsonObject> members) {
        return line(envelope(id).putObject("result", members));
    }

    /** A request's error; the id is null where it could not be read. */
    static byte[] error(JsonValue id, Fault fault, String words) {
        return line(
                envelope(id)
                        .putObject(
                                "error",
                                error -> error.put("code", fault.code()).put("message", words)));
    }

    private static JsonObject envelope(JsonValue id) {
        return new JsonObject().put("jsonrpc", "2.0").putValue("id", id);
    }

    private static byte[] line(JsonObject message) {
        byte[] bytes = message.toBytes();
        return new Pieces(bytes.length + 1).add(bytes).add(LINE_END).bytes();
    }

    static void write(JsonObject to, Hello hello) {
        to.put("version", hello.version())
                .put("protocol", hello.protocol())
                .put("pid", hello.pid())
                .put("home", hello.home().toString());
    }

    static void write(JsonObject to, SupervisorStatus status) {
        to.put("version", status.version())
                .put("protocol", status.protocol())
                .put("pid", status.pid())
                .put("home", status.home().toString())
                .put("uptime_ms", status.uptime().toMillis())
                .put("resident_bytes", status.residentBytes())
                .put("heap_used_bytes", status.heapUsedBytes())
                .put("heap_max_bytes", status.heapMaxBytes())
                .putObject("tasks", counts -> status.tasks().forEach(counts::put))
                .put("clients", status.clients())
                .put("subscriptions", status.subscriptions())
                .putObject("disk_bytes", sizes -> status.diskBytes().forEach(sizes::put));
    }

    static void write(JsonObject to, Reply.Accepted reply) {
        RequestJson.write(to, reply);
    }

    /** A task, without anything around it. */
    static byte[] task(TaskView task) {
        JsonObject object = new JsonObject();
        ViewJson.write(object, task);
        return object.toBytes();
    }

    /** The beginning of the answer to {@code snapshot}; tasks follow, and then its tail. */
    static byte[] snapshotHead(JsonValue id, Snapshot snapshot, int leftOut) {
        JsonObject result = new JsonObject();
        result.put("version", snapshot.version()).putMillis("at_ms", snapshot.at());
        result.putObject("host", snapshot.host(), ViewJson::write);
        result.putObjects("workspaces", snapshot.workspaces(), ViewJson::write);
        putTrouble(result, snapshot);
        result.put("left_out", leftOut);
        return new Pieces(1024)
                .add(open(envelope(id)))
                .add(",\"result\":")
                .add(open(result))
                .add(",\"tasks\":[")
                .bytes();
    }

    /** What follows the last task. */
    static byte[] snapshotTail() {
        return "]}}\n".getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Tells a subscription that the supervisor was asked to end. For clients that do not know the
     * member it is a part of a state that never becomes complete.
     */
    static byte[] ending(long subscription) {
        return line(
                new JsonObject()
                        .put("jsonrpc", "2.0")
                        .put("method", Protocol.CHANGES)
                        .putObject(
                                "params",
                                params ->
                                        params.put("subscription", subscription)
                                                .put("whole", false)
                                                .put("more", true)
                                                .put(Protocol.ENDING, true)));
    }

    /** A message of a subscription. */
    static byte[] changes(Subscription.Part part, Snapshot newest) {
        JsonObject head = new JsonObject();
        head.put("subscription", part.subscription()).put("whole", part.whole());
        head.put("more", part.more());
        if (!part.more()) {
            head.put("version", newest.version()).putMillis("at_ms", newest.at());
            putTrouble(head, newest);
            if (!part.removed().isEmpty()) {
                head.putWholes("removed", part.removed());
            }
            if (part.host()) {
                head.putObject("host", newest.host(), ViewJson::write);
            }
            if (part.workspaces()) {
                head.putObjects("workspaces", newest.workspaces(), ViewJson::write);
            }
        }
        Pieces text = new Pieces(1024);
        text.add("{\"jsonrpc\":\"2.0\",\"method\":\"" + Protocol.CHANGES + "\",\"params\":");
        text.add(open(head)).add(",\"tasks\":[");
        join(text, part.tasks());
        return text.add("]}}\n").bytes();
    }

    private static void putTrouble(JsonObject to, Snapshot snapshot) {
        if (snapshot.trouble().isPresent()) {
            to.put("trouble", snapshot.trouble().get());
        } else {
            to.putNull("trouble");
        }
    }

    private static void join(Pieces text, List<byte[]> tasks) {
        for (int i = 0; i < tasks.size(); i++) {
            if (i > 0) {
                text.add(",");
            }
            text.add(tasks.get(i));
        }
    }

    /** An object without its last brace, so that more members can follow. */
    private static byte[] open(JsonObject object) {
        byte[] bytes = object.toBytes();
        return java.util.Arrays.copyOf(bytes, bytes.length - 1);
    }

    /** A result without members. */
    static void nothing(JsonObject to) {}
}
