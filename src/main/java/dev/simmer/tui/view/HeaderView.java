package dev.simmer.tui.view;

import dev.simmer.logs.CellWidth;
import dev.simmer.logs.TerminalText;
import dev.simmer.model.ByteSize;
import dev.simmer.model.HostView;
import dev.simmer.model.Phase;
import dev.simmer.model.TaskView;
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
        String folder = TerminalText.plain(model.place().workspace().toString());
        int room = countsAt - after - 4;
        if (room >= CellWidth.width(folder)) {
            frame.put(after + 2, 0, room, folder, theme.paint(Role.DIM));
        }
        host(frame, model.snapshot().host(), theme);
    }

    private record Piece(String text, Role role) {}

    /** Draws the counts against the right edge; returns the column where they begin. */
    private static int counts(Frame frame, Model model, Theme theme) {
        Map<Phase, Integer> counts = new EnumMap<>(Phase.class);
        for (TaskView task : model.snapshot().tasks()) {
            counts.merge(task.phase(), 1, Integer::sum);
        }
        List<Piece> pieces = pieces(counts, true);
        int room = frame.width() - 2 - 9 - 12;
        if (length(pieces) > room) {
            pieces = pieces(counts, false);
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

    private static List<Piece> pieces(Map<Phase, Integer> counts, boolean words) {
        List<Piece> pieces = new ArrayList<>();
        for (Phase phase : ORDER) {
            int count = counts.getOrDefault(phase, 0);
            if (count > 0) {
                String text = Symbols.of(phase) + " " + count + (words ? " " + phase.word() : "");
                pieces.add(new Piece(text, Role.of(phase)));
            }
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

    private static void host(Frame frame, HostView host, Theme theme) {
        frame.put(1, 1, 3, "mem", theme.paint(Role.DIM));
        if (!host.known()) {
            frame.put(5, 1, frame.width() - 6, "not measured yet", theme.paint(Role.DIM));
            return;
        }
        List<Piece> legend =
                List.of(
                        new Piece("█ " + ByteSize.compact(host.usedBytes()), Role.GAUGE_USED),
                        new Piece("used", Role.DIM),
                        new Piece("▒ " + ByteSize.compact(host.heldBytes()), Role.GAUGE_HELD),
                        new Piece("held", Role.DIM),
                        new Piece("░ " + ByteSize.compact(host.reserveBytes()), Role.GAUGE_RESERVE),
                        new Piece("reserve", Role.DIM),
                        new Piece("of " + ByteSize.compact(host.totalBytes()), Role.DIM));
        String cpu = String.format(Locale.ROOT, "%d%%", Math.round(100 * host.cpu()));
        int cpuBar = frame.width() >= 110 ? 12 : frame.width() >= 96 ? 6 : 0;
        int cpuWidth = 4 + (cpuBar == 0 ? 0 : cpuBar + 1) + 4;
        String load = String.format(Locale.ROOT, "load %.2f", host.load1());
        boolean showLoad = host.load1() >= 0 && frame.width() >= 110;
        int right = cpuWidth + (showLoad ? load.length() + 2 : 0);
        int legendWidth = legendWidth(legend, true);
        boolean words = frame.width() - 5 - right - 4 - legendWidth >= LEAST_GAUGE;
        if (!words) {
            legendWidth = legendWidth(legend, false);
        }
        int free = frame.width() - 5 - right - 5 - legendWidth;
        int gauge = Math.clamp(free, LEAST_GAUGE, LARGEST_GAUGE);
        gauge(frame, 5, gauge, host, theme);
        int at = 5 + gauge + 1;
        for (Piece piece : legend) {
            if (piece.role() != Role.DIM || words || piece.text().startsWith("of")) {
                int gap =
                        piece.text().startsWith("used")
                                        || piece.text().equals("held")
                                        || piece.text().equals("reserve")
                                ? 0
                                : 1;
                at += gap;
                at = frame.put(at, 1, frame.width() - at, piece.text(), theme.paint(piece.role()));
                at += words || gap == 1 ? 1 : 0;
            }
        }
        int cpuAt = frame.width() - 1 - right;
        if (cpuAt > at) {
            cpu(frame, cpuAt, cpuBar, host, cpu, theme);
            if (showLoad) {
                frame.putRight(
                        frame.width() - 1 - load.length(),
                        1,
                        load.length(),
                        load,
                        theme.paint(Role.DIM));
            }
        }
    }

    private static int legendWidth(List<Piece> legend, boolean words) {
        int width = 0;
        for (Piece piece : legend) {
            boolean word = piece.role() == Role.DIM && !piece.text().startsWith("of");
            width += word ? (words ? piece.text().length() + 1 : 0) : piece.text().length() + 2;
        }
        return width;
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

    private static void cpu(Frame frame, int x, int bar, HostView host, String text, Theme theme) {
        int at = frame.put(x, 1, 4, "cpu ", theme.paint(Role.DIM));
        if (bar > 0) {
            int full = cells(host.cpu(), bar);
            for (int i = 0; i < bar; i++) {
                boolean on = i < full;
                Role role = on ? Role.GAUGE_CPU : Role.GAUGE_FREE;
                frame.set(at + i, 1, on ? "█" : "·", 1, theme.paint(role));
            }
            at += bar + 1;
        }
        frame.putRight(at, 1, 4, text, theme.paint(Role.TEXT));
    }
}
