package dev.simmer.tui.term;

import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.terminal.ansi.UnixLikeTTYTerminal;
import java.io.BufferedOutputStream;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The terminal that Simmer runs in: Lanterna takes it over, reports new sizes and gives it back,
 * also when the process is told to end (a shutdown hook of Lanterna's). Safe for all threads.
 *
 * <p>Lanterna changes terminal settings by a process of stty(1) per setting; here one process sets
 * them all. tcsetattr(3) through the foreign function interface was measured: 80 ms for its first
 * call, against 16 ms for three runs of stty.
 */
final class TtyTerminal extends UnixLikeTTYTerminal {
    /** The device that the process is controlled from. */
    static final File TTY = new File("/dev/tty");

    private static final int BUFFER = 128 * 1024;

    private static final String TERM = Objects.requireNonNullElse(System.getenv("TERM"), "");

    private static final String ENTER_MODES =
            "\u001b[?7l" // no wrapping at the right edge
                    + "\u001b[?2004h" // pasted text is marked
                    + "\u001b[?1004h"; // it is told whether the terminal has the keyboard

    /** Buttons, wheel, and moving with a button held, as numbers of any size. */
    private static final String MOUSE_ON = "\u001b[?1000h\u001b[?1002h\u001b[?1006h";

    private static final String MOUSE_OFF = "\u001b[?1006l\u001b[?1002l\u001b[?1000l";
    private static final String LEAVE_MODES =
            "\u001b[?2026l" + MOUSE_OFF + "\u001b[?1004l\u001b[?2004l\u001b[?7h";

    /**
     * Where keys are told apart that others send as one; they are asked to, in their own screen.
     */
    private static final Set<String> KITTY_LIKE =
            Set.of("xterm-kitty", "xterm-ghostty", "foot", "foot-extra", "wezterm", "alacritty");

    private static final String KITTY_ON = "\u001b[>5u";
    private static final String KITTY_OFF = "\u001b[<u";

    private final OutputStream output;
    private final Object lock = new Object();
    private boolean drawing;
    private boolean mouse = true;

    private TtyTerminal(InputStream input, OutputStream output) throws IOException {
        super(TTY, input, output, StandardCharsets.UTF_8, CtrlCBehaviour.TRAP);
        this.output = output;
    }

    /**
     * Takes the terminal over.
     *
     * @throws IOException where there is none
     */
    static TtyTerminal open() throws IOException {
        // Lanterna is asked for no key: they are read by a keyboard of our own.
        InputStream input = InputStream.nullInputStream();
        OutputStream output =
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER);
        TtyTerminal terminal = new TtyTerminal(input, output);
        terminal.enterPrivateMode();
        return terminal;
    }

    /** Gives the terminal back for a while, as it was found. */
    void leave() throws IOException {
        synchronized (lock) {
            if (drawing) {
                exitPrivateMode();
            }
        }
        restoreTerminalSettings();
    }

    /** Takes it over again, also where somebody else has changed it. */
    void enter() throws IOException {
        canonicalMode(false);
        synchronized (lock) {
            if (drawing) {
                exitPrivateMode();
            }
            enterPrivateMode();
        }
        // Tells the listeners where it has another size by now.
        var _ = getTerminalSize();
    }

    /** Has the mouse reported, or leaves it to the terminal; also after a leave and an enter. */
    void mouse(boolean on) throws IOException {
        synchronized (lock) {
            mouse = on;
            send((on ? MOUSE_ON : MOUSE_OFF).getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** Sends something in one piece; nothing while, and once, the terminal has been given back. */
    void send(byte[] frame) throws IOException {
        synchronized (lock) {
            if (drawing) {
                output.write(frame);
                output.flush();
            }
        }
    }

    @Override
    public void enterPrivateMode() throws IOException {
        synchronized (lock) {
            super.enterPrivateMode();
            output.write(ENTER_MODES.getBytes(StandardCharsets.US_ASCII));
            if (KITTY_LIKE.contains(TERM)) {
                output.write(KITTY_ON.getBytes(StandardCharsets.US_ASCII));
            }
            if (mouse) {
                output.write(MOUSE_ON.getBytes(StandardCharsets.US_ASCII));
            }
            output.flush();
            drawing = true;
        }
    }

    @Override
    public void exitPrivateMode() throws IOException {
        synchronized (lock) {
            drawing = false;
            output.write(LEAVE_MODES.getBytes(StandardCharsets.US_ASCII));
            if (KITTY_LIKE.contains(TERM)) {
                output.write(KITTY_OFF.getBytes(StandardCharsets.US_ASCII));
            }
            super.exitPrivateMode();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            super.close();
        } catch (IllegalStateException e) {
            // The process is ending: Lanterna's hook gives the terminal back.
        }
    }

    @Override
    protected void canonicalMode(boolean enabled) throws IOException {
        if (!enabled) {
            runSTTYCommand(
                    "-icanon", "-echo", "-isig", "-iexten", "-ixon", "-icrnl", "min", "1", "time",
                    "0");
        }
    }

    @Override
    protected void keyEchoEnabled(boolean enabled) {
        // Set in canonicalMode, and given back with all settings.
    }

    @Override
    protected void keyStrokeSignalsEnabled(boolean enabled) {
        // Set in canonicalMode, and given back with all settings.
    }

    @Override
    protected TerminalSize findTerminalSize() throws IOException {
        @Nullable TerminalSize size = parse(runSTTYCommand("size"));
        return size == null ? new TerminalSize(80, 24) : size;
    }

    private static @Nullable TerminalSize parse(String rowsAndColumns) {
        String[] parts = rowsAndColumns.strip().split(" ", -1);
        try {
            int rows = parts.length == 2 ? Integer.parseInt(parts[0]) : 0;
            int columns = parts.length == 2 ? Integer.parseInt(parts[1]) : 0;
            return rows > 0 && columns > 0 ? new TerminalSize(columns, rows) : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
