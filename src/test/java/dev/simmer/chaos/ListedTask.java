package dev.simmer.chaos;

import dev.simmer.json.JsonFault;
import dev.simmer.json.JsonLimits;
import dev.simmer.json.JsonMembers;
import dev.simmer.json.JsonReader;
import dev.simmer.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A task as {@code list --json} tells of it. */
record ListedTask(
        long id,
        String name,
        String state,
        String reason,
        int attempt,
        long expectedBytes,
        Optional<String> log) {
    private static final Set<String> ENDED =
            Set.of("succeeded", "failed", "killed", "timed-out", "skipped", "lost");

    /** All that a listing holds. */
    static List<ListedTask> all(String json) {
        List<ListedTask> tasks = new ArrayList<>();
        try {
            JsonValue read = new JsonReader(JsonLimits.OWN).read(json);
            if (!(read instanceof JsonValue.Items(List<JsonValue> items))) {
                throw new AssertionError("the listing is no array: " + json);
            }
            for (JsonValue item : items) {
                JsonMembers task = JsonMembers.of(item);
                tasks.add(
                        new ListedTask(
                                task.whole("id"),
                                task.text("name"),
                                task.text("state"),
                                task.text("reason", ""),
                                task.count("attempt"),
                                task.whole("expected_bytes"),
                                task.textIfAny("log")));
            }
        } catch (JsonFault e) {
            throw new AssertionError("the listing is wrong: " + e.getMessage() + "\n" + json, e);
        }
        return tasks;
    }

    boolean ended() {
        return ENDED.contains(state);
    }

    boolean active() {
        return Set.of("starting", "running", "ready", "paused", "stopping").contains(state);
    }
}
