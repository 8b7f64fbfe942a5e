package dev.simmer.tui.view;

import dev.simmer.logs.CellWidth;
import dev.simmer.tui.model.Binding;
import dev.simmer.tui.model.Bindings;
import dev.simmer.tui.model.Mode;
import dev.simmer.tui.model.Model;
import dev.simmer.tui.model.Rect;
import dev.simmer.tui.theme.Role;
import dev.simmer.tui.theme.Theme;
import java.util.ArrayList;
import java.util.List;

/** Help and questions, drawn over the rest. */
final class OverlayView {
    private static final int KEY_COLUMNS = 8;
    private static final int HELP_COLUMNS = 38;

    private OverlayView() {}

    static void draw(Frame frame, Model model, Theme theme) {
        switch (model.mode()) {
            case Mode.Help(int top) -> help(frame, top, theme);
            case Mode.Question(String text) -> question(frame, text, theme);
            case Mode.Normal _, Mode.Spawn _, Mode.Filter _, Mode.Search _ -> {}
        }
    }

    private static Rect centred(Frame frame, int width, int height) {
        int columns = Math.min(width, frame.width() - 2);
        int rows = Math.min(height, frame.height() - 2);
        return new Rect((frame.width() - columns) / 2, (frame.height() - rows) / 2, columns, rows);
    }

    private static void box(Frame frame, Rect area, String title, Theme theme) {
        frame.fill(area, " ", theme.paint(Role.OVERLAY));
        frame.border(area, theme.paint(Role.BORDER_FOCUS, Role.OVERLAY));
        frame.putClipped(
                area.x() + 2,
                area.y(),
                area.width() - 4,
                " " + title + " ",
                theme.paint(Role.TITLE, Role.OVERLAY));
    }

    private static void question(Frame frame, String text, Theme theme) {
        Rect area = centred(frame, Math.max(40, text.length() + 6), 6);
        box(frame, area, "Quit", theme);
        int x = area.x() + 3;
        int room = area.width() - 6;
        frame.putClipped(x, area.y() + 2, room, text, theme.paint(Role.TEXT, Role.OVERLAY));
        long key = theme.paint(Role.KEY, Role.OVERLAY);
        long label = theme.paint(Role.KEY_LABEL, Role.OVERLAY);
        int at = x;
        for (String[] each : new String[][] {{"y", "yes"}, {"n", "no"}, {"Esc", "stay here"}}) {
            at = frame.put(at, area.y() + 3, x + room - at, each[0], key) + 1;
            at = frame.put(at, area.y() + 3, x + room - at, each[1], label) + 3;
        }
    }

    private static void help(Frame frame, int top, Theme theme) {
        List<Binding> all = new ArrayList<>();
        for (Binding binding : Bindings.TABLE_OF_KEYS) {
            if (!binding.help().isEmpty()) {
                all.add(binding);
            }
        }
        int across = frame.width() >= 2 * HELP_COLUMNS + 2 ? 2 : 1;
        int lines = (all.size() + across - 1) / across;
        Rect area = centred(frame, across * HELP_COLUMNS + 2, lines + 4);
        box(frame, area, "Keys", theme);
        int rows = area.height() - 4;
        int first = Math.min(top, Math.max(0, lines - rows));
        for (int row = 0; row < rows && first + row < lines; row++) {
            for (int column = 0; column < across; column++) {
                int index = column * lines + first + row;
                if (index < all.size()) {
                    int x = area.x() + 3 + column * HELP_COLUMNS;
                    int room = Math.min(HELP_COLUMNS - 2, area.x() + area.width() - 2 - x);
                    entry(frame, x, area.y() + 2 + row, room, all.get(index), theme);
                }
            }
        }
        if (lines > rows) {
            double count = lines;
            frame.scrollbar(
                    area,
                    first / count,
                    (first + rows) / count,
                    theme.paint(Role.BORDER_FOCUS, Role.OVERLAY));
        }
    }

    private static void entry(Frame frame, int x, int y, int room, Binding binding, Theme theme) {
        int width = CellWidth.width(binding.shown());
        long key = theme.paint(Role.KEY, Role.OVERLAY);
        frame.put(x + Math.max(0, KEY_COLUMNS - 1 - width), y, KEY_COLUMNS, binding.shown(), key);
        frame.putClipped(
                x + KEY_COLUMNS,
                y,
                Math.max(0, room - KEY_COLUMNS),
                binding.help(),
                theme.paint(Role.TEXT, Role.OVERLAY));
    }
}
