package dev.simmer.tui.term;

import dev.simmer.tui.model.Cmd;
import dev.simmer.tui.model.Key;
import dev.simmer.tui.model.Msg;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A program for a terminal of its own: shows the keys that it gets and leaves its terminal to
 * others. p: pager; e: editor; z: suspend; y: copy; q: leave.
 */
public final class Visits {
    private Visits() {}

    /** Runs it; the arguments are a file and a line. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        BlockingQueue<Msg> inbox = new LinkedBlockingQueue<>();
        Path file = Path.of(arguments[0]);
        Cmd.Spot line = new Cmd.Spot.Line(Long.parseLong(arguments[1]));
        StringBuilder seen = new StringBuilder();
        try (TtyTerminal terminal = TtyTerminal.open();
                TtyScreen screen = new TtyScreen(terminal, System.getenv())) {
            screen.listen(inbox::add, () -> inbox.add(new Msg.Problem("the end")));
            boolean on = true;
            while (on) {
                show(screen, seen.toString());
                switch (inbox.take()) {
                    case Msg.KeyPressed(Key key) -> {
                        seen.append(' ').append(key.name() == Key.Name.CHAR ? key.text() : key);
                        switch (key.text()) {
                            case "p" -> visit(screen, file, line, Cmd.Program.PAGER, seen);
                            case "e" -> visit(screen, file, line, Cmd.Program.EDITOR, seen);
                            case "z" ->
                                    seen.append(" [" + screen.suspend().orElse("was away") + "]");
                            case "y" -> seen.append(" [" + screen.copy("some words").words() + "]");
                            default -> on = !key.text().equals("q");
                        }
                    }
                    case Msg.StopAsked() ->
                            seen.append(" [" + screen.suspend().orElse("was away") + "]");
                    case Msg.Continued() -> {
                        screen.renew();
                        seen.append(" [renewed]");
                    }
                    case Msg.Problem _ -> on = false;
                    case Msg other -> seen.append(' ').append(other);
                }
            }
        }
        System.out.println("left");
    }

    private static void visit(
            TtyScreen screen, Path file, Cmd.Spot at, Cmd.Program with, StringBuilder seen)
            throws IOException, InterruptedException {
        String trouble = screen.visit(new Cmd.Open(file, at, with)).orElse("was away");
        seen.append(" [").append(trouble).append(']');
    }

    private static void show(TtyScreen screen, String seen) throws IOException {
        String text = "\u001b[2J\u001b[Hseen:" + seen + " :end";
        screen.send(text.getBytes(StandardCharsets.UTF_8));
    }
}
