package dev.simmer.json;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is escaped on top of what JSON asks for: DEL and the C1 controls, which a terminal could act
 * on; U+2028 and U+2029, which end a line for some readers of line-delimited JSON; and surrogates,
 * so that one without its other half survives the encoding as UTF-8.
 */
final class LineSafeEscapes extends CharacterEscapes {
    private static final int DELETE = 0x7f;
    private static final int LAST_CONTROL = 0x9f;

    private final int[] ascii;

    LineSafeEscapes() {
        ascii = standardAsciiEscapesForJSON();
        ascii[DELETE] = ESCAPE_STANDARD;
    }

    @Override
    public int[] getEscapeCodesForAscii() {
        return ascii.clone();
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int unit) {
        boolean control = unit >= DELETE && unit <= LAST_CONTROL;
        boolean lineEnd = unit == 0x2028 || unit == 0x2029;
        return control || lineEnd || Character.isSurrogate((char) unit)
                ? new SerializedString(String.format(Locale.ROOT, "\\u%04x", unit))
                : null;
    }
}
