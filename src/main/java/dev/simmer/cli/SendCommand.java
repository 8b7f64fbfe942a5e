package dev.simmer.cli;

import dev.simmer.model.Request;
import dev.simmer.model.TaskView;
import dev.simmer.supervisor.SupervisorFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** {@code simmer send}: writes to a task that takes input. */
final class SendCommand implements Verb {
    /** More at once would not fit a pipe whose reader is slow. */
    private static final int MOST = 1 << 20;

    @Override
    public Usage usage() {
        return Usage.of("simmer send", "write to a task that takes input")
                .about(
                        "Writes a line to the standard input of a task that takes input (`input:"
                                + " true`, or",
                        "`simmer run --input`). TEXT `-` stands for what comes on standard input"
                                + " (at most",
                        "1 MiB), which is sent as it is.")
                .operands("ID TEXT", 2, 2)
                .flag("Send TEXT without a line break behind it.", "-n", "--no-newline")
                .json()
                .example("simmer send server reload", "")
                .example("git diff | simmer send reviewer -", "")
                .build();
    }

    @Override
    public int run(Call call) throws CommandRefused, SupervisorFailure, IOException {
        Optional<Connection> found = call.supervisor().look();
        List<String> words = call.words().operands();
        Lookup lookup = new Lookup(Here.of(call.around()));
        List<TaskView> tasks = lookup.find(found, List.of(words.getFirst()));
        try (Connection connection = found.orElseThrow()) {
            TaskView task = tasks.getFirst();
            if (!task.spec().takesInput()) {
                throw CommandRefused.usage(
                        Acting.name(task)
                                + " takes no input; start it with `input: true`, or by `simmer run"
                                + " --input` or `--tty`");
            }
            Acting.ask(connection, new Request.Send(task.id(), text(call, words.getLast())));
            new Acting(call, "send").tell("sent to", tasks);
            return ExitCode.OK;
        }
    }

    private static String text(Call call, String word) throws CommandRefused, IOException {
        if (!word.equals("-")) {
            return call.words().has("--no-newline") ? word : word + "\n";
        }
        byte[] bytes = call.around().in().readNBytes(MOST + 1);
        if (bytes.length > MOST) {
            throw CommandRefused.usage("standard input has more than 1 MiB; send it in pieces");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
