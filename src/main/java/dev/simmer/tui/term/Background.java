package dev.simmer.tui.term;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The terminal's own background: asked for by OSC 11, told in the answer to it, or by the variable
 * COLORFGBG that some terminals set.
 *
 * <p>Source: XTerm Control Sequences (ctlseqs), "Operating System Commands", 11; rxvt(1) for
 * COLORFGBG.
 */
final class Background {
    /** The question; a terminal that does not know it says nothing. */
    static final String QUESTION = "\u001b]11;?\u001b\\";

    private static final String ANSWER = "11;rgb";
    private static final int LIGHT_GREY = 7;
    private static final int DARK_GREY = 8;

    private Background() {}

    /** Whether it is worth asking; the Linux console would print some of the question. */
    static boolean answers(Map<String, String> environment) {
        String term = environment.getOrDefault("TERM", "");
        return !term.isEmpty() && !term.equals("linux") && !term.equals("dumb");
    }

    /**
     * The colour in an answer, as 24 bits.
     *
     * @param body what stands between {@code ESC ]} and the terminator, such as {@code
     *     11;rgb:1515/1717/1c1c}; each part has one to four digits
     */
    static OptionalInt colour(String body) {
        if (!body.startsWith(ANSWER)) {
            return OptionalInt.empty();
        }
        String[] parts = body.substring(body.indexOf(':') + 1).split("/", -1);
        if (parts.length < 3) {
            return OptionalInt.empty();
        }
        int rgb = 0;
        for (int i = 0; i < 3; i++) {
            String digits = parts[i];
            if (!digits.matches("[0-9a-fA-F]{1,4}")) {
                return OptionalInt.empty();
            }
            int most = (1 << (4 * digits.length())) - 1;
            rgb = rgb << 8 | Integer.parseInt(digits, 16) * 255 / most;
        }
        return OptionalInt.of(rgb);
    }

    /** Whether the environment says that it is light. */
    static Optional<Boolean> told(Map<String, String> environment) {
        String[] parts = environment.getOrDefault("COLORFGBG", "").split(";", -1);
        String last = parts[parts.length - 1];
        if (parts.length < 2 || !last.matches("[0-9]{1,2}")) {
            return Optional.empty();
        }
        int entry = Integer.parseInt(last);
        return Optional.of(entry == LIGHT_GREY || entry > DARK_GREY);
    }
}
