package dev.simmer.model;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people write and read them; the units are binary: 1K is 1,024 bytes. */
public final class ByteSize {
    /** Made where something is read: most commands only write. */
    private static final class Form {
        static final Pattern PATTERN =
                Pattern.compile("(\\d{1,12}(?:\\.\\d{1,6})?)\\s*([KMGT]?)(?:i?B)?");
    }

    private static final String UNITS = "KMGT";

    /** No process of any use needs less, and who declares less has forgotten the unit. */
    private static final long LEAST_MEMORY = 1L << 20;

    private ByteSize() {}

    /**
     * What was probably meant by an amount of memory that is less than 1 MiB and not zero.
     *
     * @param text what was written
     * @param bytes what that means
     * @return empty where it makes sense as it is
     */
    public static Optional<String> meant(String text, long bytes) {
        if (bytes <= 0 || bytes >= LEAST_MEMORY) {
            return Optional.empty();
        }
        String digits = text.strip().replaceFirst("[^0-9.].*$", "");
        return Optional.of(digits + "M");
    }

    /** Reads {@code 500M}, {@code 2G}, {@code 1.5GiB}, {@code 4096}; empty where it is no size. */
    public static Optional<Long> parse(String text) {
        Matcher m = Form.PATTERN.matcher(text.strip().toUpperCase(Locale.ROOT).replace("IB", "iB"));
        if (!m.matches()) {
            return Optional.empty();
        }
        int power = m.group(2).isEmpty() ? 0 : UNITS.indexOf(m.group(2)) + 1;
        double bytes = Double.parseDouble(m.group(1)) * Math.pow(1024, power);
        return bytes < Long.MAX_VALUE / 2.0 ? Optional.of((long) bytes) : Optional.empty();
    }

    /** For people, at most three digits before the unit: {@code 512 B}, {@code 1.3 GiB}. */
    public static String format(long bytes) {
        if (bytes < 0) {
            return "-" + format(bytes == Long.MIN_VALUE ? Long.MAX_VALUE : -bytes);
        }
        if (bytes < 1024) {
            return bytes + " B";
        }
        double value = bytes;
        int unit = -1;
        while (value >= 1023.95 && unit < UNITS.length() - 1) {
            value /= 1024;
            unit++;
        }
        boolean fraction = value < 9.95 || (unit >= 2 && value < 99.95);
        // Not by String.format, which takes a fresh JVM 0.1 ms for each cell of a table.
        long tenths = Math.round(value * 10);
        String number = fraction ? tenths / 10 + "." + tenths % 10 : "" + Math.round(value);
        return number + " " + UNITS.charAt(unit) + "iB";
    }

    /** As {@link #format} with no space and a one-letter unit, for narrow columns: {@code 1.3G}. */
    public static String compact(long bytes) {
        return format(bytes).replace("iB", "").replace(" ", "");
    }
}
