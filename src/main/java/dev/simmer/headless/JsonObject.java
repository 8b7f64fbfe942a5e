package dev.simmer.headless;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Writes one JSON object (RFC 8259), without line breaks, in the order of the calls. */
public final class JsonObject {
    private final StringBuilder json = new StringBuilder("{");

    /** Adds a string. */
    public JsonObject put(String key, String value) {
        key(key);
        quote(value);
        return this;
    }

    /** Adds a whole number. */
    public JsonObject put(String key, long value) {
        key(key);
        json.append(value);
        return this;
    }

    /** Adds true or false. */
    public JsonObject put(String key, boolean value) {
        key(key);
        json.append(value);
        return this;
    }

    /** Adds a number, or null. */
    public JsonObject put(String key, OptionalInt value) {
        return put(
                key, value.isPresent() ? OptionalLong.of(value.getAsInt()) : OptionalLong.empty());
    }

    /** Adds a number, or null. */
    public JsonObject put(String key, OptionalLong value) {
        key(key);
        if (value.isPresent()) {
            json.append(value.getAsLong());
        } else {
            json.append("null");
        }
        return this;
    }

    /** Adds a moment as ISO 8601 in UTC. */
    public JsonObject put(String key, Instant value) {
        return put(key, value.toString());
    }

    /** Adds null. */
    public JsonObject putNull(String key) {
        key(key);
        json.append("null");
        return this;
    }

    /** Adds a list of objects, each as it is now. */
    public JsonObject put(String key, List<JsonObject> values) {
        key(key);
        json.append('[');
        String comma = "";
        for (JsonObject each : values) {
            json.append(comma).append(each);
            comma = ",";
        }
        json.append(']');
        return this;
    }

    /** Adds a list of strings. */
    public JsonObject putTexts(String key, List<String> values) {
        key(key);
        json.append('[');
        for (int i = 0; i < values.size(); i++) {
            json.append(i == 0 ? "" : ",");
            quote(values.get(i));
        }
        json.append(']');
        return this;
    }

    /** The object so far, closed. */
    @Override
    public String toString() {
        return json + "}";
    }

    private void key(String key) {
        if (json.length() > 1) {
            json.append(',');
        }
        quote(key);
        json.append(':');
    }

    private void quote(String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default -> {
                    // U+2028 and U+2029 end a line for some readers of line-delimited JSON.
                    if (c < 0x20
                            || c == 0x7f
                            || c == 0x2028
                            || c == 0x2029
                            || loneSurrogate(text, i)) {
                        json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        json.append('"');
    }

    private static boolean loneSurrogate(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        }
        return Character.isLowSurrogate(c)
                && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
    }
}
