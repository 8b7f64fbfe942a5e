package dev.simmer.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellWidthTest {
    @ParameterizedTest
    @CsvSource({
        "abc, 3",
        "é, 1",
        "e\u0301, 1",
        "日本語, 6",
        "ｶﾅ, 2",
        "Ａ, 2",
        "한, 2",
        "\u1112\u1161\u11ab, 2",
        "😀, 2",
        "👩‍💻, 2",
        "👨‍👩‍👧‍👦, 2",
        "👍🏽, 2",
        "🏽, 2",
        "a🏽, 3",
        "🇩🇪, 2",
        "🇩🇪🇫🇷, 4",
        "\u2764, 1",
        "\u2764\ufe0f, 2",
        "1\ufe0f\u20e3, 2",
        "🏴󠁧󠁢󠁳󠁣󠁴󠁿, 2",
        "✓, 1",
        "─│┌, 3",
        "█▒, 2",
        "…, 1",
        "\ufffd, 1",
        "\u0301, 0",
        "นี้, 1",
        "का, 2",
    })
    void columnsOfText(String text, int columns) {
        assertThat(CellWidth.width(text)).isEqualTo(columns);
    }

    private static final String[] ALPHABET = {
        "a", "b", " ", "é", "\u0301", "\u0308", "日", "한", "ᄒ", "ᅡ", "ᆫ", "가", "😀", "👩", "💻",
        "\u200d", "\ufe0f", "❤", "🇩", "🇪", "🇫", "का", "ี", "น", "1", "\u20e3", "漢"
    };

    private static String random(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(20); i > 0; i--) {
            text.append(ALPHABET[random.nextInt(ALPHABET.length)]);
        }
        return text.toString();
    }

    /** Where the regular expressions of the JDK see a letter, so does this. */
    @Test
    void lettersAreThoseOfUnicode() {
        Pattern cluster = Pattern.compile("\\X");
        for (int seed = 0; seed < 20_000; seed++) {
            // Left out: a row of leading jamo, which is left apart on purpose, and a joiner before
            // a mark, where the JDK goes beyond the rule GB11.
            String text =
                    random(new Random(seed))
                            .replaceAll("\u200d(?=[\u0301\u0308\u200d\ufe0f\u20e3ีा])", "")
                            .replaceAll("ᄒ(?=[ᄒ가한])", "");
            List<String> expected = new ArrayList<>();
            Matcher matcher = cluster.matcher(text);
            while (matcher.find()) {
                expected.add(matcher.group());
            }
            List<String> letters = new ArrayList<>();
            CellWidth.Graphemes graphemes = new CellWidth.Graphemes(text);
            while (graphemes.next()) {
                letters.add(text.substring(graphemes.start(), graphemes.end()));
            }
            assertThat(letters).as("seed %d", seed).isEqualTo(expected);
        }
    }

    @Test
    void clippedTextFitsAndOneMoreLetterWouldNot() {
        for (int seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            String text = random(random);
            int columns = random.nextInt(25);
            String clipped = CellWidth.clip(text, columns);
            assertThat(text).startsWith(clipped);
            assertThat(CellWidth.width(clipped)).as("seed %d", seed).isLessThanOrEqualTo(columns);
            if (clipped.length() < text.length()) {
                CellWidth.Graphemes rest = new CellWidth.Graphemes(text, clipped.length());
                assertThat(rest.next()).isTrue();
                assertThat(CellWidth.width(clipped) + rest.width())
                        .as("seed %d", seed)
                        .isGreaterThan(columns);
            }
        }
    }

    @Test
    void clipOfPlainText() {
        assertThat(CellWidth.clip("abcdef", 3)).isEqualTo("abc");
        assertThat(CellWidth.clip("abc", 3)).isEqualTo("abc");
        assertThat(CellWidth.clip("abc", 0)).isEmpty();
        assertThat(CellWidth.clip("abc", -1)).isEmpty();
        assertThat(CellWidth.clip("ab日", 3)).isEqualTo("ab");
        assertThat(CellWidth.clip("abe\u0301x", 3)).isEqualTo("abe\u0301");
        assertThat(CellWidth.clip("日本", 1)).isEmpty();
    }

    @Test
    void everyCodePointHasAWidth() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            int width = CellWidth.width(Character.toString(c));
            if (width < 0 || width > 2) {
                throw new AssertionError("width of " + Integer.toHexString(c) + ": " + width);
            }
            if (Character.isEmojiPresentation(c) && (c < 0x1f1e6 || c > 0x1f1ff)) {
                assertThat(width).isEqualTo(2);
            }
        }
    }
}
