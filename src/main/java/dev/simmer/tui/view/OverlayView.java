package dev.simmer.tui.view;

import dev.simmer.logs.TerminalText;
import dev.simmer.model.Explanation;
import dev.simmer.tui.model.Dialog;
import dev.simmer.tui.model.LineEdit;
import dev.simmer.tui.model.Mode;
import dev.simmer.tui.model.Model;
import dev.simmer.tui.model.Rect;
import dev.simmer.tui.model.WordRows;
import dev.simmer.tui.theme.Role;
import dev.simmer.tui.theme.Theme;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What lies over the rest. */
final class OverlayView {
    private static final int WIDEST_BOX = 96;
    private static final int EXPLAINED_COLUMNS = 11;
    private static final int LONGEST_EXPLAINED = 4;

    private OverlayView() {}

    static void draw(Frame frame, Model model, Theme theme) {
        switch (model.mode()) {
            case Mode.Help(int top) -> HelpView.draw(frame, model, top, theme);
            case Mode.Details(int top) -> DetailsView.overlay(frame, model, top, theme);
            case Mode.Explained(_, Optional<Explanation> why, int top) ->
                    why.ifPresent(answer -> explanation(frame, answer, top, theme));
            case Mode.Themes themes -> ThemeView.draw(frame, model, themes, theme);
            case Mode.Spawn(LineEdit line, _, Optional<String> why) ->
                    why.ifPresentOrElse(
                            words -> refusal(frame, words, line, theme),
                            () -> DialogView.offers(frame, model, line.text(), theme));
            case Mode.Filling(Dialog dialog) -> DialogView.draw(frame, model, dialog, theme);
            case Mode.Palette palette -> PaletteView.draw(frame, model, palette, theme);
            case Mode.Stats(int top) -> StatsView.draw(frame, model, top, theme);
            case Mode.Columns columns -> ColumnsView.draw(frame, model, columns, theme);
            case Mode.Normal _, Mode.Filter _, Mode.OfLog _, Mode.Rename _, Mode.Confirm _ -> {}
        }
    }

    static Rect centred(Frame frame, int width, int height) {
        int columns = Math.min(width, frame.width() - 2);
        int rows = Math.min(height, frame.height() - 2);
        return new Rect((frame.width() - columns) / 2, (frame.height() - rows) / 2, columns, rows);
    }

    static void box(Frame frame, Rect area, String title, Theme theme) {
        frame.fill(area, " ", theme.paint(Role.OVERLAY));
        frame.border(area, theme.paint(Role.BORDER_FOCUS, Role.OVERLAY));
        frame.putClipped(
                area.x() + 2,
                area.y(),
                area.width() - 4,
                " " + title + " ",
                theme.paint(Role.TITLE, Role.OVERLAY));
    }

    private static void explanation(Frame frame, Explanation why, int top, Theme theme) {
        int wide = Math.min(WIDEST_BOX, frame.width() - 2);
        int inside = wide - 4 - EXPLAINED_COLUMNS;
        List<Explanation.Line> rows = new ArrayList<>();
        rows(rows, "state", why.standing(), inside);
        why.lines().forEach(line -> rows(rows, line.key(), line.text(), inside));
        Rect area = centred(frame, wide, rows.size() + 2);
        box(frame, area, TerminalText.plain(why.task().name()), theme);
        int shown = Math.min(rows.size(), area.height() - 2);
        int first = Math.min(top, rows.size() - shown);
        if (shown < rows.size()) {
            double count = rows.size();
            frame.scrollbar(
                    area,
                    first / count,
                    (first + shown) / count,
                    theme.paint(Role.BORDER_FOCUS, Role.OVERLAY));
        }
        for (int i = 0; i < shown; i++) {
            Explanation.Line row = rows.get(first + i);
            int y = area.y() + 1 + i;
            long key = theme.paint(Role.KEY, Role.OVERLAY);
            frame.putClipped(area.x() + 2, y, EXPLAINED_COLUMNS, row.key(), key);
            frame.putClipped(
                    area.x() + 2 + EXPLAINED_COLUMNS,
                    y,
                    inside,
                    row.text(),
                    theme.paint(Role.TEXT, Role.OVERLAY));
        }
    }

    private static void rows(List<Explanation.Line> rows, String key, String text, int columns) {
        String title = key;
        for (String each : WordRows.of(TerminalText.plain(text), columns, LONGEST_EXPLAINED)) {
            rows.add(new Explanation.Line(title, each));
            title = "";
        }
    }

    /** Why the command in the prompt was not started, right above it, and the way round. */
    private static void refusal(Frame frame, String why, LineEdit line, Theme theme) {
        String words = TerminalText.plain(why);
        String command = TerminalText.plain(line.text().replace('\n', ' '));
        String round =
                "With a terminal of its own, from a shell: simmer run --tty -- "
                        + command
                        + ". To start it here all the same, put ! in front.";
        int wide = Math.min(WIDEST_BOX, frame.width() - 2);
        List<String> rows = new ArrayList<>(WordRows.of(words, wide - 6, 3));
        int first = rows.size();
        rows.addAll(WordRows.of(round, wide - 6, 4));
        int height = Math.min(rows.size() + 2, frame.height() - 2);
        Rect area = new Rect(1, frame.height() - 1 - height, wide, height);
        box(frame, area, "Not started", theme);
        for (int i = 0; i < height - 2; i++) {
            Role role = i < first ? Role.TEXT : Role.KEY_LABEL;
            long paint = theme.paint(role, Role.OVERLAY);
            frame.putClipped(area.x() + 3, area.y() + 1 + i, wide - 6, rows.get(i), paint);
        }
    }
}
