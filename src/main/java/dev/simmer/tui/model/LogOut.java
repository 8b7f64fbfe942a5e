package dev.simmer.tui.model;

import dev.simmer.logs.LogLine;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** What takes lines out of a log pane: to the clipboard, a file, a pager, an editor. */
final class LogOut {
    private LogOut() {}

    /** The lines that are marked, else the one that the user is at; none where there is none. */
    private static Optional<Cmd.Lines> chosen(Model model, PaneId id) {
        Optional<Reading.Marks> marks = model.panes().get(id).log().reading().marks();
        if (marks.isPresent()) {
            return Optional.of(new Cmd.Lines(marks.get().first(), marks.get().last()));
        }
        OptionalLong line = MarkUpdate.line(model, id);
        return line.isEmpty()
                ? Optional.empty()
                : Optional.of(new Cmd.Lines(line.getAsLong(), line.getAsLong()));
    }

    /** Copies the marked lines, or the one that the user is at. */
    static Step copy(Model model, PaneId id) {
        Optional<LogKey> key = model.panes().get(id).log().source();
        Optional<Cmd.Lines> lines = chosen(model, id);
        if (key.isEmpty() || lines.isEmpty()) {
            return Step.of(Update.say(model, "there is no line to copy"));
        }
        return Step.of(MarkUpdate.cleared(model, id), new Cmd.CopyLines(key.get(), lines.get()));
    }

    /** Hands lines that were read to the clipboard. */
    static Step read(Model model, Msg.LinesRead read) {
        return read.more()
                ? Step.of(Update.error(model, "too much to copy: S saves it to a file"))
                : Step.of(model, new Cmd.Copy(read.text()));
    }

    /** Asks where to save the marked lines, or the whole log. */
    static Step save(Model model, PaneId id) {
        LogPane pane = model.panes().get(id).log();
        if (pane.source().isEmpty()) {
            return Step.of(Update.say(model, "there is no log yet"));
        }
        boolean marked = pane.reading().marks().isPresent();
        Cmd.Lines lines = marked ? chosen(model, id).orElseThrow() : Cmd.Lines.ALL;
        Mode.Save mode = new Mode.Save(pane.source().get(), lines, LineEdit.EMPTY);
        return Step.of(model.with(m -> m.mode = mode));
    }

    static Step save(Model model, Mode.Save save, Key key, Optional<Action> action) {
        return switch (action.orElse(Action.UP)) {
            case ACCEPT -> {
                String to = save.line().text().strip();
                Model next = model.with(m -> m.mode = new Mode.Normal());
                yield to.isEmpty()
                        ? Step.of(Update.say(next, "nothing saved: no file was named"))
                        : Step.of(
                                MarkUpdate.cleared(next, next.paneId()),
                                new Cmd.SaveLines(
                                        save.key(), save.lines(), absolute(model, to), false));
            }
            case CANCEL -> Step.of(model.with(m -> m.mode = new Mode.Normal()));
            default ->
                    Step.of(
                            model.with(m ->
                                    m.mode =
                                            new Mode.Save(
                                                    save.key(),
                                                    save.lines(),
                                                    save.line().press(key))));
        };
    }

    private static String absolute(Model model, String to) {
        return to.startsWith("~/") ? to : model.place().workspace().folder().resolve(to).toString();
    }

    /** There is a file already: asks whether to replace it. */
    static Step refused(Model model, Msg.SaveRefused refused) {
        Cmd.SaveLines asked = refused.asked();
        Cmd.SaveLines over = new Cmd.SaveLines(asked.key(), asked.lines(), asked.to(), true);
        Mode question =
                new Mode.Confirm("replace " + asked.to(), "replace", then -> Step.of(then, over));
        return model.mode() instanceof Mode.Normal
                ? Step.of(model.with(m -> m.mode = question))
                : Step.of(Update.error(model, asked.to() + " is there already"));
    }

    /** Shows the log in the pager, from the first line that is seen. */
    static Step page(Model model, PaneId id) {
        LogPane pane = model.panes().get(id).log();
        Optional<Step> none = noFile(model, pane);
        if (none.isPresent()) {
            return none.get();
        }
        long offset = pane.follow() ? 0 : LogUpdate.topOffset(model, id);
        Path file = pane.source().orElseThrow().path();
        return Step.of(model, new Cmd.Open(file, new Cmd.Spot.Offset(offset), Cmd.Program.PAGER));
    }

    /** Opens the file that the user's line names in the editor, else the log at that line. */
    static Step edit(Model model, PaneId id) {
        LogPane pane = model.panes().get(id).log();
        OptionalLong line = MarkUpdate.line(model, id);
        if (pane.source().isEmpty() || line.isEmpty()) {
            return noFile(model, pane).orElseGet(() -> Step.of(model));
        }
        int index = LogPane.indexOf(pane.lines(), line.getAsLong());
        LogLine at = pane.lines().get(index);
        Path below = model.place().workspace().folder();
        return Step.of(
                model, new Cmd.FindFile(pane.source().get(), at.offset(), at.line().text(), below));
    }

    private static Optional<Step> noFile(Model model, LogPane pane) {
        if (pane.source().filter(key -> !key.parts().isEmpty()).isPresent()) {
            return Optional.of(Step.of(Update.say(model, "a merged log is no file; S saves it")));
        }
        boolean nothing = pane.source().isEmpty() || pane.lines().isEmpty();
        return nothing
                ? Optional.of(Step.of(Update.say(model, "there is no log yet")))
                : Optional.empty();
    }

    /** Goes to a part of the log in percent. */
    static Step percent(Model model, PaneId id, String typed) {
        LogPane pane = model.panes().get(id).log();
        try {
            double percent = Double.parseDouble(typed.strip().replace("%", ""));
            double share = Math.clamp(percent / 100, 0, 1);
            long offset = pane.dropped() + (long) (share * (pane.size() - pane.dropped()));
            boolean outside = percent < 0 || percent > 100;
            String words = percent < 0 ? "0 % is the beginning" : "100 % is the end";
            Model told = outside ? Update.say(model, words) : model;
            return LogUpdate.around(LogUpdate.stopped(told, id), id, offset);
        } catch (NumberFormatException _) {
            return Step.of(Update.say(model, "a number from 0 to 100 is wanted"));
        }
    }
}
