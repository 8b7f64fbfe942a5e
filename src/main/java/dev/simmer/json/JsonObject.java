package dev.simmer.json;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Writes one JSON object (RFC 8259), without line breaks, in the order of the calls. Closed by
 * {@link #toString} or {@link #toBytes}, after which nothing can be added.
 */
public final class JsonObject {
    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .recyclerPool(JsonRecyclerPools.newBoundedPool(4))
                    .build()
                    .setCharacterEscapes(new LineSafeEscapes());

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    private final JsonGenerator json;

    /** An object with nothing in it. */
    public JsonObject() {
        try {
            json = FACTORY.createGenerator((OutputStream) bytes, JsonEncoding.UTF8);
            json.writeStartObject();
        } catch (IOException e) {
            throw inMemory(e);
        }
    }

    /** Adds a string. */
    public JsonObject put(String key, String value) {
        try {
            json.writeFieldName(key);
            json.writeString(value);
            return this;
        } catch (IOException e) {
            throw inMemory(e);
        }
    }

    /** Adds a whole number. */
    public JsonObject put(String key, long value) {
        try {
            json.writeFieldName(key);
            json.writeNumber(value);
            return this;
        } catch (IOException e) {
            throw inMemory(e);
        }
    }

    /** Adds a number; one that is not finite, which JSON does not know, as null. */
    public JsonObject putNumber(String key, double value) {
        if (!Double.isFinite(value)) {
            return putNull(key);
        }
        try {
            json.writeFieldName(key);
            json.writeNumber(value);
            return this;
        } catch (IOException e) {
            throw inMemory(e);
        }
    }

    /** Adds true or false. */
    public JsonObject put(String key, boolean value) {
        try {
            json.writeFieldName(key);
            json.writeBoolean(value);
            return this;
        } catch (IOException e) {
            throw inMemory(e);
        }
    }

    /** Adds a number, or null. */
    public JsonObject put(String key, OptionalInt value) {
        return value.isPresent() ? put(key, value.getAsInt()) : putNull(key);
    }

    /** Adds a number, or null. */
    public JsonObject put(String key, OptionalLong value) {
        return value.isPresent() ? put(key, value.getAsLong()) : putNull(key);
    }

    /** Adds a moment as ISO 8601 in UTC. */
    public JsonObject put(String key, Instant value) {
        return put(key, value.toString());
    }

    /** Adds a moment as milliseconds since 1970-01-01T00:00Z. */
    public JsonObject putMillis(String key, Instant value) {
        return put(key, value.toEpochMilli());
    }

    /** Adds a length of time in milliseconds. */
    public JsonObject putMillis(String key, Duration value) {
        return put(key, value.toMillis());
    }

    /** Adds a constant by its word, see {@link JsonMembers#word(Enum)}. */
    public JsonObject putWord(String key, Enum<?> value) {
        return put(key, JsonMembers.word(value));
    }

    /** Adds null. */
    public JsonObject putNull(String key) {
        try {
            json.writeNullField(key);
            return this;
        } catch (IOException e) {
            throw inMemory(e);
        }
    }

    /** Adds a list of objects, which are closed by it. */
    public JsonObject put(String key, List<JsonObject> values) {
        try {
            json.writeArrayFieldStart(key);
            for (JsonObject each : values) {
                json.writeRawValue(each.toString());
            }
            json.writeEndArray();
            return this;
        } catch (IOException e) {
            throw inMemory(e);
        }
    }

    /** Adds an object that the writer fills; it must not keep what it is given. */
    public JsonObject putObject(String key, Consumer<JsonObject> writer) {
        return putObject(key, this, (to, _) -> writer.accept(to));
    }

    /** Adds an object that the writer fills from a value; it must not keep what it is given. */
    public <T> JsonObject putObject(String key, T value, BiConsumer<JsonObject, T> writer) {
        try {
            json.writeObjectFieldStart(key);
            writer.accept(this, value);
            json.writeEndObject();
            return this;
        } catch (IOException e) {
            throw inMemory(e);
        }
    }

    /** Adds a list of objects, one a value, that the writer fills. */
    public <T> JsonObject putObjects(
            String key, Collection<T> values, BiConsumer<JsonObject, T> writer) {
        try {
            json.writeArrayFieldStart(key);
            for (T each : values) {
                json.writeStartObject();
                writer.accept(this, each);
                json.writeEndObject();
            }
            json.writeEndArray();
            return this;
        } catch (IOException e) {
            throw inMemory(e);
        }
    }

    /** Adds a list of strings. */
    public JsonObject putTexts(String key, Collection<String> values) {
        try {
            json.writeArrayFieldStart(key);
            for (String each : values) {
                json.writeString(each);
            }
            json.writeEndArray();
            return this;
        } catch (IOException e) {
            throw inMemory(e);
        }
    }

    /** Adds a list of whole numbers. */
    public JsonObject putWholes(String key, Collection<Long> values) {
        try {
            json.writeArrayFieldStart(key);
            for (long each : values) {
                json.writeNumber(each);
            }
            json.writeEndArray();
            return this;
        } catch (IOException e) {
            throw inMemory(e);
        }
    }

    /**
     * Adds an object of strings. A surrogate without its other half, which readers do not take in a
     * name, becomes U+FFFD.
     */
    public JsonObject putTextMap(String key, Map<String, String> values) {
        try {
            json.writeObjectFieldStart(key);
            for (Map.Entry<String, String> each : wellFormed(values).entrySet()) {
                json.writeFieldName(each.getKey());
                json.writeString(each.getValue());
            }
            json.writeEndObject();
            return this;
        } catch (IOException e) {
            throw inMemory(e);
        }
    }

    private static Map<String, String> wellFormed(Map<String, String> values) {
        boolean changes = false;
        Map<String, String> formed = LinkedHashMap.newLinkedHashMap(values.size());
        for (Map.Entry<String, String> each : values.entrySet()) {
            String name = wellFormed(each.getKey());
            changes |= !name.equals(each.getKey());
            formed.put(name, each.getValue());
        }
        return changes ? formed : values;
    }

    private static String wellFormed(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (Character.isSurrogate(name.charAt(i))) {
                StringBuilder text = new StringBuilder(name.length());
                name.codePoints()
                        .map(c -> Character.getType(c) == Character.SURROGATE ? 0xfffd : c)
                        .forEach(text::appendCodePoint);
                return text.toString();
            }
        }
        return name;
    }

    /** Adds a value that was read. */
    public JsonObject putValue(String key, JsonValue value) {
        try {
            json.writeFieldName(key);
            write(value);
            return this;
        } catch (IOException e) {
            throw inMemory(e);
        }
    }

    private void write(JsonValue value) throws IOException {
        switch (value) {
            case JsonValue.Members(var values) -> {
                json.writeStartObject();
                for (Map.Entry<String, JsonValue> each : values.entrySet()) {
                    json.writeFieldName(each.getKey());
                    write(each.getValue());
                }
                json.writeEndObject();
            }
            case JsonValue.Items(var values) -> {
                json.writeStartArray();
                for (JsonValue each : values) {
                    write(each);
                }
                json.writeEndArray();
            }
            case JsonValue.Text(String text) -> json.writeString(text);
            case JsonValue.Whole(long number) -> json.writeNumber(number);
            case JsonValue.Fraction(double number) -> json.writeNumber(number);
            case JsonValue.Flag(boolean flag) -> json.writeBoolean(flag);
            case JsonValue.Nothing _ -> json.writeNull();
        }
    }

    /** The object in UTF-8, closed; no byte of it is a line break. */
    public byte[] toBytes() {
        close();
        return bytes.toByteArray();
    }

    /** The object, closed. */
    @Override
    public String toString() {
        close();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private void close() {
        try {
            json.close();
        } catch (IOException e) {
            throw inMemory(e);
        }
    }

    private static UncheckedIOException inMemory(IOException e) {
        return new UncheckedIOException("writing to memory does not fail", e);
    }
}
