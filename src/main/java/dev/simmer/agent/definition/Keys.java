package dev.simmer.agent.definition;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The keys of definitions and skills. Programs differ in how they join words, so keys are compared
 * without case, hyphens and underscores.
 */
final class Keys {
    /** A key at the start of a line, perhaps in quotes, perhaps without a blank after its colon. */
    private static final Pattern AT_START =
            Pattern.compile("(?:([A-Za-z_][\\w.-]*)|\"([^\"]+)\"|'([^']+)')[ \\t]*:(.*)");

    private static final Pattern LIKELY = Pattern.compile("[a-z_][A-Za-z0-9_.-]*");

    /** Keys of which Simmer, or a program that it runs, knows the meaning. */
    private static final Set<String> KNOWN =
            Set.of(
                    "name",
                    "description",
                    "displayname",
                    "license",
                    "compatibility",
                    "metadata",
                    "version",
                    "author",
                    "tags",
                    "category",
                    "target",
                    "kind",
                    "mode",
                    "hidden",
                    "disable",
                    "model",
                    "temperature",
                    "topp",
                    "effort",
                    "reasoningeffort",
                    "modelreasoningeffort",
                    "variant",
                    "options",
                    "tools",
                    "allowedtools",
                    "disallowedtools",
                    "deniedtools",
                    "excludetools",
                    "permission",
                    "permissionmode",
                    "readonly",
                    "sandboxmode",
                    "approvalpolicy",
                    "color",
                    "colour",
                    "maxturns",
                    "maxsteps",
                    "steps",
                    "timeout",
                    "timeoutmins",
                    "budget",
                    "budgetusd",
                    "maxbudgetusd",
                    "silence",
                    "isolation",
                    "copy",
                    "runner",
                    "command",
                    "background",
                    "isbackground",
                    "skills",
                    "mcpservers",
                    "hooks",
                    "memory",
                    "initialprompt",
                    "handoffs",
                    "argumenthint",
                    "infer",
                    "usage",
                    "developerinstructions",
                    "globs",
                    "alwaysapply");

    /** Words before a colon that are the speakers and headings of examples in descriptions. */
    private static final Set<String> SPEECH =
            Set.of("user", "assistant", "context", "commentary", "example", "examples", "note");

    private Keys() {}

    /** The form in which keys are compared. */
    static String plain(String key) {
        return key.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }

    static boolean isKnown(String key) {
        return KNOWN.contains(plain(key));
    }

    /**
     * A key at a line's start and what stands after its colon.
     *
     * @param rest blanks at its ends taken off
     * @param tight whether no blank follows the colon, as YAML needs it
     */
    record Start(String key, String rest, boolean tight) {}

    /** The key that a line begins with, where it does. */
    static Optional<Start> startOf(String line) {
        Matcher match = AT_START.matcher(line);
        if (!match.matches()) {
            return Optional.empty();
        }
        String key = first(match.group(1), match.group(2), match.group(3));
        String rest = match.group(4);
        boolean tight = !rest.isEmpty() && rest.charAt(0) != ' ' && rest.charAt(0) != '\t';
        return Optional.of(new Start(key, rest.strip(), tight));
    }

    private static String first(@org.jspecify.annotations.Nullable String... texts) {
        for (String text : texts) {
            if (text != null) {
                return text;
            }
        }
        return "";
    }

    /** Whether a line without indentation is rather a key's than a text's that runs over lines. */
    static boolean isLikely(String line) {
        return startOf(line)
                .filter(start ->
                        isKnown(start.key())
                                || (!start.tight()
                                        && LIKELY.matcher(start.key()).matches()
                                        && !SPEECH.contains(plain(start.key()))))
                .isPresent();
    }
}
