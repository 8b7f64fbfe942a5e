package dev.simmer.tui.model;

import dev.simmer.model.Command;
import dev.simmer.model.Request;
import dev.simmer.model.TaskSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Typing a command and starting it. */
final class SpawnUpdate {
    private static final int HISTORY = 50;

    private SpawnUpdate() {}

    static Step open(Model model) {
        return Step.of(
                model.with(m -> m.mode = new Mode.Spawn(LineEdit.EMPTY, 0)),
                new Cmd.LookUp(new Inquiry.Commands()));
    }

    /** Takes the likeliest command; where there is none the other fields are shown. */
    private static Step completed(Model model, Mode.Spawn spawn) {
        List<Offers.Offer> offers = Offers.commands(model, spawn.line().text());
        return offers.isEmpty()
                ? DialogUpdate.spawn(model, spawn.line().text())
                : edited(model, new Mode.Spawn(LineEdit.of(offers.getFirst().line()), 0));
    }

    /** The changed line, and a look at the folder that it names. */
    private static Step edited(Model model, Mode.Spawn spawn) {
        String folder = Offers.folder(spawn.line().text());
        boolean known = model.acting().known().files().folder().equals(folder);
        Step step = mode(model, spawn);
        return known ? step : step.withMore(Optional.of(new Cmd.LookUp(new Inquiry.Files(folder))));
    }

    static Step pressed(Model model, Mode.Spawn spawn, Key key, Optional<Action> action) {
        return switch (action.orElse(Action.UP)) {
            case ACCEPT -> accepted(model, spawn);
            case CANCEL -> Step.of(model.with(m -> m.mode = new Mode.Normal()));
            case OLDER -> mode(model, recalled(model, spawn, spawn.older() + 1));
            case NEWER -> mode(model, recalled(model, spawn, spawn.older() - 1));
            case COMPLETE -> completed(model, spawn);
            default -> edited(model, new Mode.Spawn(spawn.line().press(key), spawn.older()));
        };
    }

    static Step mode(Model model, Mode.Spawn spawn) {
        return Step.of(model.with(m -> m.mode = spawn));
    }

    private static Mode.Spawn recalled(Model model, Mode.Spawn spawn, int older) {
        List<String> history = model.history();
        if (older < 0 || older > history.size()) {
            return spawn;
        }
        String text = older == 0 ? "" : history.get(history.size() - older);
        return new Mode.Spawn(LineEdit.of(text), older);
    }

    /**
     * A mark before the command asks nothing. A blank after it makes it the shell's own {@code !},
     * which negates an exit status.
     */
    private static boolean forced(String line) {
        return line.length() > 1
                && line.charAt(0) == '!'
                && !Character.isWhitespace(line.charAt(1));
    }

    private static Step accepted(Model model, Mode.Spawn spawn) {
        String typed = CommandName.withoutAmpersand(spawn.line().text());
        if (typed.isBlank()) {
            return Step.of(model.with(m -> m.mode = new Mode.Normal()));
        }
        String line = forced(typed) ? typed.substring(1) : typed;
        Command command = new Command.Shell(line);
        Optional<String> why =
                forced(typed) ? Optional.empty() : model.place().interactive().apply(command);
        return why.isPresent()
                ? mode(model, new Mode.Spawn(spawn.line(), spawn.older(), why))
                : spawned(model, typed, line, command);
    }

    static Step spawned(Model model, String typed, String line, Command command) {
        Place place = model.place();
        TaskSpec spec =
                TaskSpec.named(CommandName.of(line), place.workspace(), command)
                        .inherited(place.environment())
                        .build();
        List<String> history = new ArrayList<>(model.history());
        history.remove(typed);
        history.add(typed);
        List<String> kept =
                List.copyOf(history.subList(Math.max(0, history.size() - HISTORY), history.size()));
        Request.Spawn request =
                new Request.Spawn(List.of(spec), place.limits(), false, Request.Existing.NUMBER);
        return Step.of(
                model.with(m -> {
                    m.mode = new Mode.Normal();
                    m.history = kept;
                }),
                new Cmd.Submit(request));
    }
}
