package dev.simmer.cli;

import dev.simmer.logs.TerminalText;
import dev.simmer.model.Reply;
import dev.simmer.model.Request;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskView;
import dev.simmer.supervisor.SupervisorFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** What the commands share that act on tasks which were named. */
final class Acting {
    private final Call call;
    private final String verb;

    /**
     * @param verb what is done, as JSON says it
     */
    Acting(Call call, String verb) {
        this.call = call;
        this.verb = verb;
    }

    /**
     * Finds the named tasks, asks for something and tells of it.
     *
     * @param words in a sentence with the tasks behind it, such as {@code restarting}
     */
    int onNamed(String words, Function<Set<TaskId>, Request> request)
            throws CommandRefused, SupervisorFailure {
        Optional<Connection> found = call.supervisor().look();
        if (found.isEmpty()) {
            named(found);
        }
        try (Connection connection = found.orElseThrow()) {
            List<TaskView> tasks = named(found);
            ask(connection, request.apply(ids(tasks)));
            tell(words, tasks);
            return ExitCode.OK;
        }
    }

    /** The tasks that the operands name. */
    List<TaskView> named(Optional<Connection> connection) throws CommandRefused, SupervisorFailure {
        return new Lookup(Here.of(call.around())).find(connection, call.words().operands());
    }

    /** Asks; a refusal ends the command. */
    static List<TaskId> ask(Connection connection, Request request)
            throws CommandRefused, SupervisorFailure {
        Reply reply = connection.submit(request);
        // Before the switch, which a command links anew at each start: the AOT cache keeps none.
        if (reply instanceof Reply.Accepted(List<TaskId> ids)) {
            return ids;
        }
        return switch (reply) {
            case Reply.Accepted(List<TaskId> ids) -> ids;
            case Reply.Explained _ -> throw new IllegalStateException("nothing was asked");
            case Reply.Refused(String why) -> throw CommandRefused.usage(TerminalText.plain(why));
        };
    }

    /** Says what was done to which tasks. */
    void tell(String words, List<TaskView> tasks) {
        if (call.words().has("--json")) {
            call.around().say(TaskJson.acted(verb, tasks).toString());
        } else if (!tasks.isEmpty()) {
            call.around().say(words + " " + names(tasks));
        }
    }

    /** Whether there is anything to stop: what waits until somebody starts it is left alone. */
    static boolean runsOrWaits(TaskView task) {
        return !task.phase().ended() && !task.dormant();
    }

    static Set<TaskId> ids(List<TaskView> tasks) {
        Set<TaskId> ids = new TreeSet<>();
        tasks.forEach(task -> ids.add(task.id()));
        return ids;
    }

    /** The tasks for people: {@code build (3), dev (4)}. */
    static String names(List<TaskView> tasks) {
        List<String> names = new ArrayList<>();
        tasks.forEach(task -> names.add(name(task)));
        return String.join(", ", names);
    }

    static String name(TaskView task) {
        return TerminalText.plain(task.name()) + " (" + task.id() + ")";
    }
}
