package dev.simmer.model;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write and read them. */
public final class Durations {
    /** Made where something is read: most commands only write. */
    private static final class Form {
        static final Pattern PATTERN =
                Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)\\s*(ms|s|m|h|d)");
    }

    private Durations() {}

    /** Reads {@code 500ms}, {@code 10s}, {@code 1.5m}, {@code 2h}, {@code 30d}. */
    public static Optional<Duration> parse(String text) {
        Matcher m = Form.PATTERN.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!m.matches()) {
            return Optional.empty();
        }
        long unitMillis =
                switch (m.group(2)) {
                    case "ms" -> 1L;
                    case "s" -> 1_000L;
                    case "m" -> 60_000L;
                    case "h" -> 3_600_000L;
                    default -> 86_400_000L;
                };
        return Optional.of(
                Duration.ofMillis(Math.round(Double.parseDouble(m.group(1)) * unitMillis)));
    }

    /** For people, two units at most: {@code 0.4s}, {@code 12s}, {@code 3m 05s}, {@code 2h 10m}. */
    public static String format(Duration duration) {
        long millis = Math.max(0, duration.toMillis());
        if (millis < 9_950) {
            long tenths = (millis + 50) / 100;
            return tenths / 10 + "." + tenths % 10 + "s";
        }
        long seconds = (millis + 500) / 1000;
        if (seconds < 60) {
            return seconds + "s";
        }
        if (seconds < 3600) {
            return two(seconds / 60, "m ", seconds % 60, "s");
        }
        if (seconds < 86_400) {
            return two(seconds / 3600, "h ", seconds / 60 % 60, "m");
        }
        return two(seconds / 86_400, "d ", seconds / 3600 % 24, "h");
    }

    /** Not by String.format, which takes a fresh JVM 0.1 ms for each cell of a table. */
    private static String two(long large, String unit, long small, String smallUnit) {
        return large + unit + (small < 10 ? "0" : "") + small + smallUnit;
    }
}
