package dev.simmer.tui.model;

import java.util.Optional;

/** What is typed about a log in the last row. */
final class LogPrompts {
    private LogPrompts() {}

    static Step pressed(Model model, Mode.OfLog asked, Key key, Optional<Action> action) {
        return switch (asked) {
            case Mode.Search search -> search(model, search, key, action);
            case Mode.Percent(LineEdit line) -> percent(model, line, key, action);
            case Mode.Save save -> LogOut.save(model, save, key, action);
        };
    }

    static Step pasted(Model model, Mode.OfLog asked, String text) {
        return switch (asked) {
            case Mode.Search(LineEdit line, boolean regex) ->
                    Step.of(mode(model, new Mode.Search(line.insert(text), regex)));
            case Mode.Percent(LineEdit line) ->
                    Step.of(mode(model, new Mode.Percent(line.insert(text))));
            case Mode.Save(LogKey key, Cmd.Lines lines, LineEdit line) ->
                    Step.of(mode(model, new Mode.Save(key, lines, line.insert(text))));
        };
    }

    private static Step search(Model model, Mode.Search search, Key key, Optional<Action> action) {
        String words = search.line().text();
        return switch (action.orElse(Action.UP)) {
            case ACCEPT -> {
                Optional<String> wrong = search.regex() ? Sought.wrong(words) : Optional.empty();
                Sought.Kind kind = search.regex() ? Sought.Kind.REGEX : Sought.Kind.TEXT;
                yield wrong.isPresent()
                        ? Step.of(Update.error(model, "no regular expression: " + wrong.get()))
                        : LogUpdate.search(
                                mode(model, new Mode.Normal()),
                                model.paneId(),
                                new Sought(kind, words));
            }
            case REGEX -> Step.of(mode(model, new Mode.Search(search.line(), !search.regex())));
            case CANCEL -> Step.of(mode(model, new Mode.Normal()));
            default ->
                    Step.of(mode(model, new Mode.Search(search.line().press(key), search.regex())));
        };
    }

    private static Step percent(Model model, LineEdit line, Key key, Optional<Action> action) {
        return switch (action.orElse(Action.UP)) {
            case ACCEPT ->
                    LogOut.percent(mode(model, new Mode.Normal()), model.paneId(), line.text());
            case CANCEL -> Step.of(mode(model, new Mode.Normal()));
            default -> Step.of(mode(model, new Mode.Percent(line.press(key))));
        };
    }

    private static Model mode(Model model, Mode mode) {
        return model.with(m -> m.mode = mode);
    }
}
