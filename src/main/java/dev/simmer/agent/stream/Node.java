package dev.simmer.agent.stream;

import dev.simmer.json.JsonValue;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * A JSON value looked at without complaint: what is missing or of another type than expected is as
 * if it were empty. Programs change their events from version to version, and one odd member must
 * not hide the rest.
 */
record Node(JsonValue value) {
    private static final Node MISSING = new Node(new JsonValue.Nothing());

    /** The member at the end of that path. */
    Node at(String... path) {
        Node at = this;
        for (String name : path) {
            if (!(at.value instanceof JsonValue.Members(var members))) {
                return MISSING;
            }
            JsonValue next = members.get(name);
            if (next == null) {
                return MISSING;
            }
            at = new Node(next);
        }
        return at;
    }

    /** Whether there is something, and it is not null. */
    boolean exists() {
        return !(value instanceof JsonValue.Nothing);
    }

    boolean isText() {
        return value instanceof JsonValue.Text;
    }

    boolean isObject() {
        return value instanceof JsonValue.Members;
    }

    /** This value as a string; empty where it is none. */
    String text() {
        return value instanceof JsonValue.Text(String text) ? text : "";
    }

    /** A member as a string; empty where it is none. */
    String text(String name) {
        return at(name).text();
    }

    /** The first of these members that is a string which is not blank; else empty. */
    String textOf(String... names) {
        for (String name : names) {
            String text = text(name);
            if (!text.isBlank()) {
                return text;
            }
        }
        return "";
    }

    /** A member as a number that is finite; empty where it is none. */
    OptionalDouble number(String name) {
        JsonValue member = at(name).value;
        if (member instanceof JsonValue.Whole(long whole)) {
            return OptionalDouble.of((double) whole);
        }
        return member instanceof JsonValue.Fraction(double fraction)
                ? OptionalDouble.of(fraction)
                : OptionalDouble.empty();
    }

    /** A member as a number of things: at least 0, also where there is none. */
    long count(String name) {
        JsonValue member = at(name).value;
        long count = member instanceof JsonValue.Whole(long whole) ? whole : 0;
        // So that sums of many cannot overflow.
        return Math.clamp(count, 0, 1L << 50);
    }

    /** Whether a member is true. */
    boolean flag(String name) {
        return at(name).value instanceof JsonValue.Flag(boolean flag) && flag;
    }

    /** The elements of a member; none where it is no list. */
    List<Node> items(String name) {
        return at(name).value instanceof JsonValue.Items(var items)
                ? items.stream().map(Node::new).toList()
                : List.of();
    }

    /** The strings among the elements of a member. */
    List<String> texts(String name) {
        return items(name).stream().filter(Node::isText).map(Node::text).toList();
    }

    /** The names of the members. */
    Set<String> names() {
        return value instanceof JsonValue.Members(var members) ? members.keySet() : Set.of();
    }
}
