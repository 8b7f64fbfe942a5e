package dev.simmer.tui.view;

import dev.simmer.logs.TerminalText;
import dev.simmer.tui.model.Fuzzy;
import dev.simmer.tui.model.Mode;
import dev.simmer.tui.model.Model;
import dev.simmer.tui.model.Palette;
import dev.simmer.tui.model.Rect;
import dev.simmer.tui.theme.Role;
import dev.simmer.tui.theme.Theme;
import java.util.List;

/** The palette: what is typed, what is wrong with it, and what there is to choose. */
final class PaletteView {
    private static final int COLUMNS = 76;
    private static final int ENTRIES = 14;
    private static final int KEY_COLUMNS = 8;

    private PaletteView() {}

    static void draw(Frame frame, Model model, Mode.Palette palette, Theme theme) {
        List<Palette.Entry> entries = Palette.entries(model, palette.line().text());
        int width = Math.min(COLUMNS, frame.width() - 2);
        int height = Math.min(ENTRIES + 4, frame.height() - 3);
        if (width < 10 || height < 4) {
            return;
        }
        Rect area = new Rect((frame.width() - width) / 2, 1, width, height);
        OverlayView.box(frame, area, "Do", theme);
        int y = area.y() + 1;
        int x = frame.put(area.x() + 2, y, 2, "❯ ", theme.paint(Role.PROMPT, Role.OVERLAY));
        int room = area.x() + width - 2 - x;
        FieldView.draw(frame, x, y, room, palette.line(), theme.paint(Role.INPUT, Role.OVERLAY));
        frame.rule(area, y + 1, theme.paint(Role.BORDER_FOCUS, Role.OVERLAY));
        palette.wrong()
                .ifPresent(why -> {
                    String words = " " + TerminalText.plain(why) + " ";
                    long paint = theme.paint(Role.TOAST_ERROR, Role.OVERLAY);
                    frame.putClipped(area.x() + 2, y + 1, width - 4, words, paint);
                });
        list(frame, new Rect(area.x(), y + 1, width, height - 2), palette, entries, theme);
    }

    private static void list(
            Frame frame, Rect area, Mode.Palette palette, List<Palette.Entry> all, Theme theme) {
        int rows = area.height() - 2;
        int chosen = Math.clamp(palette.chosen(), 0, Math.max(0, all.size() - 1));
        int first = Math.clamp(chosen - rows / 2, 0, Math.max(0, all.size() - rows));
        for (int i = 0; i < rows && first + i < all.size(); i++) {
            boolean here = first + i == chosen;
            Rect row = new Rect(area.x() + 1, area.y() + 1 + i, area.width() - 2, 1);
            entry(frame, row, all.get(first + i), here, theme);
        }
        if (all.isEmpty()) {
            String none = "nothing like this";
            long paint = theme.paint(Role.DIM, Role.OVERLAY);
            frame.putClipped(area.x() + 4, area.y() + 1, area.width() - 6, none, paint);
        }
        if (all.size() > rows) {
            double count = all.size();
            frame.scrollbar(
                    area,
                    first / count,
                    (first + rows) / count,
                    theme.paint(Role.BORDER_FOCUS, Role.OVERLAY));
        }
    }

    private static void entry(
            Frame frame, Rect row, Palette.Entry entry, boolean chosen, Theme theme) {
        Role under = chosen ? Role.SELECTION : Role.OVERLAY;
        frame.fill(row, " ", theme.paint(under));
        int x = row.x() + 1;
        frame.putRight(x, row.y(), KEY_COLUMNS - 1, entry.key(), theme.paint(Role.KEY, under));
        x += KEY_COLUMNS;
        int end = row.x() + row.width() - 1;
        int at = 0;
        for (Fuzzy.Span span : entry.spans()) {
            x =
                    piece(
                            frame,
                            x,
                            row.y(),
                            end,
                            entry.text(),
                            at,
                            span.from(),
                            Role.TEXT,
                            under,
                            theme);
            x =
                    piece(
                            frame,
                            x,
                            row.y(),
                            end,
                            entry.text(),
                            span.from(),
                            span.to(),
                            Role.PICKED,
                            under,
                            theme);
            at = span.to();
        }
        String rest = TerminalText.plain(entry.text().substring(at));
        frame.putClipped(x, row.y(), end - x, rest, theme.paint(Role.TEXT, under));
    }

    private static int piece(
            Frame frame,
            int x,
            int y,
            int end,
            String text,
            int from,
            int to,
            Role role,
            Role under,
            Theme theme) {
        String plain = TerminalText.plain(text.substring(from, to));
        return frame.put(x, y, Math.max(0, end - x), plain, theme.paint(role, under));
    }
}
