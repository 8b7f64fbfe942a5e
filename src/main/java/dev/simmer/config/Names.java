package dev.simmer.config;

import dev.simmer.model.CodePoint;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The names of tasks, agents and groups: all from one set, each fit for a command line. */
final class Names {
    private static final int LONGEST = 100;
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private final Mistakes mistakes;
    private final Map<String, String> taken = new HashMap<>();

    Names(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    /**
     * Reports a name that is not fit or already taken.
     *
     * @param owner what it names, such as {@code a task}
     */
    void take(YamlNode.Scalar key, String owner) {
        String name = key.text();
        String quoted = Visible.quoted(name);
        String subject = "the name " + quoted + " of " + owner;
        if (name.isBlank()) {
            mistakes.add(key.at(), "the name of " + owner + " is blank", "give it a name");
        } else if (!isVisible(name)) {
            mistakes.add(
                    key.at(),
                    subject + " holds a control character",
                    "use letters, digits and `-`");
        } else if (name.indexOf('/') >= 0) {
            mistakes.add(key.at(), subject + " holds a slash", "write `:` or `-` in its place");
        } else if (!name.equals(name.strip())) {
            mistakes.add(key.at(), subject + " begins or ends with a blank", "remove the blank");
        } else if (name.startsWith("-")) {
            mistakes.add(
                    key.at(), subject + " looks like an option", "begin it with another character");
        } else if (isNumber(name)) {
            mistakes.add(key.at(), subject + " looks like the id of a task", "add a letter to it");
        } else if (isLong(name)) {
            mistakes.add(
                    key.at(), subject + " is longer than 100 characters", "give it a shorter one");
        }
        String first = taken.putIfAbsent(name, owner + " at " + key.at());
        if (first != null) {
            mistakes.add(
                    key.at(),
                    owner + " is named " + quoted + ", as is " + first,
                    "give one of them another name");
        }
    }

    /** Whether a name would be taken for the id of a task. */
    static boolean isNumber(String name) {
        return NUMBER.matcher(name).matches();
    }

    static boolean isLong(String name) {
        return name.codePointCount(0, name.length()) > LONGEST;
    }

    /** Whether a text holds only characters that are seen. */
    static boolean isVisible(String text) {
        return text.codePoints().noneMatch(CodePoint::acts);
    }
}
