package dev.simmer.tui.model;

import dev.simmer.model.ByteSize;
import dev.simmer.model.Command;
import dev.simmer.model.Need;
import dev.simmer.model.Request;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.TaskView;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Filling in dialogs, and doing what they say. */
final class DialogUpdate {
    private DialogUpdate() {}

    /** Opens the dialog for agents, with what was left in it. */
    static Step agent(Model model) {
        Dialog dialog =
                model.acting()
                        .draft()
                        .filter(draft -> draft.sort() == Dialog.Sort.AGENT)
                        .orElseGet(Dialog::agent);
        return Step.of(open(model, dialog), new Cmd.LookUp(new Inquiry.Agents()));
    }

    /** Opens the dialog for a command that is typed already. */
    static Step spawn(Model model, String command) {
        Dialog dialog = Dialog.spawn(command);
        return asked(model, dialog, dialog.at(command.isBlank() ? 0 : 1));
    }

    private static Model open(Model model, Dialog dialog) {
        return model.with(m -> m.mode = new Mode.Filling(dialog));
    }

    /** The changed dialog, and what is wanted for its field now. */
    private static Step asked(Model model, Dialog before, Dialog dialog) {
        Step step = Step.of(open(model, dialog));
        String typed = dialog.field().line().text();
        boolean paths =
                Stream.of("command", "folder", "files").anyMatch(dialog.field().label()::equals);
        boolean known = model.acting().known().files().folder().equals(Offers.folder(typed));
        if (paths && (!known || before.at() != dialog.at())) {
            step =
                    step.withMore(
                            Optional.of(new Cmd.LookUp(new Inquiry.Files(Offers.folder(typed)))));
        }
        if (dialog.sort() == Dialog.Sort.AGENT && before.at() != dialog.at()) {
            Optional<Cmd> plan =
                    order(model, dialog)
                            .order()
                            .map(order -> new Cmd.LookUp(new Inquiry.Plan(order, false)));
            step = step.withMore(plan);
        }
        return step;
    }

    static Step pressed(Model model, Dialog dialog, Key key, Optional<Action> action) {
        return switch (action.orElse(Action.REDRAW)) {
            case ACCEPT -> dialog.picked() >= 0 ? taken(model, dialog) : accepted(model, dialog);
            case CANCEL -> Step.of(closed(model, Optional.of(dialog.resting())));
            case COMPLETE -> completed(model, dialog);
            case EDIT_TEXT ->
                    manyLines(dialog)
                            ? Step.of(model, new Cmd.Edit(dialog.field().line().text()))
                            : typed(model, dialog, key);
            case NEXT_FIELD -> asked(model, dialog, dialog.at(dialog.at() + 1));
            case PREVIOUS_FIELD -> asked(model, dialog, dialog.at(dialog.at() - 1));
            case OLDER -> vertical(model, dialog, -1);
            case NEWER -> vertical(model, dialog, 1);
            default -> typed(model, dialog, key);
        };
    }

    static Step pasted(Model model, Dialog dialog, String text) {
        Dialog.Field field = dialog.field();
        if (!field.words().isEmpty()) {
            return Step.of(model);
        }
        boolean lines = manyLines(dialog);
        LineEdit line = lines ? field.line().insertLines(text) : field.line().insert(text.strip());
        return asked(model, dialog, dialog.with(field.with(line)));
    }

    private static boolean manyLines(Dialog dialog) {
        String label = dialog.field().label();
        return label.equals("task") || label.equals("command");
    }

    /** The editor has ended. */
    static Step edited(Model model, Msg.Edited edited) {
        if (!(model.mode() instanceof Mode.Filling(Dialog dialog)) || !manyLines(dialog)) {
            return Step.of(model);
        }
        if (edited.trouble().isPresent()) {
            return Step.of(open(model, dialog.wrong(edited.trouble().get())));
        }
        LineEdit line = LineEdit.EMPTY.insertLines(edited.text());
        return asked(model, dialog, dialog.with(dialog.field().with(line)));
    }

    private static Step typed(Model model, Dialog dialog, Key key) {
        Dialog.Field field = dialog.field();
        if (field.words().isEmpty()) {
            return takes(model, dialog, key)
                    ? taken(model, dialog)
                    : asked(model, dialog, dialog.with(field.with(field.line().press(key))));
        }
        boolean forward = key.equals(Key.typed(" ")) || key.name() == Key.Name.RIGHT;
        boolean back = key.name() == Key.Name.LEFT;
        return forward || back
                ? asked(model, dialog, dialog.with(field.turned(forward ? 1 : -1)))
                : Step.of(model);
    }

    /**
     * Tab always goes to the next field. It takes with it what is picked, and for the beginning of
     * a definition the likeliest one; anything else that is typed stays as it is.
     */
    private static Step completed(Model model, Dialog dialog) {
        List<Offers.Offer> offers = Offers.of(model, dialog);
        boolean takes = dialog.picked() >= 0 || Offers.begunDefinition(model, dialog);
        if (offers.isEmpty() || !takes) {
            return asked(model, dialog, dialog.at(dialog.at() + 1));
        }
        int picked = Math.clamp(dialog.picked(), 0, offers.size() - 1);
        LineEdit line = LineEdit.of(offers.get(picked).line());
        Dialog with = dialog.with(dialog.field().with(line));
        return asked(model, dialog, with.at(dialog.at() + 1));
    }

    /** Whether a key takes what is offered, as there is nothing further right in the line. */
    private static boolean takes(Model model, Dialog dialog, Key key) {
        LineEdit line = dialog.field().line();
        return key.equals(Key.of(Key.Name.RIGHT))
                && line.cursor() == line.text().length()
                && (dialog.picked() >= 0 || !line.text().isBlank())
                && !Offers.of(model, dialog).isEmpty();
    }

    private static Step taken(Model model, Dialog dialog) {
        List<Offers.Offer> offers = Offers.of(model, dialog);
        if (offers.isEmpty()) {
            return Step.of(open(model, dialog.picking(-1)));
        }
        int picked = Math.clamp(dialog.picked(), 0, offers.size() - 1);
        LineEdit line = LineEdit.of(offers.get(picked).line());
        return asked(model, dialog, dialog.with(dialog.field().with(line)));
    }

    /** Up and down go through what is offered; where nothing is, from field to field. */
    private static Step vertical(Model model, Dialog dialog, int by) {
        int count = Offers.of(model, dialog).size();
        if (count == 0 || (by < 0 && dialog.picked() < 0)) {
            return asked(model, dialog, dialog.at(dialog.at() + by));
        }
        return Step.of(
                open(model, dialog.picking(Math.clamp(dialog.picked() + by, -1, count - 1))));
    }

    private static Model closed(Model model, Optional<Dialog> draft) {
        return model.with(m -> {
            m.mode = new Mode.Normal();
            m.acting = m.acting.draft(draft);
        });
    }

    private static Step accepted(Model model, Dialog dialog) {
        if (dialog.runs()) {
            return Step.of(model);
        }
        return switch (dialog.sort()) {
            case SPAWN -> spawned(model, dialog);
            case AGENT -> {
                Ordered ordered = order(model, dialog);
                yield ordered.order().isPresent()
                        ? Step.of(
                                open(model, dialog.running()),
                                new Cmd.LookUp(new Inquiry.Plan(ordered.order().get(), true)))
                        : Step.of(open(model, dialog.wrong(ordered.wrong())));
            }
        };
    }

    /** Something was found; what nobody waits for any more is only noted. */
    static Step found(Model model, Findings findings) {
        return switch (findings) {
            case Findings.Nothing(Inquiry.Plan _)
                    when model.mode() instanceof Mode.Filling(Dialog d) ->
                    Step.of(open(model, d.wrong("agents cannot be run from here")));
            case Findings.Nothing _ -> Step.of(model);
            case Findings.Commands commands -> known(model, model.acting().known().with(commands));
            case Findings.Files files -> known(model, model.acting().known().with(files));
            case Findings.Agents agents -> known(model, model.acting().known().with(agents));
            case Findings.Planned planned -> planned(model, planned);
            case Findings.Refused(Inquiry.Plan asked, String why) ->
                    model.mode() instanceof Mode.Filling(Dialog dialog)
                                    && Optional.of(asked.order())
                                            .equals(order(model, dialog).order())
                                    && dialog.runs() == asked.now()
                            ? Step.of(open(model, dialog.planned(Optional.empty()).wrong(why)))
                            : Step.of(model);
        };
    }

    private static Step known(Model model, Known known) {
        return Step.of(model.with(m -> m.acting = m.acting.known(known)));
    }

    private static Step planned(Model model, Findings.Planned planned) {
        if (!(model.mode() instanceof Mode.Filling(Dialog dialog))
                || !Optional.of(planned.asked().order()).equals(order(model, dialog).order())) {
            return Step.of(model);
        }
        if (!planned.asked().now()) {
            return dialog.runs()
                    ? Step.of(model)
                    : Step.of(open(model, dialog.planned(Optional.of(planned))));
        }
        return dialog.runs() ? submitted(model, dialog, planned.task()) : Step.of(model);
    }

    private static Step submitted(Model model, Dialog dialog, TaskSpec task) {
        Request.Spawn request =
                new Request.Spawn(
                        List.of(task), model.place().limits(), false, Request.Existing.NUMBER);
        return Step.of(closed(model, Optional.of(dialog.resting())), new Cmd.Submit(request));
    }

    private static Step spawned(Model model, Dialog dialog) {
        String line = dialog.text("command");
        if (line.isEmpty()) {
            return Step.of(open(model, dialog.wrong("there is no command")));
        }
        Command command = new Command.Shell(line);
        Optional<String> interactive = model.place().interactive().apply(command);
        if (interactive.isPresent()) {
            return Step.of(open(model, dialog.wrong(interactive.get())));
        }
        Wanted wanted = wanted(model, dialog);
        if (wanted.wrong().isPresent()) {
            return Step.of(open(model, dialog.wrong(wanted.wrong().get())));
        }
        String name = dialog.text("name");
        TaskSpec.Builder spec =
                TaskSpec.named(
                                name.isEmpty() ? CommandName.of(line) : name,
                                model.place().workspace(),
                                command)
                        .inherited(model.place().environment())
                        .heavy(dialog.text("heavy").equals("yes"));
        wanted.memory().ifPresent(spec::memory);
        wanted.needs().forEach(need -> spec.need(need.task(), need.condition()));
        try {
            String folder = dialog.text("folder");
            if (!folder.isEmpty()) {
                spec.cwd(home(model, folder).normalize());
            }
            Step step = submitted(model, dialog, spec.build());
            return step.with(m -> m.history = Acting.newest(m.history, line));
        } catch (IllegalArgumentException e) {
            return Step.of(
                    open(
                            model,
                            dialog.wrong(
                                    Optional.ofNullable(e.getMessage()).orElse("it cannot be"))));
        }
    }

    private static Path home(Model model, String folder) {
        String home = model.place().environment().variables().getOrDefault("HOME", "");
        boolean tilde = folder.equals("~") || folder.startsWith("~/");
        String meant = tilde && home.startsWith("/") ? home + folder.substring(1) : folder;
        return model.place().workspace().folder().resolve(meant);
    }

    /** What memory and needs come to, or what is wrong with them. */
    private record Wanted(Optional<String> wrong, OptionalLong memory, List<Need> needs) {
        static Wanted wrong(String why) {
            return new Wanted(Optional.of(why), OptionalLong.empty(), List.of());
        }
    }

    private static Wanted wanted(Model model, Dialog dialog) {
        String text = dialog.text("memory");
        OptionalLong memory = OptionalLong.empty();
        if (!text.isEmpty()) {
            Optional<Long> bytes = ByteSize.parse(text).filter(each -> each > 0);
            if (bytes.isEmpty()) {
                return Wanted.wrong(text + " is no amount of memory; write 500M or 1.5G");
            }
            memory = OptionalLong.of(bytes.get());
        }
        List<Need> needs = new ArrayList<>();
        for (String word : dialog.text("needs").split("[ ,]+", -1)) {
            if (word.isEmpty()) {
                continue;
            }
            Optional<Need> need = need(model, word);
            if (need.isEmpty()) {
                return Wanted.wrong("there is no task " + word + " that it could need");
            }
            needs.add(need.get());
        }
        return new Wanted(Optional.empty(), memory, needs);
    }

    private static Optional<Need> need(Model model, String word) {
        Optional<String> whole = task(model, word);
        if (whole.isPresent()) {
            return whole.map(name -> new Need(name, Need.Condition.SUCCEEDED));
        }
        int colon = word.lastIndexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        String condition = word.substring(colon + 1).toLowerCase(Locale.ROOT);
        return Stream.of(Need.Condition.values())
                .filter(each -> each.word().equals(condition))
                .findFirst()
                .flatMap(each ->
                        task(model, word.substring(0, colon)).map(name -> new Need(name, each)));
    }

    /** The name of the task here that has an id or a name. */
    private static Optional<String> task(Model model, String word) {
        return model.scope().tasks().stream()
                .filter(task -> task.spec().workspace().equals(model.place().workspace()))
                .filter(task -> task.id().toString().equals(word) || task.name().equals(word))
                .map(TaskView::name)
                .findFirst();
    }

    /** What a dialog orders, or what is wrong with it. */
    private record Ordered(Optional<AgentOrder> order, String wrong) {}

    private static Ordered order(Model model, Dialog dialog) {
        if (dialog.sort() != Dialog.Sort.AGENT) {
            return new Ordered(Optional.empty(), "");
        }
        String definition = dialog.text("definition");
        String task = dialog.text("task");
        Wanted wanted = wanted(model, dialog);
        if (definition.isEmpty() || task.isEmpty()) {
            String what = definition.isEmpty() ? "say which agent" : "say what it is to do";
            return new Ordered(Optional.empty(), what);
        }
        if (wanted.wrong().isPresent()) {
            return new Ordered(Optional.empty(), wanted.wrong().get());
        }
        String session = dialog.text("session");
        List<String> files =
                Stream.of(dialog.text("files").split(" +", -1))
                        .filter(each -> !each.isEmpty())
                        .toList();
        Optional<Boolean> worktree =
                switch (dialog.text("isolation")) {
                    case "none" -> Optional.of(false);
                    case "worktree" -> Optional.of(true);
                    default -> Optional.empty();
                };
        return new Ordered(
                Optional.of(
                        new AgentOrder(
                                definition,
                                task,
                                files,
                                session.isEmpty() ? Optional.empty() : Optional.of(session),
                                worktree,
                                wanted.needs(),
                                wanted.memory())),
                "");
    }
}
