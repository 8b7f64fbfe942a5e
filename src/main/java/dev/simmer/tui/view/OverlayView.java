package dev.simmer.tui.view;

import dev.simmer.logs.TerminalText;
import dev.simmer.model.Explanation;
import dev.simmer.tui.model.Binding;
import dev.simmer.tui.model.Binding.Section;
import dev.simmer.tui.model.Bindings;
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

/** Help, questions and refusals, drawn over the rest. */
final class OverlayView {
    private static final int KEY_COLUMNS = 8;
    private static final int HELP_COLUMNS = 38;
    private static final int WIDEST_BOX = 96;
    private static final int EXPLAINED_COLUMNS = 11;
    private static final int LONGEST_EXPLAINED = 4;

    private OverlayView() {}

    static void draw(Frame frame, Model model, Theme theme) {
        switch (model.mode()) {
            case Mode.Help(int top) -> help(frame, model, top, theme);
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
            case Mode.Normal _, Mode.Filter _, Mode.OfLog _, Mode.Rename _ -> {}
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

    /** A line of the help: a heading, or a binding under it; neither for a gap. */
    private record Line(Optional<Section> heading, Optional<Binding> binding) {
        static final Line GAP = new Line(Optional.empty(), Optional.empty());
    }

    private static List<Line> lines(Model model, List<Section> sections) {
        List<Line> lines = new ArrayList<>();
        for (Section section : sections) {
            if (!lines.isEmpty()) {
                lines.add(Line.GAP);
            }
            lines.add(new Line(Optional.of(section), Optional.empty()));
            for (Binding binding : model.keymap().bindings()) {
                if (binding.section() == section
                        && !binding.help().isEmpty()
                        && !binding.keys().isEmpty()) {
                    lines.add(new Line(Optional.empty(), Optional.of(binding)));
                }
            }
        }
        return lines;
    }

    private static List<Section> side(List<Section> sections, boolean left) {
        return sections.stream()
                .filter(each -> left == (each == Section.TASKS || each == Section.LOG))
                .toList();
    }

    private static void help(Frame frame, Model model, int top, Theme theme) {
        List<Section> sections = Bindings.helped(model);
        boolean two = frame.width() >= 2 * HELP_COLUMNS + 4;
        List<List<Line>> columns =
                two
                        ? List.of(
                                lines(model, side(sections, true)),
                                lines(model, side(sections, false)))
                        : List.of(lines(model, sections));
        int lines = columns.stream().mapToInt(List::size).max().orElse(0);
        Rect area = centred(frame, columns.size() * HELP_COLUMNS + 4, lines + 2);
        box(frame, area, "Keys", theme);
        int rows = area.height() - 2;
        int first = Math.min(top, Math.max(0, lines - rows));
        for (int c = 0; c < columns.size(); c++) {
            int x = area.x() + 2 + c * HELP_COLUMNS;
            int room = Math.min(HELP_COLUMNS, area.x() + area.width() - 2 - x);
            List<Line> column = columns.get(c);
            for (int row = 0; row < rows && first + row < column.size(); row++) {
                line(frame, x, area.y() + 1 + row, room, column.get(first + row), theme);
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

    private static void line(Frame frame, int x, int y, int room, Line line, Theme theme) {
        line.heading()
                .ifPresent(section -> {
                    long paint = theme.paint(Role.HEADING, Role.OVERLAY);
                    int at = x + KEY_COLUMNS;
                    frame.putClipped(at, y, room - KEY_COLUMNS, section.title(), paint);
                });
        line.binding().ifPresent(binding -> entry(frame, x, y, room, binding, theme));
    }

    private static void entry(Frame frame, int x, int y, int room, Binding binding, Theme theme) {
        long key = theme.paint(Role.KEY, Role.OVERLAY);
        frame.putRight(x, y, KEY_COLUMNS - 1, binding.shown(KEY_COLUMNS - 1), key);
        frame.putClipped(
                x + KEY_COLUMNS,
                y,
                room - KEY_COLUMNS,
                binding.help(),
                theme.paint(Role.TEXT, Role.OVERLAY));
    }
}
