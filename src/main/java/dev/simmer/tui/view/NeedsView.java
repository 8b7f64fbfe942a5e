package dev.simmer.tui.view;

import dev.simmer.logs.CellWidth;
import dev.simmer.logs.TerminalText;
import dev.simmer.model.Phase;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskView;
import dev.simmer.tui.model.AgentWords;
import dev.simmer.tui.model.Model;
import dev.simmer.tui.model.NeedsMap;
import dev.simmer.tui.model.NeedsMap.Place;
import dev.simmer.tui.model.Rect;
import dev.simmer.tui.model.Sights;
import dev.simmer.tui.theme.Role;
import dev.simmer.tui.theme.Theme;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Which task needs which, from left to right in the order in which things can run. */
final class NeedsView {
    /** Columns of the longest name; longer ones are cut. */
    private static final int LONGEST_NAME = 24;

    /** Columns between two names at least, for the lines. */
    private static final int LINE = 6;

    private static final int LEAST_REASON = 12;

    private final Frame frame;
    private final Model model;
    private final Theme theme;
    private final NeedsMap map;
    private final Rect inside;

    /** Where each column of the map begins, and after the last where it ends. */
    private final int[] columns;

    /** The first column and row of the map that are seen. */
    private final int left;

    private final int top;

    private NeedsView(Frame frame, Model model, Theme theme, Rect box) {
        this.frame = frame;
        this.model = model;
        this.theme = theme;
        this.map = model.sights().needs();
        this.inside =
                new Rect(
                        box.x() + 2,
                        box.y() + 1,
                        Math.max(1, box.width() - 4),
                        Math.max(1, box.height() - 2));
        this.columns = columns();
        int at = model.sights().at();
        boolean placed = at >= 0 && at < map.places().size();
        int row = placed ? map.places().get(at).row() : 0;
        int x = placed ? columns[map.places().get(at).column()] : 0;
        int width = placed ? columns[map.places().get(at).column() + 1] - x : 0;
        this.top =
                Math.clamp(
                        row - inside.height() / 2L, 0, Math.max(0, map.rows() - inside.height()));
        int whole = columns[map.columns()];
        this.left =
                whole <= inside.width()
                        ? 0
                        : Math.clamp(
                                x + width / 2L - inside.width() / 2, 0, whole - inside.width());
    }

    static void draw(Frame frame, Model model, Theme theme) {
        Rect box = Sights.body(model.layout());
        frame.border(box, theme.paint(Role.BORDER_FOCUS));
        frame.put(box.x() + 2, box.y(), box.width() - 4, " Needs ", theme.paint(Role.TITLE));
        String of = " of " + TerminalText.plain(model.place().name()) + " ";
        int width = Math.min(CellWidth.width(of), Math.max(0, box.width() - 14));
        frame.putClipped(
                box.x() + box.width() - 2 - width, box.y(), width, of, theme.paint(Role.DIM));
        new NeedsView(frame, model, theme, box).draw(box);
    }

    private int[] columns() {
        int[] widths = new int[map.columns() + 1];
        for (Place place : map.places()) {
            widths[place.column()] = Math.max(widths[place.column()], width(place));
        }
        int[] starts = new int[map.columns() + 1];
        for (int i = 0; i < map.columns(); i++) {
            starts[i + 1] = starts[i] + widths[i] + 2 + LINE;
        }
        return starts;
    }

    private Optional<TaskView> task(TaskId id) {
        return model.snapshot().task(id);
    }

    private String name(Place place) {
        String name = task(place.task()).map(each -> TerminalText.plain(each.name())).orElse("");
        return CellWidth.width(name) <= LONGEST_NAME
                ? name
                : CellWidth.clip(name, LONGEST_NAME - 1) + "…";
    }

    /** Of the name; the symbol comes after it. */
    private int width(Place place) {
        return CellWidth.width(name(place));
    }

    private void draw(Rect box) {
        if (map.places().isEmpty()) {
            frame.putClipped(
                    inside.x() + 1,
                    inside.y() + 1,
                    inside.width() - 2,
                    "no task is shown",
                    theme.paint(Role.DIM));
            return;
        }
        List<Place> places = map.places();
        int[] lastChild = new int[places.size()];
        Arrays.fill(lastChild, -1);
        for (int i = 0; i < places.size(); i++) {
            if (places.get(i).parent() >= 0) {
                lastChild[places.get(i).parent()] = i;
            }
        }
        for (int i = 0; i < places.size(); i++) {
            Place place = places.get(i);
            if (lastChild[i] >= 0) {
                trunk(place, places.get(lastChild[i]));
            }
            if (place.parent() >= 0) {
                boolean last = lastChild[place.parent()] == i;
                branch(places.get(place.parent()), place, last, only(place, lastChild));
            }
        }
        for (int i = 0; i < places.size(); i++) {
            boolean ends = i + 1 == places.size() || places.get(i + 1).row() != places.get(i).row();
            label(places.get(i), i == model.sights().at(), ends);
        }
        double rows = map.rows();
        frame.scrollbar(
                box, top / rows, (top + inside.height()) / rows, theme.paint(Role.BORDER_FOCUS));
        sideways(box);
    }

    /** Whether nothing else hangs from what a place hangs from. */
    private boolean only(Place place, int[] lastChild) {
        Place last = map.places().get(lastChild[place.parent()]);
        Place parent = map.places().get(place.parent());
        return last.row() == parent.row();
    }

    /** Says that there is more to the left or to the right. */
    private void sideways(Rect box) {
        int y = box.y() + box.height() - 1;
        long paint = theme.paint(Role.BORDER_FOCUS);
        if (left > 0) {
            frame.set(box.x() + 2, y, "‹", 1, paint);
        }
        if (columns[map.columns()] > left + inside.width()) {
            frame.set(box.x() + box.width() - 3, y, "›", 1, paint);
        }
    }

    private void cell(int x, int row, String glyph, long paint) {
        int column = x - left;
        int y = row - top;
        if (column >= 0 && column < inside.width() && y >= 0 && y < inside.height()) {
            frame.set(inside.x() + column, inside.y() + y, glyph, 1, paint);
        }
    }

    /** Where the lines of what hangs from a place part. */
    private int fork(Place parent) {
        return columns[parent.column() + 1] - LINE + 1;
    }

    private void trunk(Place parent, Place last) {
        long paint = theme.paint(Role.BORDER);
        for (int row = parent.row() + 1; row < last.row(); row++) {
            cell(fork(parent), row, "│", paint);
        }
    }

    private void branch(Place parent, Place child, boolean last, boolean only) {
        long paint = theme.paint(Role.BORDER);
        int fork = fork(parent);
        boolean same = parent.row() == child.row();
        if (same) {
            for (int x = columns[parent.column()] + width(parent) + 3; x < fork; x++) {
                cell(x, child.row(), "─", paint);
            }
        }
        cell(fork, child.row(), same ? (only ? "─" : "┬") : last ? "└" : "├", paint);
        for (int x = fork + 1; x < columns[child.column()] - 1; x++) {
            cell(x, child.row(), "─", paint);
        }
    }

    private void label(Place place, boolean selected, boolean ends) {
        Optional<TaskView> found = task(place.task());
        if (found.isEmpty() || place.row() < top || place.row() >= top + inside.height()) {
            return;
        }
        TaskView task = found.get();
        Role ground = selected ? Role.SELECTION : Role.TEXT;
        Role role = place.again() ? Role.DIM : Role.TEXT;
        String name = name(place);
        int x = columns[place.column()];
        CellWidth.Graphemes graphemes = new CellWidth.Graphemes(name);
        int at = x;
        while (graphemes.next()) {
            wide(at, place.row(), name, graphemes, theme.paint(role, ground));
            at += graphemes.width();
        }
        cell(at, place.row(), " ", theme.paint(Role.TEXT, ground));
        cell(
                at + 1,
                place.row(),
                AgentCells.symbol(task),
                theme.paint(AgentCells.role(task), ground));
        if (ends) {
            reason(at + 4, place, task);
        }
    }

    private void wide(int x, int row, String name, CellWidth.Graphemes at, long paint) {
        int column = x - left;
        boolean there = column >= 0 && column + at.width() <= inside.width();
        if (there && at.width() > 0) {
            frame.set(
                    inside.x() + column,
                    inside.y() + row - top,
                    Frame.glyph(name, at),
                    at.width(),
                    paint);
        }
    }

    /** Why what stands last in its row does not run, where there is room. */
    private void reason(int x, Place place, TaskView task) {
        boolean held = !task.phase().active() && task.phase() != Phase.SUCCEEDED;
        int room = inside.width() - (x - left);
        String words = AgentWords.reason(task);
        if (held && !place.again() && x >= left && room >= LEAST_REASON && !words.isEmpty()) {
            int y = inside.y() + place.row() - top;
            frame.putClipped(inside.x() + x - left, y, room, words, theme.paint(Role.DIM));
        }
    }
}
