package dev.simmer.tui.view;

import dev.simmer.logs.TerminalText;
import dev.simmer.tui.model.Binding;
import dev.simmer.tui.model.Binding.Section;
import dev.simmer.tui.model.Bindings;
import dev.simmer.tui.model.Model;
import dev.simmer.tui.model.Rect;
import dev.simmer.tui.model.WordRows;
import dev.simmer.tui.theme.Role;
import dev.simmer.tui.theme.Theme;
import java.util.ArrayList;
import java.util.List;

/** Every key that works, made from the table of keys, and what is wrong in the file of keys. */
final class HelpView {
    private static final int TEXT_COLUMNS = 30;
    private static final int MORE_TEXT = 37;
    private static final int FEW_KEYS = 8;
    private static final int MORE_KEYS = 16;
    private static final int LONGEST_MISTAKE = 8;

    private HelpView() {}

    /** A line; only one of its texts is there, and in a gap none. */
    private record Line(String heading, String keys, String text, Role role) {
        static final Line GAP = new Line("", "", "", Role.TEXT);

        static Line heading(String text) {
            return new Line(text, "", "", Role.HEADING);
        }
    }

    static void draw(Frame frame, Model model, int top, Theme theme) {
        int wide = 2 * (MORE_KEYS + MORE_TEXT) + 4;
        int keys = frame.width() >= wide ? MORE_KEYS : FEW_KEYS;
        int each = keys + (keys == MORE_KEYS ? MORE_TEXT : TEXT_COLUMNS);
        List<Section> sections = Bindings.helped(model);
        List<List<Line>> columns = new ArrayList<>();
        if (frame.width() >= 2 * each + 4) {
            columns.add(lines(model, side(sections, true), keys));
            columns.add(lines(model, side(sections, false), keys));
        } else {
            columns.add(lines(model, sections, keys));
        }
        columns.getFirst().addAll(mistakes(model));
        int lines = columns.stream().mapToInt(List::size).max().orElse(0);
        Rect area = OverlayView.centred(frame, columns.size() * each + 4, lines + 2);
        OverlayView.box(frame, area, "Keys", theme);
        int rows = area.height() - 2;
        int first = Math.min(top, Math.max(0, lines - rows));
        for (int c = 0; c < columns.size(); c++) {
            int x = area.x() + 2 + c * each;
            int room = Math.min(each, area.x() + area.width() - 2 - x);
            List<Line> column = columns.get(c);
            for (int row = 0; row < rows && first + row < column.size(); row++) {
                line(frame, x, area.y() + 1 + row, keys, room, column.get(first + row), theme);
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

    private static List<Section> side(List<Section> sections, boolean left) {
        return sections.stream()
                .filter(each -> left == (each == Section.TASKS || each == Section.LOG))
                .toList();
    }

    private static List<Line> lines(Model model, List<Section> sections, int keys) {
        List<Line> lines = new ArrayList<>();
        for (Section section : sections) {
            if (!lines.isEmpty()) {
                lines.add(Line.GAP);
            }
            lines.add(Line.heading(section.title()));
            for (Binding binding : model.keymap().bindings()) {
                if (binding.section() == section
                        && !binding.help().isEmpty()
                        && !binding.keys().isEmpty()) {
                    lines.add(new Line("", binding.shown(keys - 1), binding.help(), Role.TEXT));
                }
            }
        }
        return lines;
    }

    private static List<Line> mistakes(Model model) {
        List<Line> lines = new ArrayList<>();
        if (model.keymap().mistakes().isEmpty()) {
            return lines;
        }
        lines.add(Line.GAP);
        lines.add(Line.heading("Left out"));
        for (String mistake : model.keymap().mistakes()) {
            String words = TerminalText.plain(mistake);
            for (String row : WordRows.of(words, TEXT_COLUMNS - 1, LONGEST_MISTAKE)) {
                lines.add(new Line("", "", row, Role.WRONG));
            }
        }
        return lines;
    }

    private static void line(
            Frame frame, int x, int y, int keys, int room, Line line, Theme theme) {
        boolean heading = !line.heading().isEmpty();
        frame.putRight(x, y, keys - 1, line.keys(), theme.paint(Role.KEY, Role.OVERLAY));
        frame.putClipped(
                x + keys,
                y,
                room - keys,
                heading ? line.heading() : line.text(),
                theme.paint(line.role(), Role.OVERLAY));
    }
}
