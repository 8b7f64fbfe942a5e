package dev.simmer.tui.view;

import dev.simmer.logs.CellWidth;
import dev.simmer.logs.TerminalText;
import dev.simmer.tui.model.Action;
import dev.simmer.tui.model.Binding;
import dev.simmer.tui.model.Bindings;
import dev.simmer.tui.model.Context;
import dev.simmer.tui.model.LineEdit;
import dev.simmer.tui.model.Mode;
import dev.simmer.tui.model.Model;
import dev.simmer.tui.model.Offers;
import dev.simmer.tui.model.QueryCompletion;
import dev.simmer.tui.model.Rect;
import dev.simmer.tui.model.Sought;
import dev.simmer.tui.model.Toast;
import dev.simmer.tui.model.WordRows;
import dev.simmer.tui.theme.Role;
import dev.simmer.tui.theme.Theme;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The last row: the keys that work now, a prompt, or a message. */
final class FooterView {
    /** Columns of keys of a filter that are worth showing. */
    private static final int LEAST_KEYS = 24;

    private FooterView() {}

    static void draw(Frame frame, Model model, Theme theme) {
        switch (model.mode()) {
            case Mode.Spawn(LineEdit line, _, _) ->
                    prompt(frame, "spawn", line, spawning(model, line), theme);
            case Mode.Rename(_, LineEdit line) -> prompt(frame, "rename", line, "keep", theme);
            case Mode.Filter(LineEdit line) -> filter(frame, model, line, theme);
            case Mode.Search(LineEdit line, boolean regex) ->
                    prompt(frame, search(line, regex), line, "find", theme);
            case Mode.Percent(LineEdit line) -> prompt(frame, "percent", line, "go", theme);
            case Mode.Save(_, _, LineEdit line) -> prompt(frame, "save to", line, "save", theme);
            case Mode.Confirm(String question, String yes, _) ->
                    question(frame, model, TerminalText.plain(question) + "?", yes, theme);
            case Mode.Normal _,
                    Mode.Help _,
                    Mode.Details _,
                    Mode.Explained _,
                    Mode.Palette _,
                    Mode.Filling _,
                    Mode.Stats _,
                    Mode.Themes _,
                    Mode.Columns _ ->
                    keys(frame, model, theme);
        }
    }

    private static String spawning(Model model, LineEdit line) {
        boolean offered = !Offers.commands(model, line.text()).isEmpty();
        return offered ? "run  Tab: complete" : "run  Tab: more fields";
    }

    private static String search(LineEdit line, boolean regex) {
        return !regex
                ? "search"
                : Sought.wrong(line.text()).isPresent() ? "no regex yet" : "search regex";
    }

    private static void prompt(Frame frame, String name, LineEdit line, String verb, Theme theme) {
        String all = "Enter " + verb + "  Esc cancel";
        int room = frame.width() - CellWidth.width(name + all) - 8;
        // What is typed is worth more than what the keys do.
        String hint = CellWidth.width(FieldView.shown(line.text())) > room ? "" : all;
        prompt(frame, name, line, hint, 30, theme.paint(Role.DIM), theme);
    }

    /** A question, and the keys that answer it, which are never cut off. */
    private static void question(
            Frame frame, Model model, String question, String yes, Theme theme) {
        int y = frame.height() - 1;
        String agree = model.keymap().shown(Context.QUESTION, Action.ACCEPT);
        String refuse = model.keymap().shown(Context.QUESTION, Action.CANCEL);
        int keys = CellWidth.width(agree + yes + refuse) + "    no".length() + 2;
        frame.fill(new Rect(0, y, frame.width(), 1), " ", theme.paint(Role.TOAST));
        int room = Math.max(8, frame.width() - keys - 3);
        int at = frame.putClipped(1, y, room, question, theme.paint(Role.TOAST)) + 2;
        for (List<String> each : List.of(List.of(agree, yes), List.of(refuse, "no"))) {
            long key = theme.paint(Role.KEY, Role.TOAST);
            at = frame.put(at, y, frame.width() - at, each.getFirst(), key) + 1;
            long label = theme.paint(Role.TOAST);
            at = frame.put(at, y, frame.width() - at, each.getLast(), label) + 2;
        }
    }

    /** The filter, and beside it what is wrong with it, or what could follow. */
    private static void filter(Frame frame, Model model, LineEdit line, Theme theme) {
        Optional<String> problem = model.table().query().problem();
        if (problem.isPresent()) {
            prompt(frame, "filter", line, problem.get(), 16, theme.paint(Role.FAILED), theme);
            return;
        }
        List<String> choices = QueryCompletion.of(model, line).choices();
        int typed = Math.max(18, CellWidth.width(FieldView.shown(line.text())) + 2);
        int room = frame.width() - "filter ❯ ".length() - typed - 8;
        String keep = "Enter keep  Esc clear";
        String keys = some(QueryCompletion.KEYS, room - keep.length() - 3);
        String hint =
                !choices.isEmpty()
                        ? "Tab: " + some(choices, room)
                        : keys.length() > LEAST_KEYS ? keys + "   " + keep : keep;
        prompt(frame, "filter", line, hint, typed, theme.paint(Role.DIM), theme);
    }

    /** As many whole words as have room. */
    private static String some(List<String> words, int columns) {
        StringBuilder text = new StringBuilder();
        for (String word : words) {
            if (text.length() + word.length() + 3 > columns) {
                return text.append('…').toString();
            }
            text.append(word).append(' ');
        }
        return text.toString().strip();
    }

    /**
     * A line that is typed.
     *
     * @param hint what stands at its right
     * @param typed columns that the line keeps for itself
     */
    private static void prompt(
            Frame frame,
            String name,
            LineEdit line,
            String hint,
            int typed,
            long hintPaint,
            Theme theme) {
        int y = frame.height() - 1;
        int at = frame.put(1, y, name.length(), name, theme.paint(Role.PROMPT));
        at = frame.put(at + 1, y, 2, "❯ ", theme.paint(Role.PROMPT));
        int most = frame.width() - at - typed;
        boolean hinted = most >= Math.min(CellWidth.width(hint), 20);
        int hintColumns = Math.min(most, CellWidth.width(hint));
        int room = frame.width() - at - 1 - (hinted ? hintColumns + 2 : 0);
        FieldView.draw(frame, at, y, room, line, theme.paint(Role.INPUT));
        if (hinted) {
            frame.putClipped(frame.width() - 1 - hintColumns, y, hintColumns, hint, hintPaint);
        }
    }

    private static void keys(Frame frame, Model model, Theme theme) {
        int y = frame.height() - 1;
        int at = 1;
        if (model.leaving().isPresent()) {
            int left = model.leavingFor();
            long seconds =
                    Math.max(
                            0,
                            Duration.between(model.now(), model.leaving().get().until())
                                    .toSeconds());
            String tasks = left == 1 ? " task, " : " tasks, ";
            String text = "stopping " + left + tasks + "leaving in " + seconds + "s at the latest";
            at = frame.put(at, y, frame.width() - 2, text, theme.paint(Role.STOPPING)) + 2;
        }
        int marked = model.table().marked().size();
        if (marked > 0 && model.leaving().isEmpty() && model.mode() instanceof Mode.Normal) {
            int hidden = marked - model.table().markedShown().size();
            String text = "* " + marked + " marked" + (hidden > 0 ? ", " + hidden + " hidden" : "");
            at = frame.put(at, y, frame.width() - 2, text, theme.paint(Role.PROMPT)) + 2;
        }
        List<Binding> bindings = Bindings.footer(model);
        if (model.toast().isPresent()) {
            List<Binding> out =
                    bindings.stream().filter(each -> each.action() == Action.BACK).toList();
            int spared = out.isEmpty() ? 0 : length(out) + 2;
            Toast toast = model.toast().get();
            Role role = toast.error() ? Role.TOAST_ERROR : Role.TOAST;
            String text = " " + TerminalText.plain(toast.text()) + " ";
            if (toast.error()) {
                text = above(frame, text, at, frame.width() - at - 1 - spared, theme);
            }
            at =
                    frame.putClipped(
                                    at, y, frame.width() - at - 1 - spared, text, theme.paint(role))
                            + 2;
        }
        for (Binding binding : fitting(bindings, frame.width() - 1 - at)) {
            at = frame.put(at, y, frame.width() - at, binding.shown(), theme.paint(Role.KEY));
            at =
                    frame.put(
                            at + 1,
                            y,
                            frame.width() - at - 1,
                            binding.label(),
                            theme.paint(Role.KEY_LABEL));
            at += 2;
        }
    }

    /** What of an error has no room in the last row stands above it; returns the rest. */
    private static String above(Frame frame, String text, int x, int room, Theme theme) {
        if (CellWidth.width(text) <= room || frame.height() < 12 || room < 20) {
            return text;
        }
        List<String> rows = WordRows.of(text.strip(), room - 2, 2);
        int wide = Math.min(room, 2 + rows.stream().mapToInt(CellWidth::width).max().orElse(0));
        long paint = theme.paint(Role.TOAST_ERROR);
        int y = frame.height() - 2;
        frame.fill(new Rect(x, y, wide, 1), " ", paint);
        frame.putClipped(x + 1, y, wide - 1, rows.getFirst(), paint);
        String last = " " + rows.getLast() + " ";
        return last + " ".repeat(Math.max(0, wide - CellWidth.width(last)));
    }

    /** As many as have room; the way back, then help and quit are the last to go. */
    private static List<Binding> fitting(List<Binding> bindings, int columns) {
        List<Binding> kept = new ArrayList<>(bindings);
        while (length(kept) > columns && !kept.isEmpty()) {
            int worth = kept.stream().mapToInt(FooterView::worth).min().getAsInt();
            Binding least =
                    kept.reversed().stream()
                            .filter(each -> worth(each) == worth)
                            .findFirst()
                            .orElseThrow();
            kept.remove(least);
        }
        return kept;
    }

    private static int worth(Binding binding) {
        return switch (binding.action()) {
            case BACK -> binding.where().contains(Context.LEAVING) ? 0 : 2;
            case HELP, PALETTE, QUIT, MOUSE -> 1;
            default -> 0;
        };
    }

    private static int length(List<Binding> bindings) {
        int length = -2;
        for (Binding binding : bindings) {
            length += CellWidth.width(binding.shown()) + 1 + binding.label().length() + 2;
        }
        return Math.max(0, length);
    }
}
