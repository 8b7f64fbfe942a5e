package dev.simmer.tui.term;

import dev.simmer.tui.model.Cmd;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The program that shows or edits a file: what the user's variables name, with the words that bring
 * it to a line. No shell is asked, so that nothing in a file's name means anything.
 *
 * @param argv its name and arguments
 * @param environment what it has besides Simmer's own environment
 * @param pager whether it only shows
 */
record OutsideProgram(List<String> argv, Map<String, String> environment, boolean pager) {
    /** Editors that take {@code +LINE} before the file. */
    private static final Set<String> PLUS_LINE =
            Set.of(
                    "vi",
                    "vim",
                    "nvim",
                    "view",
                    "nvi",
                    "vis",
                    "gvim",
                    "nano",
                    "pico",
                    "emacs",
                    "emacsclient",
                    "kak",
                    "joe",
                    "jed",
                    "mg",
                    "micro",
                    "ne",
                    "mcedit",
                    "zile",
                    "kate",
                    "gedit");

    /** Editors that take {@code FILE:LINE}. */
    private static final Set<String> COLON_LINE = Set.of("hx", "helix", "subl", "zed");

    /** Editors that take {@code --goto FILE:LINE}. */
    private static final Set<String> GOTO = Set.of("code", "codium", "cursor", "code-insiders");

    /** Bytes before a line that are counted through to learn its number; see {@link #lineAt}. */
    private static final long MOST_COUNTED = 1L << 30;

    OutsideProgram {
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
    }

    /**
     * The one for a file.
     *
     * @param variables the user's environment
     * @throws IOException when the file is not there or is no regular file
     */
    static OutsideProgram of(Cmd.Open open, Map<String, String> variables) throws IOException {
        Path file = open.file();
        if (!Files.isRegularFile(file)) {
            throw new IOException(Files.exists(file) ? "it is no regular file" : "it is not there");
        }
        return switch (open.with()) {
            case PAGER -> pager(open, variables);
            case EDITOR -> editor(open, variables);
        };
    }

    private static OutsideProgram pager(Cmd.Open open, Map<String, String> variables)
            throws IOException {
        List<String> argv = new ArrayList<>(named(variables, "less", "PAGER"));
        Map<String, String> more = Map.of();
        switch (base(argv.getFirst())) {
            case "less" -> {
                // A pager that ends at once where all fits would leave nothing to read.
                argv.add("-+F");
                if (!variables.containsKey("LESS")) {
                    more = Map.of("LESS", "R");
                }
                switch (open.spot()) {
                    case Cmd.Spot.Line(long number) when number > 1 -> argv.add("+" + number + "g");
                    case Cmd.Spot.Offset(long bytes) when bytes > 0 -> argv.add("+" + bytes + "P");
                    case Cmd.Spot.Line _, Cmd.Spot.Offset _ -> {}
                }
            }
            case "more", "most" -> {
                long line = line(open);
                if (line > 1) {
                    argv.add("+" + line);
                }
            }
            default -> {}
        }
        argv.add(open.file().toString());
        return new OutsideProgram(argv, more, true);
    }

    private static OutsideProgram editor(Cmd.Open open, Map<String, String> variables)
            throws IOException {
        List<String> argv = new ArrayList<>(named(variables, "vi", "VISUAL", "EDITOR"));
        String name = base(argv.getFirst());
        String file = open.file().toString();
        long line = line(open);
        if (line > 1 && PLUS_LINE.contains(name)) {
            argv.add("+" + line);
        }
        if (line > 1 && GOTO.contains(name)) {
            argv.add("--goto");
        }
        boolean colon = line > 1 && (GOTO.contains(name) || COLON_LINE.contains(name));
        argv.add(colon ? file + ":" + line : file);
        return new OutsideProgram(argv, Map.of(), false);
    }

    private static List<String> named(
            Map<String, String> variables, String otherwise, String... names) {
        for (String name : names) {
            List<String> words = words(variables.getOrDefault(name, ""));
            if (!words.isEmpty()) {
                return words;
            }
        }
        return List.of(otherwise);
    }

    private static String base(String program) {
        return program.substring(program.lastIndexOf('/') + 1);
    }

    private static long line(Cmd.Open open) throws IOException {
        return switch (open.spot()) {
            case Cmd.Spot.Line(long number) -> number;
            case Cmd.Spot.Offset(long bytes) -> lineAt(open.file(), bytes);
        };
    }

    /** The number of the line at an offset, from 1; 1 where that is too far to count. */
    static long lineAt(Path file, long offset) throws IOException {
        if (offset > MOST_COUNTED) {
            return 1;
        }
        long line = 1;
        long left = offset;
        byte[] bytes = new byte[64 * 1024];
        try (InputStream in = Files.newInputStream(file)) {
            int count = 0;
            while (left > 0 && count >= 0) {
                for (int i = 0; i < count; i++) {
                    line += bytes[i] == '\n' ? 1 : 0;
                }
                left -= count;
                count = left <= 0 ? 0 : in.read(bytes, 0, (int) Math.min(bytes.length, left));
            }
        }
        return line;
    }

    /** A variable's words: parted by blanks, quotes and backslashes as a shell has them. */
    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean begun = false;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote == 0 && Character.isWhitespace(c)) {
                if (begun) {
                    words.add(word.toString());
                }
                word.setLength(0);
                begun = false;
                continue;
            }
            begun = true;
            if (c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
            } else if (c == '\\' && quote != '\'' && i + 1 < text.length()) {
                word.append(text.charAt(++i));
            } else {
                word.append(c);
            }
        }
        if (begun) {
            words.add(word.toString());
        }
        return words;
    }
}
