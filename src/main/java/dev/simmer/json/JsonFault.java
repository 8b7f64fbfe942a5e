package dev.simmer.json;

/** A text is no JSON, is too large, or is not of the shape that is expected of it. */
public final class JsonFault extends Exception {
    private static final long serialVersionUID = 1;
    private static final int LONGEST = 400;

    /** With what is wrong and where, for people; control characters are taken out of it. */
    public JsonFault(String message) {
        super(printable(message), null, false, false);
    }

    /** Messages quote what was read, and that may be anything. */
    private static String printable(String message) {
        int end = Math.min(message.length(), LONGEST);
        StringBuilder text = new StringBuilder(end + 1);
        for (int i = 0; i < end; i++) {
            char c = message.charAt(i);
            boolean strange = Character.isISOControl(c) || Character.isSurrogate(c);
            text.append(strange || c == 0x2028 || c == 0x2029 ? '?' : c);
        }
        if (end < message.length()) {
            text.append('…');
        }
        return text.toString();
    }
}
