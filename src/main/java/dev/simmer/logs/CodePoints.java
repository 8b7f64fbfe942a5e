package dev.simmer.logs;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What a code point does to the columns of a terminal, and whether it belongs to the letter before
 * it.
 *
 * <p>Widths follow East Asian Width (W and F take two columns, ambiguous ones take one) and emoji
 * presentation; categories and emoji properties are those of {@link Character}; both are of Unicode
 * 16.0. The classes are those of UAX #29 as far as a terminal shows them: a prepended mark, a
 * conjunct of an Indic script, a row of leading jamo and a skin tone after anything but a picture
 * are left as letters of their own, since terminals give each of them its own columns.
 *
 * <p>Properties are worked out for 256 code points at a time, when one of them is first asked for.
 */
final class CodePoints {
    /** Class of a code point; the low two bits of {@link #properties} are its columns. */
    static final int OTHER = 0;

    static final int CONTROL = 1;
    static final int FORMAT = 2;
    static final int EXTEND = 3;
    static final int SPACING = 4;
    static final int JOINER = 5;
    static final int REGIONAL = 6;
    static final int PICTURE = 7;
    static final int JAMO_LEADING = 8;
    static final int JAMO_VOWEL = 9;
    static final int JAMO_TRAILING = 10;
    static final int SYLLABLE_OPEN = 11;
    static final int SYLLABLE_CLOSED = 12;
    static final int MODIFIER = 13;

    /** Bit of the properties of a code point that variation selector 16 makes a picture. */
    private static final int EMOJI = 0x80;

    /** Where a cluster stands: what the code point before has left. */
    static final int START = 0;

    static final int PLAIN = 1;
    static final int ONE_REGIONAL = 2;
    static final int AFTER_PICTURE = 3;
    static final int AFTER_PICTURE_JOINER = 4;
    static final int AFTER_LEADING = 5;
    static final int AFTER_VOWEL = 6;
    static final int AFTER_TRAILING = 7;

    /** Bit of {@link #follow}'s answer: the code point belongs to the cluster before it. */
    static final int JOINS = 0x100;

    static final int ZERO_WIDTH_JOINER = 0x200d;
    static final int TEXT_SELECTOR = 0xfe0e;
    static final int EMOJI_SELECTOR = 0xfe0f;

    /** Wide ranges (first, last) besides the code points of emoji presentation. */
    private static final int[] WIDE = {
        0x1100, 0x115F, 0x2329, 0x232A, 0x2630, 0x2637, 0x268A, 0x268F, 0x2E80, 0x303E, 0x3041,
        0x3247, 0x3250, 0xA4CF, 0xA960, 0xA97C, 0xAC00, 0xD7A3, 0xF900, 0xFAFF, 0xFE10, 0xFE19,
        0xFE30, 0xFE6B, 0xFF01, 0xFF60, 0xFFE0, 0xFFE6, 0x16FE0, 0x16FF1, 0x17000, 0x18D08, 0x1AFF0,
        0x1AFFE, 0x1B000, 0x1B2FB, 0x1D300, 0x1D356, 0x1D360, 0x1D376, 0x1F200, 0x1F202, 0x1F210,
        0x1F23B, 0x1F240, 0x1F248, 0x1F250, 0x1F251, 0x1F260, 0x1F265, 0x20000, 0x2FFFD, 0x30000,
        0x3FFFD
    };

    private static final AtomicReferenceArray<byte @Nullable []> PAGES =
            new AtomicReferenceArray<>((Character.MAX_CODE_POINT + 1) >> 8);

    private CodePoints() {}

    /** Columns of a code point on its own, 0 to 2. */
    static int width(int properties) {
        return properties & 3;
    }

    static int kind(int properties) {
        return properties >> 2 & 0xf;
    }

    static boolean isEmoji(int properties) {
        return (properties & EMOJI) != 0;
    }

    /** Columns, class and emoji bit of a code point. */
    static int properties(int codePoint) {
        byte[] page = PAGES.get(codePoint >> 8);
        if (page == null) {
            page = page(codePoint & ~0xff);
            PAGES.set(codePoint >> 8, page);
        }
        return page[codePoint & 0xff] & 0xff;
    }

    private static byte[] page(int first) {
        byte[] page = new byte[256];
        for (int i = 0; i < page.length; i++) {
            int codePoint = first + i;
            int kind = kindOf(codePoint);
            int width = widthOf(codePoint, kind);
            int emoji = Character.isEmoji(codePoint) ? EMOJI : 0;
            page[i] = (byte) (emoji | kind << 2 | width);
        }
        return page;
    }

    private static int widthOf(int codePoint, int kind) {
        return switch (kind) {
            case CONTROL, FORMAT, JOINER, EXTEND -> 0;
            case REGIONAL -> 1;
            default -> Character.isEmojiPresentation(codePoint) || isWide(codePoint) ? 2 : 1;
        };
    }

    private static int kindOf(int codePoint) {
        if (codePoint == ZERO_WIDTH_JOINER) {
            return JOINER;
        }
        if (Character.isEmojiModifier(codePoint)) {
            return MODIFIER;
        }
        if (isTag(codePoint)) {
            return EXTEND;
        }
        if (codePoint >= 0x1f1e6 && codePoint <= 0x1f1ff) {
            return REGIONAL;
        }
        int jamo = jamo(codePoint);
        if (jamo != OTHER) {
            return jamo;
        }
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE ->
                    CONTROL;
            case Character.FORMAT -> FORMAT;
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> EXTEND;
            case Character.COMBINING_SPACING_MARK -> SPACING;
            default -> Character.isExtendedPictographic(codePoint) ? PICTURE : OTHER;
        };
    }

    /** Whether a code point is a letter of a flag's tag, as in the flag of Scotland. */
    static boolean isTag(int codePoint) {
        return codePoint >= 0xe0020 && codePoint <= 0xe007f;
    }

    private static int jamo(int codePoint) {
        if (within(codePoint, 0x1100, 0x115f) || within(codePoint, 0xa960, 0xa97c)) {
            return JAMO_LEADING;
        }
        if (within(codePoint, 0x1160, 0x11a7) || within(codePoint, 0xd7b0, 0xd7c6)) {
            return JAMO_VOWEL;
        }
        if (within(codePoint, 0x11a8, 0x11ff) || within(codePoint, 0xd7cb, 0xd7fb)) {
            return JAMO_TRAILING;
        }
        if (codePoint >= 0xac00 && codePoint <= 0xd7a3) {
            return (codePoint - 0xac00) % 28 == 0 ? SYLLABLE_OPEN : SYLLABLE_CLOSED;
        }
        return OTHER;
    }

    private static boolean within(int codePoint, int first, int last) {
        return codePoint >= first && codePoint <= last;
    }

    private static boolean isWide(int codePoint) {
        int low = 0;
        int high = WIDE.length / 2 - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (codePoint < WIDE[2 * middle]) {
                high = middle - 1;
            } else if (codePoint > WIDE[2 * middle + 1]) {
                low = middle + 1;
            } else {
                return true;
            }
        }
        return false;
    }

    /**
     * Takes a code point after what came before.
     *
     * @param state what the code point before has left, {@link #START} at the beginning
     * @param kind class of the code point
     * @return the new state, with {@link #JOINS} where the code point belongs to the cluster before
     */
    static int follow(int state, int kind) {
        return switch (kind) {
            case CONTROL, FORMAT -> START;
            case EXTEND -> mark(state, state == AFTER_PICTURE ? AFTER_PICTURE : PLAIN);
            case SPACING -> mark(state, PLAIN);
            case JOINER -> mark(state, state == AFTER_PICTURE ? AFTER_PICTURE_JOINER : PLAIN);
            case REGIONAL -> state == ONE_REGIONAL ? JOINS | PLAIN : ONE_REGIONAL;
            case PICTURE -> state == AFTER_PICTURE_JOINER ? JOINS | AFTER_PICTURE : AFTER_PICTURE;
            case MODIFIER -> state == AFTER_PICTURE ? JOINS | AFTER_PICTURE : AFTER_PICTURE;
            case JAMO_LEADING -> AFTER_LEADING;
            case JAMO_VOWEL ->
                    state == AFTER_LEADING || state == AFTER_VOWEL
                            ? JOINS | AFTER_VOWEL
                            : AFTER_VOWEL;
            case JAMO_TRAILING ->
                    state == AFTER_VOWEL || state == AFTER_TRAILING
                            ? JOINS | AFTER_TRAILING
                            : AFTER_TRAILING;
            case SYLLABLE_OPEN -> AFTER_VOWEL;
            case SYLLABLE_CLOSED -> AFTER_TRAILING;
            default -> PLAIN;
        };
    }

    private static int mark(int state, int next) {
        return state == START ? next : JOINS | next;
    }

    /** Columns of a cluster after a code point joined it. */
    static int joinedWidth(int width, int codePoint, int kind, boolean emojiBefore) {
        if ((codePoint == EMOJI_SELECTOR && emojiBefore) || kind == REGIONAL) {
            return 2;
        }
        return kind == SPACING ? Math.min(2, width + 1) : width;
    }
}
