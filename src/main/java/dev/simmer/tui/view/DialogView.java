package dev.simmer.tui.view;

import dev.simmer.logs.CellWidth;
import dev.simmer.logs.TerminalText;
import dev.simmer.tui.model.Dialog;
import dev.simmer.tui.model.Findings;
import dev.simmer.tui.model.Model;
import dev.simmer.tui.model.Offers;
import dev.simmer.tui.model.Rect;
import dev.simmer.tui.model.WordRows;
import dev.simmer.tui.theme.Role;
import dev.simmer.tui.theme.Theme;
import java.util.ArrayList;
import java.util.List;

/** A dialog: its fields, what is offered for the one with the keys, and what will be done. */
final class DialogView {
    private static final int COLUMNS = 84;
    private static final int LABEL_COLUMNS = 12;
    private static final int MOST_OFFERS = 6;
    private static final int LONGEST_WORDS = 3;

    private DialogView() {}

    /** A row under the fields. */
    private record Row(String label, String text, Role role) {}

    static void draw(Frame frame, Model model, Dialog dialog, Theme theme) {
        int width = Math.min(COLUMNS, frame.width() - 2);
        int inside = width - 4 - LABEL_COLUMNS;
        if (inside < 4 || frame.height() < 6) {
            return;
        }
        List<Row> under = under(dialog, inside);
        List<Offers.Offer> offers = Offers.of(model, dialog);
        int room = frame.height() - 3;
        int fixed = dialog.fields().size() + 2 + under.size();
        int offered =
                Math.clamp(Math.min(offers.size(), MOST_OFFERS), 0, Math.max(0, room - fixed));
        int height = Math.min(fixed + offered, room);
        Rect area = new Rect((frame.width() - width) / 2, 1, width, height);
        OverlayView.box(frame, area, dialog.sort().title(), theme);
        int last = area.y() + height - 1;
        int rows = height - 2;
        // In a box too low for all, the field with the keys is seen.
        int first = Math.max(0, Math.min(dialog.at(), dialog.fields().size() - rows));
        int y = area.y() + 1;
        for (int i = first; i < dialog.fields().size() && y < last; i++) {
            field(frame, model, area, y++, dialog, i, inside, theme);
            if (i == dialog.at()) {
                boolean more = offers.size() > offered && offered > 1;
                int listed = more ? offered - 1 : offered;
                int from = Math.clamp(dialog.picked() - listed + 1L, 0, offers.size());
                for (int k = 0; k < listed && y < last; k++) {
                    boolean picked = from + k == dialog.picked();
                    offer(frame, area, y++, offers.get(from + k), picked, theme);
                }
                if (more && y < last) {
                    Offers.Offer rest = new Offers.Offer("", "", more(from, listed, offers.size()));
                    offer(frame, area, y++, rest, false, theme);
                }
            }
        }
        for (Row row : under) {
            if (y < last) {
                row(frame, area, y++, row, inside, theme);
            }
        }
    }

    /** How far a list goes on, both ways. */
    private static String more(int from, int listed, int all) {
        int below = all - from - listed;
        String above = from > 0 ? "▴ " + from + " more" : "";
        return above + (below > 0 ? (above.isEmpty() ? "▾ " : "  ▾ ") + below + " more" : "");
    }

    private static void field(
            Frame frame,
            Model model,
            Rect area,
            int y,
            Dialog dialog,
            int index,
            int inside,
            Theme theme) {
        Dialog.Field field = dialog.fields().get(index);
        boolean here = index == dialog.at();
        int x = area.x() + 2;
        long label = theme.paint(here ? Role.KEY : Role.KEY_LABEL, Role.OVERLAY);
        if (here) {
            frame.put(x - 1, y, 1, "❯", label);
        }
        frame.putClipped(x + 1, y, LABEL_COLUMNS - 2, field.label(), label);
        x += LABEL_COLUMNS;
        if (!field.words().isEmpty()) {
            choice(frame, x, y, inside, field, here, theme);
            return;
        }
        long paint = theme.paint(Role.INPUT, Role.OVERLAY);
        if (field.line().text().isEmpty()) {
            frame.putClipped(x, y, inside, field.hint(), theme.paint(Role.DIM, Role.OVERLAY));
        }
        if (here) {
            FieldView.draw(frame, x, y, inside, field.line(), paint);
        } else {
            int end = x + inside;
            int at = frame.putClipped(x, y, inside, FieldView.shown(field.line().text()), paint);
            String doubt = Offers.doubt(model, field).map(TerminalText::plain).orElse("");
            long wrong = theme.paint(Role.WRONG, Role.OVERLAY);
            frame.putClipped(at + 2, y, Math.max(0, end - at - 2), doubt, wrong);
        }
    }

    private static void choice(
            Frame frame, int x, int y, int inside, Dialog.Field field, boolean here, Theme theme) {
        int at = x;
        int end = x + inside;
        for (String word : field.words()) {
            boolean chosen = word.equals(field.line().text());
            Role role = chosen ? (here ? Role.KEY : Role.INPUT) : Role.DIM;
            String text = (chosen ? "(•) " : "( ) ") + word;
            if (chosen && here) {
                frame.cursor(Math.min(at + 1, end - 1), y);
            }
            long paint = theme.paint(role, Role.OVERLAY);
            at = frame.put(at, y, Math.max(0, end - at), text, paint) + 2;
        }
    }

    private static void offer(
            Frame frame, Rect area, int y, Offers.Offer offer, boolean picked, Theme theme) {
        Role under = picked ? Role.SELECTION : Role.OVERLAY;
        int x = area.x() + 2 + LABEL_COLUMNS;
        int end = area.x() + area.width() - 1;
        frame.fill(new Rect(x - 1, y, end - x + 1, 1), " ", theme.paint(under));
        String text = TerminalText.plain(offer.text().replace('\n', ' '));
        int at = frame.putClipped(x + 1, y, end - x - 2, text, theme.paint(Role.TEXT, under)) + 2;
        String note = TerminalText.plain(offer.note());
        if (end - 1 - at >= 4) {
            frame.putClipped(at, y, end - 1 - at, note, theme.paint(Role.DIM, under));
        }
    }

    private static List<Row> under(Dialog dialog, int inside) {
        List<Row> rows = new ArrayList<>();
        if (dialog.sort() == Dialog.Sort.AGENT && dialog.plan().isPresent()) {
            Findings.Planned plan = dialog.plan().get();
            words(rows, "report", plan.report(), Role.TEXT, inside, 1);
            words(rows, "command", plan.command(), Role.TEXT, inside, 2);
            for (String note : plan.notes()) {
                words(rows, "note", note, Role.DIM, inside, 2);
            }
        }
        if (dialog.runs()) {
            words(rows, "", "it is being prepared …", Role.DIM, inside, 1);
        }
        dialog.wrong()
                .ifPresent(why -> words(rows, "wrong", why, Role.WRONG, inside, LONGEST_WORDS));
        return rows;
    }

    private static void words(
            List<Row> rows, String label, String text, Role role, int columns, int most) {
        String title = label;
        for (String each : WordRows.of(TerminalText.plain(text), columns, most)) {
            rows.add(new Row(title, each, role));
            title = "";
        }
    }

    private static void row(Frame frame, Rect area, int y, Row row, int inside, Theme theme) {
        int x = area.x() + 2;
        long label = theme.paint(Role.KEY_LABEL, Role.OVERLAY);
        frame.putClipped(x + 1, y, LABEL_COLUMNS - 2, row.label(), label);
        long paint = theme.paint(row.role(), Role.OVERLAY);
        frame.putClipped(x + LABEL_COLUMNS, y, inside, row.text(), paint);
    }

    /** What is offered for the command in the prompt, right above it. */
    static void offers(Frame frame, Model model, String typed, Theme theme) {
        List<Offers.Offer> all = Offers.commands(model, typed);
        int rows = Math.min(Math.min(all.size(), MOST_OFFERS), frame.height() - 4);
        if (rows <= 0 || frame.width() < 20) {
            return;
        }
        int widest = 24;
        for (Offers.Offer offer : all.subList(0, rows)) {
            int wide = CellWidth.width(TerminalText.plain(offer.text().replace('\n', ' ')));
            widest = Math.max(widest, wide + 3 + CellWidth.width(offer.note()));
        }
        int listed = all.size() > rows && rows > 1 ? rows - 1 : rows;
        int width = Math.min(widest + 4, frame.width() - 2);
        Rect area = new Rect(1, frame.height() - 3 - rows, width, rows + 2);
        OverlayView.box(frame, area, "Tab completes", theme);
        if (listed < rows) {
            long dim = theme.paint(Role.DIM, Role.OVERLAY);
            String rest = more(0, listed, all.size());
            frame.putClipped(area.x() + 2, area.y() + rows, width - 4, rest, dim);
        }
        for (int i = 0; i < listed; i++) {
            int y = area.y() + 1 + i;
            Offers.Offer offer = all.get(i);
            long paint = theme.paint(i == 0 ? Role.KEY : Role.TEXT, Role.OVERLAY);
            String text = TerminalText.plain(offer.text().replace('\n', ' '));
            int at = frame.putClipped(area.x() + 2, y, width - 4, text, paint) + 2;
            int end = area.x() + width - 2;
            if (end - at >= 4) {
                String note = TerminalText.plain(offer.note());
                frame.putClipped(at, y, end - at, note, theme.paint(Role.DIM, Role.OVERLAY));
            }
        }
    }
}
