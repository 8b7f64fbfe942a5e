package dev.simmer.tui.view;

import dev.simmer.logs.CellWidth;
import dev.simmer.tui.model.Layout;
import dev.simmer.tui.model.Model;
import dev.simmer.tui.model.Notice;
import dev.simmer.tui.model.PaneBox;
import dev.simmer.tui.model.Rect;
import dev.simmer.tui.model.WordRows;
import dev.simmer.tui.theme.Role;
import dev.simmer.tui.theme.Theme;
import java.util.List;

/** What the user is told of without having asked, in the top right corner of the first log. */
final class NoticeView {
    private static final int WIDEST = 52;
    private static final int MOST_ROWS = 2;

    private NoticeView() {}

    static void draw(Frame frame, Layout layout, Model model, Theme theme) {
        if (model.notices().shown().isEmpty()) {
            return;
        }
        Rect box =
                layout.logs().isEmpty()
                        ? layout.table().orElse(layout.footer())
                        : corner(layout.logs());
        int room = Math.min(WIDEST, box.width() - 6);
        int y = box.y() + 1;
        int end = box.y() + box.height() - 1;
        for (Notice notice : model.notices().shown().reversed()) {
            List<String> rows = WordRows.of(symbol(notice) + notice.words(), room, MOST_ROWS);
            if (y + rows.size() > end) {
                return;
            }
            // The last row holds all that is left.
            int wide = Math.min(room, rows.stream().mapToInt(CellWidth::width).max().orElse(0));
            int x = box.x() + box.width() - 4 - wide;
            long paint = theme.paint(role(notice.event()));
            frame.fill(new Rect(x, y, wide + 2, rows.size()), " ", paint);
            for (String row : rows) {
                frame.putClipped(x + 1, y++, wide, row, paint);
            }
        }
    }

    /** The box that reaches furthest to the top right. */
    private static Rect corner(List<PaneBox> logs) {
        Rect best = logs.getFirst().box();
        for (PaneBox each : logs) {
            Rect box = each.box();
            if (box.y() == best.y() && box.x() > best.x()) {
                best = box;
            }
        }
        return best;
    }

    private static String symbol(Notice notice) {
        return switch (notice.event()) {
            case FAILED, DIED -> "✗ ";
            case WAITS -> "⚑ ";
            case ENDED -> "✓ ";
        };
    }

    private static Role role(Notice.Event event) {
        return switch (event) {
            case FAILED, DIED -> Role.TOAST_ERROR;
            case WAITS -> Role.TOAST_WARNING;
            case ENDED -> Role.TOAST_GOOD;
        };
    }
}
