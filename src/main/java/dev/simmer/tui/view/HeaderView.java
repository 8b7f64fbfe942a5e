package dev.simmer.tui.view;

import dev.simmer.logs.CellWidth;
import dev.simmer.logs.TerminalText;
import dev.simmer.model.Phase;
import dev.simmer.model.TaskView;
import dev.simmer.tui.model.AgentWords;
import dev.simmer.tui.model.Model;
import dev.simmer.tui.theme.Role;
import dev.simmer.tui.theme.Theme;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The two rows at the top: where we are, what wants somebody and how many tasks there are; {@link
 * Machine} draws the second.
 */
final class HeaderView {
    /** The order in which the counts stand: what needs a look first. */
    private static final List<Phase> ORDER =
            List.of(
                    Phase.FAILED,
                    Phase.TIMED_OUT,
                    Phase.LOST,
                    Phase.READY,
                    Phase.RUNNING,
                    Phase.STARTING,
                    Phase.STOPPING,
                    Phase.PAUSED,
                    Phase.BACKOFF,
                    Phase.WAITING,
                    Phase.SUCCEEDED,
                    Phase.KILLED,
                    Phase.SKIPPED);

    private HeaderView() {}

    static void draw(Frame frame, Model model, Theme theme) {
        String brand = "simmer";
        frame.put(1, 0, brand.length(), brand, theme.paint(Role.BRAND));
        Map<Phase, Integer> counts = new EnumMap<>(Phase.class);
        int waiting = 0;
        for (TaskView task : model.scope().tasks()) {
            counts.merge(task.phase(), 1, Integer::sum);
            waiting += AgentWords.wantsAttention(task) ? 1 : 0;
        }
        String calls = attention(waiting, frame.width() >= 60);
        int called = calls.isEmpty() ? 0 : CellWidth.width(calls) + 2;
        String name = TerminalText.plain(model.place().name());
        int left = 9 + Math.min(CellWidth.width(name), 20) + called;
        int end = counts(frame, left + 2, counts, model.scope().elsewhere(), theme) - 2;
        int after =
                frame.putClipped(
                        9, 0, Math.max(0, end - called - 9), name, theme.paint(Role.TITLE));
        after = session(frame, after, end - called, model, theme);
        String folder = TerminalText.plain(model.place().workspace().toString());
        int room = end - after - 2 - called;
        if (room >= CellWidth.width(folder)) {
            after = frame.put(after + 2, 0, room, folder, theme.paint(Role.DIM));
        }
        if (!calls.isEmpty()) {
            frame.put(after + 2, 0, end - after - 2, calls, theme.paint(Role.ATTENTION));
        }
        new Machine(frame, model, theme).draw();
    }

    /** How many agents wait for somebody. */
    private static String attention(int count, boolean words) {
        String verb = count == 1 ? " waits for you" : " wait for you";
        return count == 0 ? "" : AgentCells.ATTENTION + " " + count + (words ? verb : "");
    }

    /**
     * Draws the name of the workspace's set of tasks, where it has one; returns where that ends.
     */
    private static int session(Frame frame, int x, int end, Model model, Theme theme) {
        String session = TerminalText.plain(model.scope().session());
        if (session.isEmpty() || end - x < 6) {
            return x;
        }
        int at = frame.put(x, 0, 3, " · ", theme.paint(Role.DIM));
        return frame.putClipped(at, 0, end - at, session, theme.paint(Role.PROMPT));
    }

    private record Piece(String text, Role role) {}

    /**
     * Draws the counts against the right edge, with words where nothing left of them is lost by
     * that; returns the column where they begin.
     */
    private static int counts(
            Frame frame, int from, Map<Phase, Integer> counts, int elsewhere, Theme theme) {
        List<Piece> pieces = pieces(counts, elsewhere, true);
        if (length(pieces) > frame.width() - 1 - from) {
            pieces = pieces(counts, elsewhere, false);
        }
        while (length(pieces) > frame.width() - 12 && !pieces.isEmpty()) {
            pieces = pieces.subList(0, pieces.size() - 1);
        }
        int start = frame.width() - 1 - length(pieces);
        int at = start;
        for (Piece piece : pieces) {
            at = frame.put(at, 0, frame.width() - at, piece.text(), theme.paint(piece.role())) + 2;
        }
        return start;
    }

    private static List<Piece> pieces(Map<Phase, Integer> counts, int elsewhere, boolean words) {
        List<Piece> pieces = new ArrayList<>();
        for (Phase phase : ORDER) {
            int count = counts.getOrDefault(phase, 0);
            if (count > 0) {
                String text = Symbols.of(phase) + " " + count + (words ? " " + phase.word() : "");
                pieces.add(new Piece(text, Role.of(phase)));
            }
        }
        if (elsewhere > 0) {
            pieces.add(new Piece("+" + elsewhere + (words ? " elsewhere" : ""), Role.DIM));
        }
        return pieces;
    }

    private static int length(List<Piece> pieces) {
        int length = 0;
        for (Piece piece : pieces) {
            length += CellWidth.width(piece.text()) + 2;
        }
        return Math.max(0, length - 2);
    }
}
