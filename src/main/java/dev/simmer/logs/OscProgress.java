package dev.simmer.logs;

import java.util.OptionalInt;

/**
 * Progress that a program tells its terminal by {@code OSC 9 ; 4 ; state ; percent}, which is no
 * text and so not in any line. Pure.
 *
 * @see <a href="https://conemu.github.io/en/AnsiEscapeCodes.html#ConEmu_specific_OSC">ConEmu, "OSC
 *     9;4"</a>
 */
public final class OscProgress {
    /** Stands for "the program has taken its progress away". */
    public static final int GONE = -1;

    private static final byte[] START = {0x1b, ']', '9', ';', '4', ';'};

    private OscProgress() {}

    /**
     * The newest that is told within some bytes.
     *
     * @param bytes as the program wrote them
     * @param count how many of them there are
     * @return 0 to 100, or {@link #GONE}; empty where nothing is told, or only that there is
     *     progress
     */
    public static OptionalInt newest(byte[] bytes, int count) {
        for (int at = count - START.length; at >= 0; at--) {
            if (bytes[at] == START[0] && startsAt(bytes, at)) {
                OptionalInt told = told(bytes, at + START.length, count);
                if (told.isPresent()) {
                    return told;
                }
            }
        }
        return OptionalInt.empty();
    }

    private static boolean startsAt(byte[] bytes, int at) {
        for (int i = 1; i < START.length; i++) {
            if (bytes[at + i] != START[i]) {
                return false;
            }
        }
        return true;
    }

    /** State 0 takes it away; 1, 2 and 4 are progress, an error and a pause with a percentage. */
    private static OptionalInt told(byte[] bytes, int from, int count) {
        int at = from;
        if (at >= count) {
            return OptionalInt.empty();
        }
        int state = bytes[at++] - '0';
        if (state == 0) {
            return OptionalInt.of(GONE);
        }
        if ((state != 1 && state != 2 && state != 4) || at >= count || bytes[at++] != ';') {
            return OptionalInt.empty();
        }
        int percent = -1;
        for (int i = 0; i < 3 && at < count && bytes[at] >= '0' && bytes[at] <= '9'; i++) {
            percent = Math.max(0, percent) * 10 + bytes[at++] - '0';
        }
        boolean ended = at < count && (bytes[at] == 0x07 || bytes[at] == 0x1b);
        return percent < 0 || !ended ? OptionalInt.empty() : OptionalInt.of(Math.min(100, percent));
    }
}
