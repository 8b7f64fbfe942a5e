package dev.simmer.tui.view;

import dev.simmer.model.ByteSize;
import dev.simmer.model.HostView;
import dev.simmer.tui.model.Model;
import dev.simmer.tui.theme.Role;
import dev.simmer.tui.theme.Theme;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * The header's row for the machine: a gauge of its memory, the figures, and what it did lately. The
 * parts of the gauge differ by their glyphs too, which stand before the figures.
 *
 * @param frame where it is drawn
 * @param model what is drawn
 * @param theme how
 */
record Machine(Frame frame, Model model, Theme theme) {
    /** What the small graphs show. */
    static final Duration SPAN = Duration.ofMinutes(2);

    private static final int Y = 1;
    private static final int GAUGE_AT = 5;
    private static final int LEAST_GAUGE = 8;
    private static final int LARGEST_GAUGE = 48;
    private static final int LEAST_GRAPH = 4;
    private static final int LARGEST_GRAPH = 30;

    /** From here on there is a graph of the memory too. */
    private static final int TWO_GRAPHS_FROM = 110;

    /** Below, the figures stand closer, so that the graph has room. */
    private static final int WIDE_FROM = 90;

    /** "cpu 100%". */
    private static final int FIGURE = 8;

    /** A share of the memory: what stands for it in the gauge, and what it is. */
    private record Share(String symbol, long bytes, String word, Role role) {
        String figure() {
            return symbol + " " + ByteSize.compact(bytes);
        }

        int width(boolean words) {
            return figure().length() + (words ? 1 + word.length() : 0);
        }
    }

    void draw() {
        HostView host = model.snapshot().host();
        frame.put(1, Y, 3, "mem", theme.paint(Role.DIM));
        if (!host.known()) {
            String words = "not measured yet";
            frame.put(GAUGE_AT, Y, frame.width() - 6, words, theme.paint(Role.DIM));
            return;
        }
        List<Share> shares =
                List.of(
                        new Share("█", host.usedBytes(), "used", Role.GAUGE_USED),
                        new Share("▒", host.heldBytes(), "held", Role.GAUGE_HELD),
                        new Share("░", host.reserveBytes(), "reserve", Role.GAUGE_RESERVE));
        String total = "of " + ByteSize.compact(host.totalBytes());
        boolean two = frame.width() >= TWO_GRAPHS_FROM;
        String load = load(host);
        int figures = (two ? 2 * FIGURE + 2 : FIGURE) + load.length();
        int room = frame.width() - 1 - GAUGE_AT - 2 - figures - 2;
        boolean words = room - legendWidth(shares, total, true) >= LEAST_GAUGE;
        int rest = room - legendWidth(shares, total, words) - LEAST_GAUGE;
        int graph = Math.min(LARGEST_GRAPH, two ? (rest - 2) / 3 : rest - 1);
        graph = graph < LEAST_GRAPH ? 0 : two ? graph : Math.min(graph, 5 + (rest - 6) / 2);
        int graphs = graph == 0 ? 0 : two ? 2 * (graph + 1) : graph + 1;
        int cells = Math.clamp(LEAST_GAUGE + rest - graphs, LEAST_GAUGE, LARGEST_GAUGE);
        gauge(cells, host);
        int at = legend(GAUGE_AT + cells + 2, shares, total, words);
        int right = frame.width() - 1 - figures - graphs;
        if (right > at) {
            graphs(right, graph, two, host, load);
        }
    }

    private int legend(int x, List<Share> shares, String total, boolean words) {
        int at = x;
        for (Share share : shares) {
            at = frame.put(at, Y, frame.width() - at, share.figure(), theme.paint(share.role()));
            if (words) {
                at = frame.put(at + 1, Y, frame.width() - at, share.word(), theme.paint(Role.DIM));
            }
            at += gap();
        }
        return at + total.length() < frame.width()
                ? frame.put(at, Y, total.length(), total, theme.paint(Role.DIM))
                : at;
    }

    private int gap() {
        return frame.width() < WIDE_FROM ? 1 : 2;
    }

    private int legendWidth(List<Share> shares, String total, boolean words) {
        int width = total.length();
        for (Share share : shares) {
            width += share.width(words) + gap();
        }
        return width;
    }

    private String load(HostView host) {
        boolean shown = host.load1() >= 0 && frame.width() >= 140;
        return shown ? String.format(Locale.ROOT, "  load %.2f", host.load1()) : "";
    }

    private void graphs(int x, int cells, boolean two, HostView host, String load) {
        int samples = cells * Braille.SAMPLES;
        float[] cpu = model.sights().history().hostCpu(samples, SPAN);
        int at = graph(x, cells, cpu, "cpu", host.cpu(), Role.GAUGE_CPU);
        at = frame.put(at, Y, load.length(), load, theme.paint(Role.DIM));
        if (two) {
            float[] memory = model.sights().history().hostMemory(samples, SPAN);
            double share = (double) host.usedBytes() / Math.max(1, host.totalBytes());
            graph(at + 2, cells, memory, "mem", share, Role.GAUGE_USED);
        }
    }

    private int graph(int x, int cells, float[] samples, String word, double share, Role role) {
        int at = frame.put(x, Y, cells, Braille.line(samples, 1), theme.paint(role));
        at += cells == 0 ? 0 : 1;
        frame.put(at, Y, word.length(), word, theme.paint(Role.DIM));
        String figure = Math.round(100 * share) + "%";
        frame.put(at + word.length() + 1, Y, FIGURE - 4, figure, theme.paint(Role.TEXT));
        return at + FIGURE;
    }

    private void gauge(int cells, HostView host) {
        double total = Math.max(1, host.totalBytes());
        int used = cells(host.usedBytes() / total, cells);
        int held =
                Math.min(
                        cells - used,
                        cells((host.usedBytes() + host.heldBytes()) / total, cells) - used);
        int reserve = Math.min(cells - used - held, cells(host.reserveBytes() / total, cells));
        for (int i = 0; i < cells; i++) {
            int x = GAUGE_AT + i;
            if (i < used) {
                frame.set(x, Y, "█", 1, theme.paint(Role.GAUGE_USED));
            } else if (i < used + held) {
                frame.set(x, Y, "▒", 1, theme.paint(Role.GAUGE_HELD));
            } else if (i >= cells - reserve) {
                frame.set(x, Y, "░", 1, theme.paint(Role.GAUGE_RESERVE));
            } else {
                frame.set(x, Y, "·", 1, theme.paint(Role.GAUGE_FREE));
            }
        }
    }

    private static int cells(double share, int cells) {
        return Math.clamp(Math.round(share * cells), 0, cells);
    }
}
