package dev.simmer.tui.view;

import dev.simmer.tui.model.Column;
import dev.simmer.tui.model.Mode;
import dev.simmer.tui.model.Model;
import dev.simmer.tui.model.PlacedColumns;
import dev.simmer.tui.model.Rect;
import dev.simmer.tui.model.TableChoice;
import dev.simmer.tui.theme.Role;
import dev.simmer.tui.theme.Theme;
import java.util.List;
import java.util.Locale;

/** The list in which the table's columns are chosen; the table behind it shows what comes of it. */
final class ColumnsView {
    private static final int WIDTH = 62;
    private static final int NAME = 11;
    private static final int HOW = 9;

    private ColumnsView() {}

    static void draw(Frame frame, Model model, Mode.Columns mode, Theme theme) {
        TableChoice choice = model.table().choice();
        List<Column> order = choice.order();
        int width = Math.min(WIDTH, frame.width() - 2);
        int height = Math.min(order.size() + 2, frame.height() - 2);
        Rect area =
                new Rect((frame.width() - width) / 2, (frame.height() - height) / 2, width, height);
        OverlayView.box(frame, area, "Columns, from left to right", theme);
        int rows = height - 2;
        int at = Math.clamp(mode.at(), 0, order.size() - 1);
        int first = Math.clamp(at - rows + 1, 0, Math.max(0, order.size() - rows));
        int inside = model.layout().table().map(box -> box.width() - 4).orElse(frame.width());
        PlacedColumns placed = PlacedColumns.of(model, inside);
        for (int i = 0; i < rows && first + i < order.size(); i++) {
            Column column = order.get(first + i);
            boolean here = first + i == at;
            Role ground = here ? Role.SELECTION : Role.OVERLAY;
            int y = area.y() + 1 + i;
            frame.fill(
                    new Rect(area.x() + 1, y, width - 2, 1), " ", theme.paint(Role.TEXT, ground));
            boolean seen = placed.width(column) > 0;
            row(frame, area.x() + 2, y, width - 4, column, seen, choice, theme, ground);
        }
        if (rows < order.size()) {
            double all = order.size();
            frame.scrollbar(
                    area,
                    first / all,
                    (first + rows) / all,
                    theme.paint(Role.BORDER_FOCUS, Role.OVERLAY));
        }
    }

    private static void row(
            Frame frame,
            int x,
            int y,
            int width,
            Column column,
            boolean seen,
            TableChoice choice,
            Theme theme,
            Role ground) {
        int end = x + width;
        Boolean wish = choice.columns().get(column);
        String box = column.stays() || seen ? "[x] " : "[ ] ";
        int at = frame.put(x, y, width, box, theme.paint(Role.KEY, ground));
        String name = column.heading().toLowerCase(Locale.ROOT);
        String arrow = choice.sort() == column ? (choice.ascending() ? " ↑" : " ↓") : "";
        frame.putClipped(at, y, NAME, name + arrow, theme.paint(Role.TEXT, ground));
        at += NAME + 1;
        String how = column.stays() ? "" : wish == null ? "automatic" : wish ? "always" : "never";
        frame.putClipped(at, y, Math.min(HOW, end - at), how, theme.paint(Role.PROMPT, ground));
        at += HOW + 2;
        frame.putClipped(at, y, end - at, column.meaning(), theme.paint(Role.DIM, ground));
    }
}
