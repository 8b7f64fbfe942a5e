package dev.simmer.logs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.logs.Style.Color;
import dev.simmer.logs.StyledLine.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTextTest {
    private static final String ESC = "\u001b";

    private static StyledLine line(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return TerminalText.line(bytes, 0, bytes.length);
    }

    private static String bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return TerminalText.line(bytes, 0, bytes.length).text();
    }

    /** In the first column a tilde stands for escape, a grave accent for carriage return. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "plain text|plain text",
                "~[1mbold~[0m|bold",
                "~]0;title\u0007text|text",
                "~]8;;http://x~\\link~]8;;~\\!|link!",
                "a~]0;never ends|a",
                "a~Pdcs q#1~\\b~_apc~\\c~^pm~\\d~Xsos~\\e|abcde",
                "a~(Bb~)0c~%Gd|abcd",
                "a~=b~>c~7d~8e~cf|abcdef",
                "a~[?25lb~[?1049hc~[>4;2md~[!pe~[2 qf|abcdef",
                "a~|a",
                "a~[|a",
                "a~[31|a",
                "a~[31~[32mb|ab",
                "a~[3\u00181mb|a1mb",
                "10%`20%`30%|30%",
                "100%`9%|9%0%",
                "`only|only",
                "end`|end",
                "working`~[Kdone|done",
                "working~[2K`done|done",
                "working`~[2Kdone|done",
                "abcdef~[3D~[K!|abc!",
                "abcdef~[3D~[1KX|   Xef",
                "abc~[10Gx|abc      x",
                "abc~[2Gx|axc",
                "abc~[Gx|xbc",
                "abc~[2Cx|abc  x",
                "abc\b\bx|axc",
                "\b\bx|x",
                "abcdef~[5D~[2Xx|ax def",
                "abc~[999999999999Dx|xbc",
                "old~[2J~[Hnew|new",
                "a\tb|a       b",
                "1234567\tb|1234567 b",
                "12345678\tb|12345678        b",
                "日本\tb|日本    b",
                "abc`\tx|abc     x",
                "abcdefghijkl`\tx|abcdefghxjkl",
                "日本`x|x 本",
                "日本~[2Gx| x本",
                "a日~[1G本|本 ",
                "e\u0301`x|x",
                "xe\u0301`y|ye\u0301",
                "a\u0085b\u2028c\u2029d\u000be|a b c d e",
                "a\u009b31mb|ab",
                "a\u009d0;t\u0007b|ab",
                "a\u009dnever|anever",
                "a\u0080\u0084\u0099b|ab",
                "a\u202eb\u2066c\u200ed\u061ce|abcde",
                "a\u200bb\u200cc\u2060d\ufeffe\u00adf|abcdef",
                "\ud83d\udc68\u200d\ud83d\udcbb|\ud83d\udc68\u200d\ud83d\udcbb",
                "a\u200db|ab",
                "\ud83d\udc68\u200da|\ud83d\udc68a",
                "\u2764\ufe0f|\u2764\ufe0f",
                "a\ufe0fb|ab",
                "\u0301a|a",
                "a\u007fb|ab",
                "\ufffd|\ufffd",
            })
    void lineShowsWhatATerminalWould(String from, String to) {
        String text = from.replace("~", ESC).replace('`', '\r');
        assertThat(line(text).text()).isEqualTo(to);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "rm -rf ~[2K~[1Gls|rm -rf ␛[2K␛[1Gls",
                "a`b|a b",
                "a\bb|ab",
                "a\tb\u0085c\u2028d\u000be|a b c d e",
                "~[31mred~[0m ~[1;38:5:9mx|red x",
                "~[31|␛[31",
                "~|␛",
                "a\u009b31mb\u009b2K|ab␛[2K",
                "~]0;title\u0007after|␛]0;titleafter",
                "~]0;never|␛]0;never",
                "a\u202eb\u2066c\u200ed|abcd",
                "日本~[2Gx|日本␛[2Gx",
            })
    void nameOrMessageLosesNoLetter(String from, String to) {
        assertThat(TerminalText.plain(from.replace("~", ESC).replace('`', '\r'))).isEqualTo(to);
    }

    @Test
    void badBytesBecomeTheReplacementLetter() {
        assertThat(bytes('a', 0xff, 'b')).isEqualTo("a\ufffdb");
        assertThat(bytes('a', 0xe2, 0x9c, 'b')).isEqualTo("a\ufffdb");
        assertThat(bytes('a', 0xe2)).isEqualTo("a\ufffd");
        assertThat(bytes(0xc0, 0xaf)).isEqualTo("\ufffd\ufffd");
        assertThat(bytes(0xed, 0xa0, 0xbd)).startsWith("\ufffd").doesNotContain("\ud83d");
        assertThat(bytes(0xf4, 0x90, 0xa0, 0xa0)).isEqualTo("\ufffd\ufffd\ufffd");
        assertThat(TerminalText.plain("a\ud83d")).isEqualTo("a\ufffd");
        assertThat(TerminalText.plain("\udc00\ud83d\ude00")).isEqualTo("\ufffd\ud83d\ude00");
    }

    @Test
    void rawEightBitControlsAreRemoved() {
        assertThat(bytes('a', 0x9b, '3', '1', 'm', 'b')).isEqualTo("ab");
        assertThat(bytes('a', 0x9d, '0', ';', 't', 0x9c, 'b')).isEqualTo("ab");
        assertThat(bytes('a', 0x90, 'b')).isEqualTo("ab");
        assertThat(bytes('a', 0x85, 'b')).isEqualTo("a b");
    }

    @Test
    void letterWithinACommandStringDoesNotEndIt() {
        // The check mark's last two bytes are 0x9c and 0x93.
        assertThat(line(ESC + "]0;✓ done\u0007text").text()).isEqualTo("text");
        assertThat(line(ESC + "]0;✓ done\u009ctext").text()).isEqualTo("text");
    }

    @Test
    void coloursAndDecorationAreKept() {
        StyledLine line = line("a" + ESC + "[1;31mred" + ESC + "[0m b");
        assertThat(line.text()).isEqualTo("ared b");
        assertThat(line.runs()).containsExactly(new Run(1, 4, style(new Color.Indexed(1), true)));
    }

    private static Style style(Color foreground, boolean bold) {
        return new Style(foreground, Color.DEFAULT, bold, false, false, false, false);
    }

    private static Style styleOf(String parameters) {
        List<Run> runs = line(ESC + "[" + parameters + "mx").runs();
        return runs.isEmpty() ? Style.PLAIN : runs.getFirst().style();
    }

    @Test
    void everyFormOfColourIsUnderstood() {
        assertThat(styleOf("91").foreground()).isEqualTo(new Color.Indexed(9));
        assertThat(styleOf("107").background()).isEqualTo(new Color.Indexed(15));
        assertThat(styleOf("38;5;208").foreground()).isEqualTo(new Color.Indexed(208));
        assertThat(styleOf("38:5:208").foreground()).isEqualTo(new Color.Indexed(208));
        assertThat(styleOf("48;2;1;2;3").background()).isEqualTo(new Color.Rgb(1, 2, 3));
        assertThat(styleOf("48:2:1:2:3").background()).isEqualTo(new Color.Rgb(1, 2, 3));
        assertThat(styleOf("48:2::1:2:3").background()).isEqualTo(new Color.Rgb(1, 2, 3));
        assertThat(styleOf("38;5;208;1")).isEqualTo(style(new Color.Indexed(208), true));
        assertThat(styleOf("38:5:208;1")).isEqualTo(style(new Color.Indexed(208), true));
        assertThat(styleOf("58;5;9;1")).isEqualTo(style(Color.DEFAULT, true));
        assertThat(styleOf("4:3").underline()).isTrue();
        assertThat(styleOf("4:0")).isEqualTo(Style.PLAIN);
        assertThat(styleOf("2").dim()).isTrue();
        assertThat(styleOf("3").italic()).isTrue();
        assertThat(styleOf("7").inverse()).isTrue();
        assertThat(styleOf("31;")).isEqualTo(Style.PLAIN);
        assertThat(styleOf("1;22")).isEqualTo(Style.PLAIN);
        assertThat(styleOf("31;39")).isEqualTo(Style.PLAIN);
        assertThat(styleOf("38;5;999")).isEqualTo(Style.PLAIN);
        assertThat(styleOf("38;2;1")).isEqualTo(Style.PLAIN);
        assertThat(styleOf("38")).isEqualTo(Style.PLAIN);
    }

    @Test
    void coloursStayWithLettersThatAreNotOverwritten() {
        StyledLine line = line(ESC + "[31mabcd" + ESC + "[32m\rX");
        assertThat(line.text()).isEqualTo("Xbcd");
        assertThat(line.runs())
                .containsExactly(
                        new Run(0, 1, style(new Color.Indexed(2), false)),
                        new Run(1, 4, style(new Color.Indexed(1), false)));
    }

    @Test
    void lineBreakAtTheEndAndLeadingNulsAreNothing() {
        assertThat(line("text\r\n").text()).isEqualTo("text");
        assertThat(line("\0\0\0text").text()).isEqualTo("text");
        assertThat(line("\r\n")).isEqualTo(StyledLine.EMPTY);
        assertThat(line("\0\0")).isEqualTo(StyledLine.EMPTY);
    }

    @Test
    void onlySoManyMarksAreOnALetter() {
        assertThat(line("a" + "\u0301".repeat(5000) + "b").text())
                .isEqualTo("a" + "\u0301".repeat(15) + "b");
    }

    @Test
    void movesDoNotMakeALineLong() {
        String far = (ESC + "[9999Cx").repeat(5000);
        assertThat(line(far).text().length()).isLessThan(10_000);
    }

    @Test
    void manyStartsOfCommandStringsTakeLinearTime() {
        byte[] bytes = new byte[4_000_000];
        Arrays.fill(bytes, (byte) 0x9d);
        bytes[0] = 'a';
        assertThat(TerminalText.line(bytes, 0, bytes.length).text()).isEqualTo("a");
    }

    /** Anything at all: random bytes, and random pieces of what terminals understand. */
    @Test
    void nothingThatControlsATerminalComesThrough() {
        String[] pieces = {
            ESC,
            "[",
            "]",
            "0;",
            "31m",
            "\u0007",
            "\r",
            "\b",
            "\t",
            ESC + "[K",
            ESC + "[2G",
            "\\",
            "P",
            "a",
            "bc",
            "é",
            "e\u0301",
            "日",
            "👩‍💻",
            "🇩🇪",
            "\u009b",
            "\u202e",
            "\u200b",
            "\u200d",
            "\ufe0f",
            "\u0000",
            "\u007f",
            "\ud83d",
            "\n",
            ESC + "[1;38:2::9:9:9m",
            ESC + "[5C",
            ESC + "[3D",
            ESC + "[1K",
            ESC + "[2K",
            "ᄀ",
            "ᅡ",
            "ᆨ",
            "🏽",
            "1\u20e3"
        };
        for (int seed = 0; seed < 4000; seed++) {
            Random random = new Random(seed);
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            safe(TerminalText.line(bytes, 0, bytes.length), "bytes of seed " + seed);
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(60); i > 0; i--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            safe(TerminalText.line(text.toString()), "pieces of seed " + seed);
        }
    }

    private static void safe(StyledLine line, String what) {
        String text = line.text();
        text.codePoints()
                .forEach(c -> {
                    int type = Character.getType(c);
                    assertThat(c).as(what).isGreaterThanOrEqualTo(0x20);
                    assertThat(c >= 0x7f && c <= 0x9f).as(what).isFalse();
                    assertThat(type == Character.SURROGATE).as(what).isFalse();
                    boolean joins = c == 0x200d || CodePoints.isTag(c);
                    assertThat(type == Character.FORMAT && !joins).as(what).isFalse();
                });
        int at = 0;
        for (Run run : line.runs()) {
            assertThat(run.start()).as(what).isGreaterThanOrEqualTo(at);
            assertThat(run.style()).as(what).isNotEqualTo(Style.PLAIN);
            at = run.end();
        }
        assertThat(at).as(what).isLessThanOrEqualTo(text.length());
        // What is safe stays as it is.
        assertThat(TerminalText.plain(text)).as(what).isEqualTo(text);
    }

    /** A screen of one row, written as plainly as can be, against the real one. */
    @Test
    void rowBehavesAsASimpleOneDoes() {
        for (int seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            StringBuilder input = new StringBuilder();
            StringBuilder row = new StringBuilder();
            int cursor = 0;
            for (int i = random.nextInt(25); i > 0; i--) {
                int n = random.nextInt(12);
                switch (random.nextInt(12)) {
                    case 0 -> {
                        input.append('\r');
                        cursor = 0;
                    }
                    case 1 -> {
                        input.append('\b');
                        cursor = Math.max(0, cursor - 1);
                    }
                    case 2 -> {
                        input.append(ESC).append('[').append(n).append('G');
                        cursor = Math.max(1, n) - 1;
                    }
                    case 3 -> {
                        input.append(ESC).append('[').append(n).append('C');
                        cursor += Math.max(1, n);
                    }
                    case 4 -> {
                        input.append(ESC).append('[').append(n).append('D');
                        cursor = Math.max(0, cursor - Math.max(1, n));
                    }
                    case 5 -> {
                        input.append(ESC).append("[K");
                        row.setLength(Math.min(row.length(), cursor));
                    }
                    case 6 -> {
                        input.append(ESC).append("[1K");
                        if (cursor >= row.length()) {
                            row.setLength(0);
                        }
                        for (int c = 0; c <= cursor && c < row.length(); c++) {
                            row.setCharAt(c, ' ');
                        }
                    }
                    case 7 -> {
                        input.append(ESC).append("[2K");
                        row.setLength(0);
                    }
                    case 8 -> {
                        input.append(ESC).append('[').append(n).append('X');
                        for (int c = cursor; c < cursor + Math.max(1, n) && c < row.length(); c++) {
                            row.setCharAt(c, ' ');
                        }
                    }
                    case 9 -> {
                        input.append('\t');
                        int target = (cursor | 7) + 1;
                        if (cursor >= row.length()) {
                            while (row.length() < target) {
                                row.append(' ');
                            }
                        }
                        cursor = target;
                    }
                    default -> {
                        String word = "abcdefghijklmnop".substring(n % 5, n % 5 + 1 + n % 7);
                        input.append(word);
                        while (row.length() < cursor) {
                            row.append(' ');
                        }
                        row.replace(cursor, Math.min(row.length(), cursor + word.length()), word);
                        cursor += word.length();
                    }
                }
            }
            assertThat(line(input.toString()).text().stripTrailing())
                    .as("seed %d: %s", seed, input.toString().replace(ESC, "^["))
                    .isEqualTo(row.toString().stripTrailing());
        }
    }

    @Test
    void plainLettersTakeTheShortWayUnchanged() {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            List<Byte> kept = new ArrayList<>();
            byte[] bytes = new byte[random.nextInt(100)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (0x20 + random.nextInt(0x5f));
                kept.add(bytes[i]);
            }
            assertThat(TerminalText.line(bytes, 0, bytes.length).text())
                    .isEqualTo(new String(bytes, ISO_8859_1));
            if (bytes.length > 0) {
                int at = random.nextInt(bytes.length);
                bytes[at] = (byte) (random.nextBoolean() ? 0x7f : 0x01);
                kept.remove(at);
                StringBuilder without = new StringBuilder();
                kept.forEach(b -> without.append((char) b.byteValue()));
                assertThat(TerminalText.line(bytes, 0, bytes.length).text())
                        .isEqualTo(without.toString());
            }
        }
    }
}
