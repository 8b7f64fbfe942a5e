package dev.simmer.tui.view;

import dev.simmer.logs.TerminalText;
import dev.simmer.model.ByteSize;
import dev.simmer.model.TaskView;
import dev.simmer.tui.model.Details;
import dev.simmer.tui.model.DetailsRoom;
import dev.simmer.tui.model.History;
import dev.simmer.tui.model.Model;
import dev.simmer.tui.model.Rect;
import dev.simmer.tui.theme.Role;
import dev.simmer.tui.theme.Theme;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All that is known of the selected task, in a panel or over all. */
final class DetailsView {
    private static final int LARGEST_GRAPH = 40;

    private DetailsView() {}

    /** Below the table, where there is room. */
    static void panel(Frame frame, Rect box, Model model, Theme theme) {
        frame.border(box, theme.paint(Role.BORDER));
        Optional<TaskView> task = model.selected();
        String name = task.map(each -> TerminalText.plain(each.name())).orElse("");
        frame.putClipped(
                box.x() + 2,
                box.y(),
                box.width() - 4,
                " " + name + ": details ",
                theme.paint(Role.TITLE));
        List<Details.Row> rows = rows(model, box.width() - 4 - DetailsRoom.KEY);
        draw(frame, box, rows, 0, theme, Role.TEXT);
    }

    /** Over all. */
    static void overlay(Frame frame, Model model, int top, Theme theme) {
        int inside = DetailsRoom.inside(model);
        List<Details.Row> rows = rows(model, inside);
        int width = Math.min(inside + 4 + DetailsRoom.KEY, frame.width() - 2);
        int height = Math.min(rows.size() + 2, frame.height() - 2);
        int x = (frame.width() - width) / 2;
        Rect box = new Rect(x, (frame.height() - height) / 2, width, height);
        String name = model.selected().map(each -> TerminalText.plain(each.name())).orElse("");
        OverlayView.box(frame, box, name, theme);
        draw(frame, box, rows, top, theme, Role.OVERLAY);
    }

    /** The words, and under how the task stands what it used lately. */
    private static List<Details.Row> rows(Model model, int columns) {
        List<Details.Row> rows = new ArrayList<>(Details.rows(model, columns));
        model.selected()
                .filter(task -> task.phase().active())
                .ifPresent(task -> {
                    int at = 1;
                    while (at < rows.size() && rows.get(at).key().isEmpty()) {
                        at++;
                    }
                    rows.addAll(Math.min(at, rows.size()), graphs(model, task, columns));
                });
        return rows;
    }

    private static List<Details.Row> graphs(Model model, TaskView task, int columns) {
        int cells = Math.min(LARGEST_GRAPH, columns - 16);
        if (cells < 4) {
            return List.of();
        }
        History history = model.sights().history();
        int samples = cells * Braille.SAMPLES;
        float[] rss = history.memory(task.id(), samples, Machine.SPAN);
        float[] cpu = history.cpu(task.id(), samples, Machine.SPAN);
        String memory = Braille.line(rss, Braille.top(rss, (double) task.expected().bytes()));
        String busy = Braille.line(cpu, Braille.top(cpu, 1));
        return List.of(
                new Details.Row("2 minutes", memory + " mem " + ByteSize.compact(task.rssBytes())),
                new Details.Row(" ", busy + " cpu " + Math.round(100 * task.cpu()) + "%"));
    }

    private static void draw(
            Frame frame, Rect box, List<Details.Row> rows, int top, Theme theme, Role ground) {
        int shown = Math.min(rows.size(), box.height() - 2);
        int first = Math.clamp(top, 0, rows.size() - shown);
        int x = box.x() + 2;
        int room = box.width() - 4 - DetailsRoom.KEY;
        for (int i = 0; i < shown; i++) {
            Details.Row row = rows.get(first + i);
            int y = box.y() + 1 + i;
            frame.putClipped(x, y, DetailsRoom.KEY, row.key(), theme.paint(Role.KEY, ground));
            int at = x + DetailsRoom.KEY;
            frame.putClipped(at, y, room, row.text(), theme.paint(Role.TEXT, ground));
        }
        if (shown < rows.size()) {
            double count = rows.size();
            frame.scrollbar(
                    box,
                    first / count,
                    (first + shown) / count,
                    theme.paint(Role.BORDER_FOCUS, ground));
        }
    }
}
