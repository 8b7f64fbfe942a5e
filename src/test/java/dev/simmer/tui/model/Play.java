package dev.simmer.tui.model;

import dev.simmer.model.Kind;
import dev.simmer.model.Phase;
import dev.simmer.model.Request;
import dev.simmer.model.Snapshot;
import dev.simmer.model.TaskView;
import dev.simmer.tui.model.Key.Name;
import java.nio.file.Path;
import java.util.List;

/** A model that takes messages, and what the newest one came to. */
final class Play {
    private Model model = Model.opening(Samples.place(), 80, 24, List.of("dark"), "dark");
    private List<Cmd> commands = List.of();

    Play() {
        send(new Msg.Clock(Samples.NOW));
    }

    static TaskView task(long id, Phase phase) {
        return Samples.task(id, "task-" + id, Kind.JOB, phase, "", Path.of("/none/output.log"));
    }

    Model model() {
        return model;
    }

    List<Cmd> commands() {
        return commands;
    }

    /** What was asked of the engine by the newest message. */
    List<Request> asked() {
        return commands.stream()
                .filter(Cmd.Submit.class::isInstance)
                .map(command -> ((Cmd.Submit) command).request())
                .toList();
    }

    String toast() {
        return model.toast().map(Toast::text).orElse("");
    }

    Play send(Msg msg) {
        Step step = Update.update(model, msg);
        model = step.model();
        commands = step.commands();
        return this;
    }

    Play show(TaskView... tasks) {
        return show(Samples.snapshot(List.of(tasks)));
    }

    Play show(Snapshot snapshot) {
        return send(new Msg.SnapshotChanged(snapshot));
    }

    Play type(String text) {
        text.codePoints().forEach(c -> press(Key.typed(Character.toString(c))));
        return this;
    }

    Play enter() {
        return press(Key.of(Name.ENTER));
    }

    Play press(Key key) {
        return send(new Msg.KeyPressed(key));
    }
}
