package dev.simmer.tui.view;

import dev.simmer.tui.model.Layout;
import dev.simmer.tui.model.Model;
import dev.simmer.tui.model.PaneBox;
import dev.simmer.tui.model.Rect;
import dev.simmer.tui.theme.Role;
import dev.simmer.tui.theme.Theme;
import java.util.List;

/** Draws the dashboard. Pure: the same model and theme give the same frame. */
public final class View {
    private View() {}

    /** The screen that shows a model; it has the model's columns and rows. */
    public static Frame render(Model model, Theme theme) {
        Frame frame = new Frame(model.columns(), model.rows(), theme.paint(Role.TEXT));
        Layout layout = model.layout();
        if (layout.tooSmall()) {
            tooSmall(frame, theme);
            return frame;
        }
        HeaderView.draw(frame, model, theme);
        band(frame, layout.band(), model, theme);
        switch (model.sights().shown()) {
            case TASKS -> tasks(frame, layout, model, theme);
            case TIMELINE -> TimelineView.draw(frame, model, theme);
            case NEEDS -> NeedsView.draw(frame, model, theme);
        }
        NoticeView.draw(frame, layout, model, theme);
        FooterView.draw(frame, model, theme);
        OverlayView.draw(frame, model, theme);
        return frame;
    }

    private static void tasks(Frame frame, Layout layout, Model model, Theme theme) {
        layout.table().ifPresent(box -> TableView.draw(frame, box, model, theme));
        layout.details().ifPresent(box -> DetailsView.panel(frame, box, model, theme));
        for (PaneBox box : layout.logs()) {
            LogView.draw(frame, box, model, theme);
        }
    }

    /** A band over the whole width that cannot be overlooked; the table stays where it is. */
    private static void band(Frame frame, Rect band, Model model, Theme theme) {
        Layout.Band told = Layout.band(model);
        long paint = theme.paint(told.failure() ? Role.TOAST_ERROR : Role.TOAST);
        frame.fill(band, " ", paint);
        for (int i = 0; i < band.height(); i++) {
            int x = i == 0 ? 1 : 3;
            frame.putClipped(x, band.y() + i, band.width() - 1 - x, told.rows().get(i), paint);
        }
    }

    private static void tooSmall(Frame frame, Theme theme) {
        String needs = Layout.LEAST_COLUMNS + "x" + Layout.LEAST_ROWS;
        String here = frame.width() + "x" + frame.height();
        List<List<String>> ways =
                List.of(
                        List.of("Simmer needs " + needs + ", here are " + here),
                        List.of("Simmer needs " + needs + ",", "here are " + here),
                        List.of("Simmer needs", needs + ",", "here are", here),
                        List.of("needs", needs),
                        List.of(needs));
        List<String> rows =
                ways.stream().filter(way -> fits(frame, way)).findFirst().orElse(List.of(needs));
        int y = Math.max(0, (frame.height() + 1 - rows.size()) / 2);
        for (String row : rows) {
            int column = Math.max(0, (frame.width() - row.length()) / 2);
            frame.put(column, y++, frame.width(), row, theme.paint(Role.TEXT));
        }
    }

    private static boolean fits(Frame frame, List<String> rows) {
        return rows.size() <= frame.height()
                && rows.stream().allMatch(row -> row.length() <= frame.width());
    }
}
