package dev.simmer.json;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * An object that has been read, and the place where it lies in the text. Members that nobody asks
 * for are ignored, and null is the same as nothing: so that an older program reads what a newer one
 * wrote. Every fault names the member by its path, such as {@code params.tasks[3].name}.
 */
public final class JsonMembers {
    private final Map<String, JsonValue> values;
    private final @Nullable JsonMembers parent;

    /** The name in the parent; with the index behind it for an element of a list. */
    private final String name;

    private final int index;

    private JsonMembers(
            Map<String, JsonValue> values, @Nullable JsonMembers parent, String name, int index) {
        this.values = values;
        this.parent = parent;
        this.name = name;
        this.index = index;
    }

    /**
     * An object that lies in nothing else.
     *
     * @throws JsonFault where the value is something else than an object
     */
    public static JsonMembers of(JsonValue value) throws JsonFault {
        if (value instanceof JsonValue.Members(var values)) {
            return new JsonMembers(values, null, "", -1);
        }
        throw new JsonFault("an object is expected, not " + value.sort());
    }

    /** The member, as it is; empty where there is none, or null. */
    public Optional<JsonValue> value(String key) {
        return Optional.ofNullable(find(key));
    }

    /** Whether there is such a member, and it is not null. */
    public boolean has(String key) {
        return find(key) != null;
    }

    private @Nullable JsonValue find(String key) {
        JsonValue value = values.get(key);
        return value instanceof JsonValue.Nothing ? null : value;
    }

    private JsonValue need(String key, String what) throws JsonFault {
        JsonValue value = find(key);
        if (value == null) {
            throw fault(key, what + " is missing");
        }
        return value;
    }

    /** A fault of one member of this object; the message says what is wrong with it. */
    public JsonFault fault(String key, String message) {
        return new JsonFault(path(key) + ": " + message);
    }

    private JsonFault wrong(String key, String expected, JsonValue found) {
        return fault(key, expected + " is expected, not " + found.sort());
    }

    /** Where a member of this object lies. */
    public String path(String key) {
        String own = path();
        return own.isEmpty() ? key : key.isEmpty() ? own : own + "." + key;
    }

    private String path() {
        if (parent == null) {
            return "";
        }
        return parent.path(name) + (index < 0 ? "" : "[" + index + "]");
    }

    // Strings

    /** A string that must be there. */
    public String text(String key) throws JsonFault {
        return text(key, need(key, "a string"));
    }

    /** A string, or what it is otherwise. */
    public String text(String key, String otherwise) throws JsonFault {
        JsonValue value = find(key);
        return value == null ? otherwise : text(key, value);
    }

    /** A string that may be absent. */
    public Optional<String> textIfAny(String key) throws JsonFault {
        JsonValue value = find(key);
        return value == null ? Optional.empty() : Optional.of(text(key, value));
    }

    private String text(String key, JsonValue value) throws JsonFault {
        if (value instanceof JsonValue.Text(String text)) {
            return text;
        }
        throw wrong(key, "a string", value);
    }

    /** A list of strings; empty where it is absent. */
    public List<String> texts(String key) throws JsonFault {
        List<JsonValue> items = items(key);
        List<String> texts = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            texts.add(text(key + "[" + i + "]", items.get(i)));
        }
        return texts;
    }

    /** Strings by name, in the order of the text; empty where it is absent. */
    public Map<String, String> textMap(String key) throws JsonFault {
        JsonValue value = find(key);
        if (value == null) {
            return Map.of();
        }
        if (!(value instanceof JsonValue.Members(var members))) {
            throw wrong(key, "an object", value);
        }
        Map<String, String> texts = LinkedHashMap.newLinkedHashMap(members.size());
        for (Map.Entry<String, JsonValue> each : members.entrySet()) {
            texts.put(each.getKey(), text(key + "." + each.getKey(), each.getValue()));
        }
        return texts;
    }

    // Numbers

    /** A whole number that must be there. */
    public long whole(String key) throws JsonFault {
        return whole(key, need(key, "a whole number"));
    }

    /** A whole number, or what it is otherwise. */
    public long whole(String key, long otherwise) throws JsonFault {
        JsonValue value = find(key);
        return value == null ? otherwise : whole(key, value);
    }

    /** A whole number that may be absent. */
    public OptionalLong wholeIfAny(String key) throws JsonFault {
        JsonValue value = find(key);
        return value == null ? OptionalLong.empty() : OptionalLong.of(whole(key, value));
    }

    private long whole(String key, JsonValue value) throws JsonFault {
        if (value instanceof JsonValue.Whole(long number)) {
            return number;
        }
        throw wrong(key, "a whole number", value);
    }

    /** A whole number of 32 bits that must be there. */
    public int count(String key) throws JsonFault {
        return count(key, whole(key));
    }

    /** A whole number of 32 bits, or what it is otherwise. */
    public int count(String key, int otherwise) throws JsonFault {
        return count(key, whole(key, (long) otherwise));
    }

    /** A whole number of 32 bits that may be absent. */
    public OptionalInt countIfAny(String key) throws JsonFault {
        return has(key) ? OptionalInt.of(count(key)) : OptionalInt.empty();
    }

    private int count(String key, long number) throws JsonFault {
        if (number != (int) number) {
            throw fault(key, "the number is out of range");
        }
        return (int) number;
    }

    /** A list of whole numbers; empty where it is absent. */
    public List<Long> wholes(String key) throws JsonFault {
        List<JsonValue> items = items(key);
        List<Long> numbers = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            numbers.add(whole(key + "[" + i + "]", items.get(i)));
        }
        return numbers;
    }

    /** A list of whole numbers of 32 bits; empty where it is absent. */
    public List<Integer> counts(String key) throws JsonFault {
        List<Integer> numbers = new ArrayList<>();
        for (long each : wholes(key)) {
            numbers.add(count(key + "[" + numbers.size() + "]", each));
        }
        return numbers;
    }

    /** A number, or what it is otherwise. */
    public double number(String key, double otherwise) throws JsonFault {
        JsonValue value = find(key);
        if (value == null) {
            return otherwise;
        }
        // No switch over types: it is linked anew in each process, which takes longer than all the
        // rest that a command does with the answer.
        if (value instanceof JsonValue.Whole(long number)) {
            return number;
        }
        if (value instanceof JsonValue.Fraction(double number)) {
            return number;
        }
        throw wrong(key, "a number", value);
    }

    // Other simple values

    /** True or false, or what it is otherwise. */
    public boolean flag(String key, boolean otherwise) throws JsonFault {
        JsonValue value = find(key);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof JsonValue.Flag(boolean flag)) {
            return flag;
        }
        throw wrong(key, "true or false", value);
    }

    /** A length of time, given in milliseconds, that must be there. */
    public Duration duration(String key) throws JsonFault {
        return Duration.ofMillis(whole(key));
    }

    /** A length of time, given in milliseconds, or what it is otherwise. */
    public Duration duration(String key, Duration otherwise) throws JsonFault {
        return has(key) ? duration(key) : otherwise;
    }

    /** A moment, given in milliseconds since 1970-01-01T00:00Z, that must be there. */
    public Instant moment(String key) throws JsonFault {
        return Instant.ofEpochMilli(whole(key));
    }

    /** A moment, given in milliseconds since 1970-01-01T00:00Z, that may be absent. */
    public Optional<Instant> momentIfAny(String key) throws JsonFault {
        return has(key) ? Optional.of(Instant.ofEpochMilli(whole(key))) : Optional.empty();
    }

    /** How a constant is written: {@code timed-out} for {@code TIMED_OUT}. */
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** One of some constants that must be there, by its word. */
    public <E extends Enum<E>> E word(String key, E[] all) throws JsonFault {
        String word = text(key);
        for (E each : all) {
            if (each.name().length() == word.length() && word(each).equals(word)) {
                return each;
            }
        }
        throw unknown(key, word);
    }

    /** One of some constants by its word, or what it is otherwise. */
    public <E extends Enum<E>> E word(String key, E[] all, E otherwise) throws JsonFault {
        return has(key) ? word(key, all) : otherwise;
    }

    /** The fault of a word that means nothing, perhaps because a newer program wrote it. */
    public JsonFault unknown(String key, String word) {
        return fault(key, "\"" + word + "\" is not known here");
    }

    // Objects and lists of them

    /** An object that must be there. */
    public JsonMembers object(String key) throws JsonFault {
        return object(key, -1, need(key, "an object"));
    }

    private JsonMembers object(String key, int at, JsonValue value) throws JsonFault {
        if (value instanceof JsonValue.Members(var members)) {
            return new JsonMembers(members, this, key, at);
        }
        throw wrong(at < 0 ? key : key + "[" + at + "]", "an object", value);
    }

    /** What an object describes that must be there. */
    public <T> T read(String key, JsonShape<T> shape) throws JsonFault {
        return object(key).as(shape);
    }

    /** What an object describes, or what it is otherwise. */
    public <T> T read(String key, JsonShape<T> shape, T otherwise) throws JsonFault {
        return has(key) ? read(key, shape) : otherwise;
    }

    /** What an object describes that may be absent. */
    public <T> Optional<T> readIfAny(String key, JsonShape<T> shape) throws JsonFault {
        return has(key) ? Optional.of(read(key, shape)) : Optional.empty();
    }

    /** What each object of a list describes; empty where the list is absent. */
    public <T> List<T> list(String key, JsonShape<T> shape) throws JsonFault {
        List<JsonValue> items = items(key);
        List<T> values = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            values.add(object(key, i, items.get(i)).as(shape));
        }
        return values;
    }

    /** What this object describes. */
    public <T> T as(JsonShape<T> shape) throws JsonFault {
        try {
            return shape.read(this);
        } catch (IllegalArgumentException e) {
            String what = String.valueOf(e.getMessage());
            throw parent == null ? new JsonFault(what) : fault("", what);
        }
    }

    private List<JsonValue> items(String key) throws JsonFault {
        JsonValue value = find(key);
        if (value == null) {
            return List.of();
        }
        if (value instanceof JsonValue.Items(var items)) {
            return items;
        }
        throw wrong(key, "a list", value);
    }
}
