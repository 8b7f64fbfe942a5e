package dev.simmer.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program for a terminal: asks it how many columns each line of a file takes. */
public final class WidthProbe {
    private WidthProbe() {}

    /** Runs it; the arguments are the file and the one for the answers, a number a line. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        new ProcessBuilder("stty", "raw", "-echo").inheritIO().start().waitFor();
        List<String> answers = new ArrayList<>();
        try (InputStream in = new FileInputStream("/dev/tty");
                OutputStream out = new FileOutputStream("/dev/tty")) {
            for (String line : Files.readAllLines(Path.of(arguments[0]))) {
                out.write(("\r\u001b[2K" + line + "\u001b[6n").getBytes(UTF_8));
                out.flush();
                answers.add("" + (column(in) - 1));
            }
        }
        Path file = Path.of(arguments[1]);
        Path draft = file.resolveSibling("draft");
        Files.write(draft, answers);
        Files.move(draft, file);
    }

    /** Reads {@code ESC [ row ; column R}. */
    private static int column(InputStream in) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        int last = in.read();
        while (last != 'R') {
            if (last < 0) {
                throw new IOException("no answer");
            }
            answer.write(last);
            last = in.read();
        }
        String text = answer.toString(UTF_8);
        return Integer.parseInt(text.substring(text.indexOf(';') + 1));
    }
}
