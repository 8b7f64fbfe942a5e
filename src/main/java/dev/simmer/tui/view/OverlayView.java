package dev.simmer.tui.view;

import dev.simmer.tui.model.Binding;
import dev.simmer.tui.model.Binding.Section;
import dev.simmer.tui.model.Bindings;
import dev.simmer.tui.model.Mode;
import dev.simmer.tui.model.Model;
import dev.simmer.tui.model.Rect;
import dev.simmer.tui.theme.Role;
import dev.simmer.tui.theme.Theme;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

    /** A line of the help: a heading, or a binding under it; neither for a gap. */
    private record Line(Optional<Section> heading, Optional<Binding> binding) {
        static final Line GAP = new Line(Optional.empty(), Optional.empty());
    }

    private static List<Line> lines(Section... sections) {
        List<Line> lines = new ArrayList<>();
        for (Section section : sections) {
            if (!lines.isEmpty()) {
                lines.add(Line.GAP);
            }
            lines.add(new Line(Optional.of(section), Optional.empty()));
            for (Binding binding : Bindings.TABLE_OF_KEYS) {
                if (binding.section() == section && !binding.help().isEmpty()) {
                    lines.add(new Line(Optional.empty(), Optional.of(binding)));
                }
            }
        }
        return lines;
    }

    private static void help(Frame frame, int top, Theme theme) {
        boolean two = frame.width() >= 2 * HELP_COLUMNS + 4;
        List<List<Line>> columns =
                two
                        ? List.of(
                                lines(Section.TASKS, Section.LOG),
                                lines(Section.SCREEN, Section.MOVING))
                        : List.of(lines(Section.values()));
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
        frame.putRight(x, y, KEY_COLUMNS - 1, binding.shown(), key);
        frame.putClipped(
                x + KEY_COLUMNS,
                y,
                room - KEY_COLUMNS,
                binding.help(),
                theme.paint(Role.TEXT, Role.OVERLAY));
    }
}
