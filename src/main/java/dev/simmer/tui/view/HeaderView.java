package dev.simmer.tui.view;

import dev.simmer.logs.CellWidth;
import dev.simmer.logs.TerminalText;
import dev.simmer.model.ByteSize;
import dev.simmer.model.HostView;
import dev.simmer.model.Phase;
import dev.simmer.model.TaskView;
import dev.simmer.tui.model.AgentWords;
import dev.simmer.tui.model.Model;
import dev.simmer.tui.theme.Role;
import dev.simmer.tui.theme.Theme;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The two rows at the top: where we are and how many tasks there are; the host. */
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

    private static final int LARGEST_GAUGE = 48;
    private static final int LEAST_GAUGE = 8;

    private HeaderView() {}

    static void draw(Frame frame, Model model, Theme theme) {
        String brand = "simmer";
        frame.put(1, 0, brand.length(), brand, theme.paint(Role.BRAND));
        int countsAt = counts(frame, model, theme);
        String name = TerminalText.plain(model.place().name());
        int after =
                frame.putClipped(9, 0, Math.max(0, countsAt - 11), name, theme.paint(Role.TITLE));
        after = session(frame, after, countsAt - 2, model, theme);
        String folder = TerminalText.plain(model.place().workspace().toString());
        int room = countsAt - after - 4;
        if (room >= CellWidth.width(folder)) {
            frame.put(after + 2, 0, room, folder, theme.paint(Role.DIM));
        }
        host(frame, model.snapshot().host(), theme);
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

    /** Draws the counts against the right edge; returns the column where they begin. */
    private static int counts(Frame frame, Model model, Theme theme) {
        Map<Phase, Integer> counts = new EnumMap<>(Phase.class);
        int waiting = 0;
        for (TaskView task : model.scope().tasks()) {
            counts.merge(task.phase(), 1, Integer::sum);
            waiting += AgentWords.wantsAttention(task) ? 1 : 0;
        }
        int elsewhere = model.scope().elsewhere();
        int room = frame.width() - 2 - 9 - 12;
        List<Piece> pieces = attention(waiting, true);
        pieces.addAll(pieces(counts, elsewhere, true));
        if (length(pieces) > room) {
            pieces = attention(waiting, true);
            pieces.addAll(pieces(counts, elsewhere, false));
        }
        if (length(pieces) > room) {
            pieces = attention(waiting, false);
            pieces.addAll(pieces(counts, elsewhere, false));
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

    /** How many agents wait for somebody. */
    private static List<Piece> attention(int count, boolean words) {
        List<Piece> pieces = new ArrayList<>();
        if (count > 0) {
            String verb = count == 1 ? " waits for you" : " wait for you";
            String text = AgentCells.ATTENTION + " " + count + (words ? verb : "");
            pieces.add(new Piece(text, Role.ATTENTION));
        }
        return pieces;
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

    /** A share of the memory: what stands for it in the gauge, and what it is. */
    private record Share(String symbol, long bytes, String word, Role role) {
        String figure() {
            return symbol + " " + ByteSize.compact(bytes);
        }

        int width(boolean words) {
            return figure().length() + (words ? 1 + word.length() : 0) + 2;
        }
    }

    private static void host(Frame frame, HostView host, Theme theme) {
        frame.put(1, 1, 3, "mem", theme.paint(Role.DIM));
        if (!host.known()) {
            frame.put(5, 1, frame.width() - 6, "not measured yet", theme.paint(Role.DIM));
            return;
        }
        List<Share> shares =
                List.of(
                        new Share("█", host.usedBytes(), "used", Role.GAUGE_USED),
                        new Share("▒", host.heldBytes(), "held", Role.GAUGE_HELD),
                        new Share("░", host.reserveBytes(), "reserve", Role.GAUGE_RESERVE));
        String total = "of " + ByteSize.compact(host.totalBytes());
        int right = frame.width() - 1 - loadWidth(frame.width(), host);
        int room = right - 5 - 2;
        boolean words = room - legendWidth(shares, total, true) >= LEAST_GAUGE;
        int free = room - legendWidth(shares, total, words);
        int cells = Math.clamp(free, LEAST_GAUGE, LARGEST_GAUGE);
        gauge(frame, 5, cells, host, theme);
        int at = 5 + cells + 2;
        for (Share share : shares) {
            at = frame.put(at, 1, frame.width() - at, share.figure(), theme.paint(share.role()));
            if (words) {
                at = frame.put(at + 1, 1, frame.width() - at, share.word(), theme.paint(Role.DIM));
            }
            at += 2;
        }
        if (at + total.length() < frame.width()) {
            at = frame.put(at, 1, total.length(), total, theme.paint(Role.DIM));
        }
        if (right > at) {
            load(frame, right, host, theme);
        }
    }

    private static int legendWidth(List<Share> shares, String total, boolean words) {
        int width = total.length() + 2;
        for (Share share : shares) {
            width += share.width(words);
        }
        return width;
    }

    private static int cpuBar(int width) {
        return width >= 110 ? 12 : width >= 96 ? 6 : 0;
    }

    private static String loadText(int width, HostView host) {
        boolean shown = host.load1() >= 0 && width >= 110;
        return shown ? String.format(Locale.ROOT, "  load %.2f", host.load1()) : "";
    }

    private static int loadWidth(int width, HostView host) {
        int bar = cpuBar(width);
        return 4 + (bar == 0 ? 0 : bar + 1) + 4 + loadText(width, host).length();
    }

    private static void load(Frame frame, int x, HostView host, Theme theme) {
        int at = frame.put(x, 1, 4, "cpu ", theme.paint(Role.DIM));
        int bar = cpuBar(frame.width());
        int full = cells(host.cpu(), bar);
        for (int i = 0; i < bar; i++) {
            boolean on = i < full;
            long paint = theme.paint(on ? Role.GAUGE_CPU : Role.GAUGE_FREE);
            frame.set(at + i, 1, on ? "█" : "·", 1, paint);
        }
        at += bar == 0 ? 0 : bar + 1;
        String share = String.format(Locale.ROOT, "%d%%", Math.round(100 * host.cpu()));
        frame.putRight(at, 1, 4, share, theme.paint(Role.TEXT));
        String load = loadText(frame.width(), host);
        frame.put(at + 4, 1, load.length(), load, theme.paint(Role.DIM));
    }

    private static void gauge(Frame frame, int x, int cells, HostView host, Theme theme) {
        double total = Math.max(1, host.totalBytes());
        int used = cells(host.usedBytes() / total, cells);
        int held =
                Math.min(
                        cells - used,
                        cells((host.usedBytes() + host.heldBytes()) / total, cells) - used);
        int reserve = Math.min(cells - used - held, cells(host.reserveBytes() / total, cells));
        for (int i = 0; i < cells; i++) {
            if (i < used) {
                frame.set(x + i, 1, "█", 1, theme.paint(Role.GAUGE_USED));
            } else if (i < used + held) {
                frame.set(x + i, 1, "▒", 1, theme.paint(Role.GAUGE_HELD));
            } else if (i >= cells - reserve) {
                frame.set(x + i, 1, "░", 1, theme.paint(Role.GAUGE_RESERVE));
            } else {
                frame.set(x + i, 1, "·", 1, theme.paint(Role.GAUGE_FREE));
            }
        }
    }

    private static int cells(double share, int cells) {
        return Math.clamp(Math.round(share * cells), 0, cells);
    }
}
