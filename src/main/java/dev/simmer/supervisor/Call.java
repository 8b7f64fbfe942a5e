package dev.simmer.supervisor;

import dev.simmer.json.JsonFault;
import dev.simmer.json.JsonLimits;
import dev.simmer.json.JsonMembers;
import dev.simmer.json.JsonReader;
import dev.simmer.json.JsonValue;
import dev.simmer.json.RequestJson;
import dev.simmer.model.TaskId;
import dev.simmer.model.WorkspaceId;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A client's message, read and checked whole before anything is done.
 *
 * <p>Members that a method does not know are refused: a slip of the pen in {@code now} would
 * otherwise be a different request.
 */
sealed interface Call {
    /** What each method takes. */
    Map<String, List<String>> PARAMETERS = parameters();

    /** The longest id that is a string, in characters. */
    int LONGEST_ID = 256;

    /** An empty line. */
    record Nothing() implements Call {}

    /**
     * Not a request that can be carried out.
     *
     * @param id null in JSON where it is not known; Java's null where nobody is to be told
     */
    record Wrong(@Nullable JsonValue id, Fault fault, String words) implements Call {}

    /**
     * A request.
     *
     * @param id Java's null where nobody waits for an answer
     */
    record Right(@Nullable JsonValue id, Asked asked) implements Call {}

    private static Map<String, List<String>> parameters() {
        List<String> filter = List.of("ids", "workspace");
        Map<String, List<String>> all = new LinkedHashMap<>();
        all.put(Protocol.HELLO, List.of("client", "protocol"));
        all.put(Protocol.SNAPSHOT, List.of("ids", "workspace", "newest_ended"));
        all.put(Protocol.SUBSCRIBE, filter);
        all.put("explain", List.of("id"));
        all.put(Protocol.UNSUBSCRIBE, List.of("subscription"));
        all.put(Protocol.STATUS, List.of());
        all.put(Protocol.SHUTDOWN, List.of());
        all.put("spawn", List.of("tasks", "limits", "fail_fast", "existing", "environments"));
        all.put("start", List.of("ids"));
        all.put("stop", List.of("ids", "now"));
        all.put("restart", List.of("ids"));
        all.put("pause", List.of("ids"));
        all.put("resume", List.of("ids"));
        all.put("rename", List.of("id", "name"));
        all.put("open_session", List.of("workspace", "name", "how"));
        all.put("rename_session", List.of("workspace", "from", "to"));
        all.put("send", List.of("id", "text"));
        all.put("forget", List.of("ids"));
        return java.util.Collections.unmodifiableMap(all);
    }

    /** Reads messages. Safe for all threads. */
    final class Reading {
        private final JsonReader reader;

        /** Reads messages of at most so many bytes. */
        Reading(int messageBytes) {
            reader = new JsonReader(JsonLimits.MESSAGE.withBytes(messageBytes));
        }

        /** Reads one line. */
        Call read(byte[] line) {
            if (isBlank(line)) {
                return new Nothing();
            }
            JsonValue value;
            try {
                value = reader.read(line);
            } catch (JsonFault e) {
                return new Wrong(new JsonValue.Nothing(), Fault.NOT_JSON, message(e));
            }
            if (value instanceof JsonValue.Members(var members)) {
                return envelope(members);
            }
            return notRequest(
                    new JsonValue.Nothing(),
                    value instanceof JsonValue.Items
                            ? "batches are not taken: send one request a line"
                            : "a request is an object, not " + value.sort());
        }

        private static boolean isBlank(byte[] line) {
            for (byte each : line) {
                if (each != ' ' && each != '\t' && each != '\r') {
                    return false;
                }
            }
            return true;
        }

        private static Call notRequest(@Nullable JsonValue id, String words) {
            return new Wrong(id, Fault.NOT_A_REQUEST, words);
        }

        private static Call envelope(Map<String, JsonValue> members) {
            JsonValue id = members.get("id");
            boolean may =
                    id == null
                            || id instanceof JsonValue.Whole
                            || id instanceof JsonValue.Nothing
                            || (id instanceof JsonValue.Text(String text)
                                    && text.length() <= LONGEST_ID);
            if (!may) {
                return notRequest(
                        new JsonValue.Nothing(),
                        "id is a whole number, or a string of at most "
                                + LONGEST_ID
                                + " characters");
            }
            if (!(members.get("jsonrpc") instanceof JsonValue.Text(String version))
                    || !version.equals("2.0")) {
                return notRequest(shown(id), "jsonrpc must be \"2.0\"");
            }
            if (!(members.get("method") instanceof JsonValue.Text(String method))) {
                return notRequest(shown(id), "method is missing, or no string");
            }
            return parameters(id, method, members.get("params"));
        }

        private static JsonValue shown(@Nullable JsonValue id) {
            return id == null ? new JsonValue.Nothing() : id;
        }

        private static Call parameters(
                @Nullable JsonValue id, String method, @Nullable JsonValue value) {
            List<String> known = PARAMETERS.get(method);
            if (known == null) {
                return new Wrong(id, Fault.NO_SUCH_METHOD, "there is no method " + quoted(method));
            }
            JsonValue object = value == null ? new JsonValue.Members(Map.of()) : value;
            if (!(object instanceof JsonValue.Members(var members))) {
                return new Wrong(
                        id,
                        Fault.WRONG_PARAMETERS,
                        "params is an object with named members, not " + object.sort());
            }
            for (String name : members.keySet()) {
                if (!known.contains(name)) {
                    return new Wrong(
                            id,
                            Fault.WRONG_PARAMETERS,
                            method
                                    + " knows no "
                                    + quoted(name)
                                    + (known.isEmpty()
                                            ? "; it takes nothing"
                                            : "; it takes " + String.join(", ", known)));
                }
            }
            try {
                return new Right(id, asked(method, JsonMembers.of(object)));
            } catch (JsonFault e) {
                return new Wrong(id, Fault.WRONG_PARAMETERS, message(e));
            }
        }

        private static String message(JsonFault e) {
            return String.valueOf(e.getMessage());
        }

        private static String quoted(String text) {
            String shown = text.length() > 60 ? text.substring(0, 60) + "…" : text;
            return "\"" + new JsonFault(shown).getMessage() + "\"";
        }

        private static Asked asked(String method, JsonMembers from) throws JsonFault {
            return switch (method) {
                case Protocol.HELLO ->
                        new Asked.Greeting(from.text("client", ""), from.whole("protocol", 0));
                case Protocol.SNAPSHOT ->
                        new Asked.Look(filter(from, from.countIfAny("newest_ended")));
                case Protocol.SUBSCRIBE -> new Asked.Subscribe(filter(from, OptionalInt.empty()));
                case Protocol.UNSUBSCRIBE -> new Asked.Unsubscribe(from.whole("subscription"));
                case Protocol.STATUS -> new Asked.Status();
                case Protocol.SHUTDOWN -> new Asked.Shutdown();
                default -> new Asked.Act(RequestChecks.check(RequestJson.request(method, from)));
            };
        }

        private static TaskFilter filter(JsonMembers from, OptionalInt newestEnded)
                throws JsonFault {
            return from.as(in -> {
                Set<TaskId> ids = new TreeSet<>();
                for (long each : in.wholes("ids")) {
                    ids.add(new TaskId(each));
                }
                if (in.has("ids") && ids.isEmpty()) {
                    throw in.fault("ids", "the list is empty; leave it out for all tasks");
                }
                Optional<WorkspaceId> workspace =
                        in.textIfAny("workspace").map(folder -> new WorkspaceId(Path.of(folder)));
                return new TaskFilter(ids, workspace, newestEnded);
            });
        }
    }
}
