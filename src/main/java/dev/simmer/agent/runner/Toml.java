package dev.simmer.agent.runner;

import java.util.Collection;
import java.util.stream.Collectors;

/**
 * Values in TOML.
 *
 * @see <a href="https://toml.io/en/v1.0.0#string">its strings</a>
 */
final class Toml {
    private Toml() {}

    /** A basic string. */
    static String text(String value) {
        StringBuilder text = new StringBuilder(value.length() + 16).append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\t' -> text.append("\\t");
                default -> {
                    if (c < 0x20 || c == 0x7f) {
                        text.append("\\u00").append(Character.forDigit(c >> 4, 16));
                        text.append(Character.forDigit(c & 15, 16));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        return text.append('"').toString();
    }

    /** A list of basic strings. */
    static String texts(Collection<String> values) {
        return values.stream().map(Toml::text).collect(Collectors.joining(", ", "[", "]"));
    }
}
