package dev.simmer.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON (RFC 8259, UTF-8), one value a text, within limits. A name that an object holds twice
 * is refused: readers differ in which of the two counts. Safe for all threads.
 */
public final class JsonReader {
    private static final JsonValue NULL = new JsonValue.Nothing();
    private static final int LONGEST_NUMBER = 40;
    private static final int LONGEST_NAME = 32_768;

    private final JsonLimits limits;
    private final JsonFactory factory;

    /** Reads within these limits. */
    public JsonReader(JsonLimits limits) {
        this.limits = limits;
        factory =
                JsonFactory.builder()
                        .streamReadConstraints(
                                StreamReadConstraints.builder()
                                        .maxDocumentLength(limits.bytes())
                                        .maxNestingDepth(limits.depth())
                                        .maxStringLength(limits.text())
                                        .maxNameLength(Math.min(LONGEST_NAME, limits.text()))
                                        .maxNumberLength(LONGEST_NUMBER)
                                        .maxTokenCount(limits.tokens())
                                        .build())
                        .recyclerPool(JsonRecyclerPools.newBoundedPool(4))
                        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                        .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
                        .disable(JsonFactory.Feature.CHARSET_DETECTION)
                        .build();
    }

    /** Opens a parser. */
    private interface Opening {
        JsonParser open() throws IOException;
    }

    /**
     * Reads a text.
     *
     * @throws JsonFault where it is no JSON, or over a limit
     */
    public JsonValue read(String text) throws JsonFault {
        if (text.length() > limits.bytes()) {
            throw tooLong();
        }
        return read(() -> factory.createParser(text));
    }

    /**
     * Reads a text in UTF-8.
     *
     * @throws JsonFault where it is no JSON, or over a limit
     */
    public JsonValue read(byte[] text) throws JsonFault {
        return read(text, 0, text.length);
    }

    /**
     * Reads a text in UTF-8 that is part of an array.
     *
     * @throws JsonFault where it is no JSON, or over a limit
     */
    public JsonValue read(byte[] text, int from, int length) throws JsonFault {
        if (length > limits.bytes()) {
            throw tooLong();
        }
        return read(() -> factory.createParser(text, from, length));
    }

    /**
     * Reads a text that holds an object.
     *
     * @throws JsonFault where it is no JSON, over a limit, or something else than an object
     */
    public JsonMembers object(String text) throws JsonFault {
        return JsonMembers.of(read(text));
    }

    /**
     * Reads a text in UTF-8 that holds an object.
     *
     * @throws JsonFault where it is no JSON, over a limit, or something else than an object
     */
    public JsonMembers object(byte[] text) throws JsonFault {
        return JsonMembers.of(read(text));
    }

    private JsonFault tooLong() {
        return new JsonFault("longer than the limit of " + limits.bytes() + " bytes");
    }

    private JsonValue read(Opening opening) throws JsonFault {
        try (JsonParser parser = opening.open()) {
            try {
                if (parser.nextToken() == null) {
                    throw new JsonFault("there is nothing");
                }
                JsonValue value = value(parser);
                if (parser.nextToken() != null) {
                    throw fault("something follows the end", parser);
                }
                return value;
            } catch (StreamConstraintsException e) {
                throw fault(overLimit(e.getOriginalMessage()), parser);
            } catch (JsonProcessingException e) {
                throw fault(e.getOriginalMessage(), parser);
            }
        } catch (IOException e) {
            // Bytes that are no UTF-8.
            throw new JsonFault(String.valueOf(e.getMessage()));
        }
    }

    /** Jackson names its own methods where a limit is passed. */
    private String overLimit(String message) {
        if (message.contains("nesting depth")) {
            return "nested deeper than " + limits.depth();
        } else if (message.startsWith("Number")) {
            return "a number is longer than " + LONGEST_NUMBER + " characters";
        } else if (message.startsWith("Name")) {
            return "a name is longer than " + Math.min(LONGEST_NAME, limits.text()) + " characters";
        } else if (message.startsWith("String")) {
            return "a text is longer than " + limits.text() + " characters";
        } else if (message.startsWith("Token")) {
            return "more than " + limits.tokens() + " tokens";
        }
        return message.replaceAll(", from `[^`]*`", "");
    }

    private JsonValue value(JsonParser parser) throws IOException, JsonFault {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> members(parser);
            case START_ARRAY -> items(parser);
            case VALUE_STRING -> new JsonValue.Text(parser.getText());
            case VALUE_NUMBER_INT -> whole(parser);
            case VALUE_NUMBER_FLOAT -> fraction(parser);
            case VALUE_TRUE -> new JsonValue.Flag(true);
            case VALUE_FALSE -> new JsonValue.Flag(false);
            case VALUE_NULL -> NULL;
            case FIELD_NAME, END_OBJECT, END_ARRAY, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                    throw fault("a value is missing", parser);
        };
    }

    private JsonValue members(JsonParser parser) throws IOException, JsonFault {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (members.put(name, value(parser)) != null) {
                throw fault("the name is there twice", parser);
            }
            if (members.size() > limits.members()) {
                throw fault("more than " + limits.members() + " members", parser);
            }
        }
        return new JsonValue.Members(members);
    }

    private JsonValue items(JsonParser parser) throws IOException, JsonFault {
        if (parser.nextToken() == JsonToken.END_ARRAY) {
            return new JsonValue.Items(List.of());
        }
        List<JsonValue> items = new ArrayList<>(4);
        do {
            items.add(value(parser));
        } while (parser.nextToken() != JsonToken.END_ARRAY);
        return new JsonValue.Items(items);
    }

    private static JsonValue whole(JsonParser parser) throws IOException, JsonFault {
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw fault("the number is out of range", parser);
        }
        return new JsonValue.Whole(parser.getLongValue());
    }

    private static JsonValue fraction(JsonParser parser) throws IOException, JsonFault {
        double number = parser.getDoubleValue();
        if (!Double.isFinite(number)) {
            throw fault("the number is out of range", parser);
        }
        return new JsonValue.Fraction(number);
    }

    private static JsonFault fault(String what, JsonParser parser) {
        JsonLocation at = parser.currentLocation();
        long offset = Math.max(at.getByteOffset(), at.getCharOffset());
        String path = path(parser.getParsingContext());
        return new JsonFault(
                (path.isEmpty() ? "" : path + ": ") + what + " (at offset " + offset + ")");
    }

    private static String path(JsonStreamContext innermost) {
        StringBuilder path = new StringBuilder();
        for (JsonStreamContext at = innermost; at != null && !at.inRoot(); at = at.getParent()) {
            if (at.inArray()) {
                path.insert(0, "[" + at.getCurrentIndex() + "]");
            } else if (at.getCurrentName() != null) {
                path.insert(0, "." + at.getCurrentName());
            }
        }
        return path.indexOf(".") == 0 ? path.substring(1) : path.toString();
    }
}
