package dev.simmer.tui.view;

import dev.simmer.logs.TerminalText;
import dev.simmer.tui.model.Model;
import dev.simmer.tui.model.Rect;
import dev.simmer.tui.model.Totals;
import dev.simmer.tui.model.WordRows;
import dev.simmer.tui.theme.Role;
import dev.simmer.tui.theme.Theme;
import java.util.ArrayList;
import java.util.List;

/** Sums over the tasks, drawn over the rest. */
final class StatsView {
    private static final int COLUMNS = 76;
    private static final int KEY_COLUMNS = 10;
    private static final int LONGEST = 4;

    private StatsView() {}

    static void draw(Frame frame, Model model, int top, Theme theme) {
        int width = Math.min(COLUMNS, frame.width() - 2);
        int inside = width - 4 - KEY_COLUMNS;
        List<Totals.Line> rows = new ArrayList<>();
        for (Totals.Line line : Totals.of(model)) {
            String key = line.key();
            String words = TerminalText.plain(line.text());
            for (String each : WordRows.of(words, Math.max(1, inside), LONGEST)) {
                rows.add(new Totals.Line(key, each));
                key = "";
            }
        }
        Rect area = OverlayView.centred(frame, width, rows.size() + 2);
        OverlayView.box(frame, area, "Sums", theme);
        int shown = Math.min(rows.size(), area.height() - 2);
        int first = Math.min(top, rows.size() - shown);
        for (int i = 0; i < shown; i++) {
            Totals.Line row = rows.get(first + i);
            int y = area.y() + 1 + i;
            long key = theme.paint(Role.KEY, Role.OVERLAY);
            frame.putClipped(area.x() + 2, y, KEY_COLUMNS, row.key(), key);
            int x = area.x() + 2 + KEY_COLUMNS;
            frame.putClipped(x, y, inside, row.text(), theme.paint(Role.TEXT, Role.OVERLAY));
        }
        if (shown < rows.size()) {
            double count = rows.size();
            frame.scrollbar(
                    area,
                    first / count,
                    (first + shown) / count,
                    theme.paint(Role.BORDER_FOCUS, Role.OVERLAY));
        }
    }
}
