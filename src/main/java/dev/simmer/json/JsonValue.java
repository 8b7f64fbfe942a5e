package dev.simmer.json;

import java.util.List;
import java.util.Map;

/** A JSON value that has been read. Immutable, except that nobody copies what it is made of. */
public sealed interface JsonValue {
    /** An object's members, in the order of the text. */
    record Members(Map<String, JsonValue> values) implements JsonValue {}

    /** An array's elements. */
    record Items(List<JsonValue> values) implements JsonValue {}

    /** A string; may hold any character, surrogates without their other half included. */
    record Text(String value) implements JsonValue {}

    /** A number written without fraction and exponent. */
    record Whole(long value) implements JsonValue {}

    /** A number written with a fraction or an exponent; finite. */
    record Fraction(double value) implements JsonValue {}

    /** True or false. */
    record Flag(boolean value) implements JsonValue {}

    /** Null. */
    record Nothing() implements JsonValue {}

    /** What sort of value it is, with its article, for messages. */
    default String sort() {
        return switch (this) {
            case Members _ -> "an object";
            case Items _ -> "an array";
            case Text _ -> "a string";
            case Whole _ -> "a whole number";
            case Fraction _ -> "a number with a fraction";
            case Flag _ -> "true or false";
            case Nothing _ -> "null";
        };
    }
}
