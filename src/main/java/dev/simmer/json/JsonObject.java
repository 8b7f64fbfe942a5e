package dev.simmer.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Writes one JSON object (RFC 8259), without line breaks, in the order of the calls. Closed by
 * {@link #toString}, after which nothing can be added.
 */
public final class JsonObject {
    private static final JsonFactory FACTORY =
            new JsonFactory().setCharacterEscapes(new LineSafeEscapes());

    private final StringWriter text = new StringWriter();
    private final JsonGenerator json;

    /** An object with nothing in it. */
    public JsonObject() {
        try {
            json = FACTORY.createGenerator(text);
            json.writeStartObject();
        } catch (IOException e) {
            throw inMemory(e);
        }
    }

    /** A piece of writing. */
    private interface Writing {
        void write(JsonGenerator to) throws IOException;
    }

    private JsonObject put(String key, Writing value) {
        try {
            json.writeFieldName(key);
            value.write(json);
            return this;
        } catch (IOException e) {
            throw inMemory(e);
        }
    }

    /** Adds a string. */
    public JsonObject put(String key, String value) {
        return put(key, to -> to.writeString(value));
    }

    /** Adds a whole number. */
    public JsonObject put(String key, long value) {
        return put(key, to -> to.writeNumber(value));
    }

    /** Adds a number; one that is not finite, which JSON does not know, as null. */
    public JsonObject putNumber(String key, double value) {
        return Double.isFinite(value) ? put(key, to -> to.writeNumber(value)) : putNull(key);
    }

    /** Adds true or false. */
    public JsonObject put(String key, boolean value) {
        return put(key, to -> to.writeBoolean(value));
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

    /** Adds null. */
    public JsonObject putNull(String key) {
        return put(key, JsonGenerator::writeNull);
    }

    /** Adds a list of objects, which are closed by it. */
    public JsonObject put(String key, List<JsonObject> values) {
        return put(
                key,
                to -> {
                    to.writeStartArray();
                    for (JsonObject each : values) {
                        to.writeRawValue(each.toString());
                    }
                    to.writeEndArray();
                });
    }

    /** Adds a list of strings. */
    public JsonObject putTexts(String key, List<String> values) {
        return put(
                key,
                to -> {
                    to.writeStartArray();
                    for (String each : values) {
                        to.writeString(each);
                    }
                    to.writeEndArray();
                });
    }

    /** The object, closed. */
    @Override
    public String toString() {
        try {
            json.close();
        } catch (IOException e) {
            throw inMemory(e);
        }
        return text.toString();
    }

    private static UncheckedIOException inMemory(IOException e) {
        return new UncheckedIOException("writing to memory does not fail", e);
    }
}
