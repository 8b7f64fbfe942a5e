package dev.simmer.cli;

import dev.simmer.headless.ColourCodes;
import dev.simmer.json.JsonObject;
import dev.simmer.logs.LogFollower;
import dev.simmer.logs.LogSearch;
import dev.simmer.logs.StyledLine;
import dev.simmer.logs.TerminalText;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;

/** Writes lines of tasks' output to standard output. For one thread. */
final class LineOutput implements LogFollower.LineSink {
    private static final int BUFFER = 64 * 1024;

    private final OutputStream out;
    private final Form form;
    private final Optional<LogSearch> wanted;

    /** The newest lines, where only so many are wanted; each with its line break. */
    private final Deque<byte[]> held = new ArrayDeque<>();

    private int most;
    private int attempt;
    private boolean lastLineIsOpen;

    /** What becomes of a line. */
    enum Form {
        /** Byte for byte. */
        RAW,
        /** What a terminal may be shown, without colours. */
        PLAIN,
        /** What a terminal may be shown, with its colours. */
        COLOURED,
        /** An object a line. */
        JSON
    }

    /**
     * @param out unbuffered
     * @param wanted only lines that match
     */
    LineOutput(OutputStream out, Form form, Optional<LogSearch> wanted) {
        this.out = new BufferedOutputStream(out, BUFFER);
        this.form = form;
        this.wanted = wanted;
    }

    /** The form that suits standard output. */
    static Form form(Surroundings around, boolean json) {
        if (json) {
            return Form.JSON;
        }
        if (!around.stdoutTerminal()) {
            return Form.RAW;
        }
        return around.colour() ? Form.COLOURED : Form.PLAIN;
    }

    /**
     * The form that suits standard output for a task: a transcript's colours are Simmer's own, and
     * nobody who reads it by a program wants them.
     */
    static Form form(Surroundings around, boolean json, boolean transcript) {
        Form form = form(around, json);
        return transcript && form == Form.RAW ? Form.PLAIN : form;
    }

    /** From now on only the last lines are kept, and written by {@link #release}. */
    void hold(int lines) {
        most = lines;
    }

    /** Writes what was kept, and everything from now on. */
    void release() throws OutputClosed {
        most = 0;
        for (byte[] line : held) {
            write(line, 0, line.length);
        }
        held.clear();
    }

    /** Says whose lines follow. */
    void attempt(int number) {
        attempt = number;
    }

    /** Says that the next line is an attempt's last, and that its line break is missing. */
    void lastLine() {
        lastLineIsOpen = true;
    }

    @Override
    public void line(byte[] bytes, int from, int to, boolean ended) throws IOException {
        boolean lineBreak = ended && !(lastLineIsOpen && form == Form.RAW);
        lastLineIsOpen = false;
        if (wanted.isPresent()
                && wanted.get().matches(TerminalText.line(bytes, from, to).text()).isEmpty()) {
            return;
        }
        byte[] made = form == Form.RAW ? bytes : made(bytes, from, to, ended);
        int start = form == Form.RAW ? from : 0;
        int end = form == Form.RAW ? to : made.length;
        if (most > 0) {
            keep(made, start, end, lineBreak);
            return;
        }
        write(made, start, end);
        if (lineBreak || form == Form.JSON) {
            write(new byte[] {'\n'}, 0, 1);
        }
    }

    private byte[] made(byte[] bytes, int from, int to, boolean ended) {
        StyledLine line = TerminalText.line(bytes, from, to);
        StringBuilder text = new StringBuilder();
        switch (form) {
            case RAW, PLAIN -> text.append(line.text());
            case COLOURED -> ColourCodes.append(text, line);
            case JSON -> {
                JsonObject json = new JsonObject().put("attempt", attempt).put("text", line.text());
                text.append(ended ? json : json.put("continues", true));
            }
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void keep(byte[] bytes, int from, int to, boolean lineBreak) {
        if (held.size() == most) {
            held.removeFirst();
        }
        byte[] line = Arrays.copyOfRange(bytes, from, to + (lineBreak ? 1 : 0));
        if (lineBreak) {
            line[line.length - 1] = '\n';
        }
        held.addLast(line);
    }

    private void write(byte[] bytes, int from, int to) throws OutputClosed {
        try {
            out.write(bytes, from, to - from);
        } catch (IOException e) {
            throw new OutputClosed(e);
        }
    }

    void flush() throws OutputClosed {
        try {
            out.flush();
        } catch (IOException e) {
            throw new OutputClosed(e);
        }
    }
}
