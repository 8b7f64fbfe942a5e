package dev.simmer.tui.term;

import dev.simmer.logs.CellWidth;
import dev.simmer.tui.theme.Paint;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A terminal that understands what {@link FrameWriter} sends, and nothing else. */
final class Emulator {
    final int width;
    final int height;
    final String[][] glyphs;
    final long[][] paints;
    int row;
    int column;
    boolean cursorVisible;
    private boolean synchronised;
    private long paint;

    Emulator(int width, int height) {
        this.width = width;
        this.height = height;
        glyphs = new String[height][width];
        paints = new long[height][width];
        for (String[] line : glyphs) {
            Arrays.fill(line, "?");
        }
    }

    void feed(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        int at = 0;
        while (at < text.length()) {
            if (text.charAt(at) == '\u001b') {
                int end = at + 2;
                while (text.charAt(end) < 0x40) {
                    end++;
                }
                sequence(text.substring(at + 2, end), text.charAt(end));
                at = end + 1;
            } else {
                int end = text.indexOf('\u001b', at);
                print(text.substring(at, end < 0 ? text.length() : end));
                at = end < 0 ? text.length() : end;
            }
        }
        if (synchronised) {
            throw new AssertionError("synchronized output was not ended");
        }
    }

    private void print(String text) {
        CellWidth.Graphemes graphemes = new CellWidth.Graphemes(text);
        while (graphemes.next()) {
            if (!synchronised || column + graphemes.width() > width) {
                throw new AssertionError("printed outside of frame or screen: " + text);
            }
            String glyph = text.substring(graphemes.start(), graphemes.end());
            if (glyph.chars().anyMatch(Character::isISOControl)) {
                throw new AssertionError("a control character was printed");
            }
            glyphs[row][column] = glyph;
            paints[row][column] = paint;
            if (graphemes.width() == 2) {
                glyphs[row][column + 1] = "";
                paints[row][column + 1] = paint;
            }
            column += graphemes.width();
        }
    }

    private void sequence(String body, char last) {
        switch (last) {
            case 'H' -> {
                String[] parts = body.split(";", -1);
                row = Integer.parseInt(parts[0]) - 1;
                column = Integer.parseInt(parts[1]) - 1;
            }
            case 'G' -> column = Integer.parseInt(body) - 1;
            case 'C' -> column += Integer.parseInt(body);
            case 'J' -> {
                for (int y = 0; y < height; y++) {
                    Arrays.fill(glyphs[y], " ");
                    Arrays.fill(paints[y], 0);
                }
            }
            case 'h', 'l' -> {
                if (body.equals("?2026")) {
                    synchronised = last == 'h';
                } else if (body.equals("?25")) {
                    cursorVisible = last == 'h';
                } else {
                    throw new AssertionError("unknown mode " + body);
                }
            }
            case 'm' -> look(body);
            default -> throw new AssertionError("unknown sequence " + body + last);
        }
    }

    private void look(String body) {
        String[] parts = body.split(";", -1);
        for (int i = 0; i < parts.length; i++) {
            int code = Integer.parseInt(parts[i]);
            int letters = Paint.foreground(paint);
            int ground = Paint.background(paint);
            long attributes = Paint.attributes(paint);
            if (code == 38 || code == 48) {
                int colour;
                if (parts[i + 1].equals("5")) {
                    colour = Paint.INDEXED | Integer.parseInt(parts[i + 2]);
                    i += 2;
                } else {
                    int red = Integer.parseInt(parts[i + 2]);
                    int green = Integer.parseInt(parts[i + 3]);
                    int blue = Integer.parseInt(parts[i + 4]);
                    colour = Paint.RGB | red << 16 | green << 8 | blue;
                    i += 4;
                }
                letters = code == 38 ? colour : letters;
                ground = code == 48 ? colour : ground;
            } else if (code >= 30 && code < 40) {
                letters = code == 39 ? 0 : Paint.INDEXED | (code - 30);
            } else if (code >= 40 && code < 50) {
                ground = code == 49 ? 0 : Paint.INDEXED | (code - 40);
            } else if (code >= 90 && code < 98) {
                letters = Paint.INDEXED | (code - 82);
            } else if (code >= 100 && code < 108) {
                ground = Paint.INDEXED | (code - 92);
            } else {
                switch (code) {
                    case 0 -> {
                        letters = 0;
                        ground = 0;
                        attributes = 0;
                    }
                    case 1 -> attributes |= Paint.BOLD;
                    case 2 -> attributes |= Paint.DIM;
                    case 3 -> attributes |= Paint.ITALIC;
                    case 4 -> attributes |= Paint.UNDERLINE;
                    case 7 -> attributes |= Paint.INVERSE;
                    default -> throw new AssertionError("unknown look " + code);
                }
            }
            paint = Paint.of(letters, ground, attributes);
        }
    }

    String text() {
        StringBuilder text = new StringBuilder();
        for (String[] line : glyphs) {
            text.append(String.join("", line)).append('\n');
        }
        return text.toString();
    }
}
