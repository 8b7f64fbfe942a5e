package dev.simmer.cli;

import dev.simmer.logs.LogSearch;
import dev.simmer.logs.TerminalText;
import dev.simmer.model.AttemptView;
import dev.simmer.model.Kind;
import dev.simmer.model.TaskView;
import dev.simmer.supervisor.SupervisorFailure;
import dev.simmer.supervisor.TaskFilter;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.PatternSyntaxException;

/** {@code simmer logs}: a task's output. */
final class LogsCommand implements Verb {
    @Override
    public Usage usage() {
        return Usage.of("simmer logs", "a task's output")
                .about(
                        "Writes a task's output, all its attempts one after the other: byte for"
                                + " byte, or on a",
                        "terminal without anything that could act on it but colours. The ID is a"
                                + " task's number",
                        "or name. Of an agent it is a transcript for people, made of what its"
                                + " program wrote.")
                .operands("ID", 1, 1)
                .flag(
                        "Go on as it grows, also over retries and restarts, until the task has"
                                + " ended for good.",
                        "-f",
                        "--follow")
                .value("N", "The last N lines only.", "-n", "--lines")
                .value(
                        "RE",
                        "Lines that match a regular expression only; one without capital letters"
                                + " matches both cases.",
                        "-g",
                        "--grep")
                .value("N", "This attempt only; they count from 1.", "--attempt")
                .flag(
                        "Of an agent what its program wrote, byte for byte, rather than the"
                                + " transcript that is made of it.",
                        "--raw")
                .json()
                .example("simmer logs build", "")
                .example("simmer logs -f -n 20 dev", "the end, and what follows")
                .example("simmer logs build --grep 'error|warning' --attempt 1", "")
                .build();
    }

    @Override
    public int run(Call call)
            throws CommandRefused, SupervisorFailure, IOException, InterruptedException {
        Words words = call.words();
        Optional<Integer> last = Values.number(words, "--lines", 0, Integer.MAX_VALUE);
        Optional<Integer> attempt = Values.number(words, "--attempt", 1, Integer.MAX_VALUE);
        Optional<LogSearch> search = search(words);
        Optional<Connection> found = call.supervisor().look();
        TaskView task;
        try {
            task = new Acting(call, "logs").named(found).getFirst();
        } finally {
            found.ifPresent(Connection::close);
        }
        boolean follow = words.has("--follow");
        boolean raw = words.has("--raw");
        if (attempt.isPresent()) {
            task = Following.only(task, attempt.get());
            if (task.attempts().isEmpty() && !follow) {
                throw new CommandRefused(
                        ExitCode.NO_SUCH_TASK,
                        List.of(
                                "simmer: "
                                        + Acting.name(task)
                                        + " has no attempt "
                                        + attempt.get()
                                        + " that is remembered"));
            }
        }
        LineOutput out =
                new LineOutput(
                        call.around().out(),
                        LineOutput.form(
                                call.around(),
                                words.has("--json"),
                                !raw && task.spec().kind() == Kind.AGENT),
                        search);
        try (TaskOutput output = begin(task, out, search.isPresent(), last, raw)) {
            output.copy(task);
            out.release();
            out.flush();
            if (follow && !Following.ended(task, attempt)) {
                try (Watch watch = new Watch(call.supervisor(), TaskFilter.of(Set.of(task.id())))) {
                    Following.toTheEnd(watch, output, task, attempt, () -> false);
                }
            }
        }
        if (!follow && task.attempts().isEmpty()) {
            String reason = TerminalText.plain(task.reason());
            call.around()
                    .complain(
                            "simmer: "
                                    + Acting.name(task)
                                    + " has not run yet"
                                    + (reason.isEmpty() ? "" : ": " + reason));
        }
        return ExitCode.OK;
    }

    private static Optional<LogSearch> search(Words words) throws CommandRefused {
        Optional<String> expression = words.text("--grep");
        try {
            return expression.map(LogSearch::regex);
        } catch (PatternSyntaxException e) {
            throw CommandRefused.usage(
                    "--grep is a regular expression, not "
                            + TerminalText.plain(expression.orElse(""))
                            + ": "
                            + TerminalText.plain(e.getDescription()));
        }
    }

    /** Begins at the first line that is wanted. */
    private static TaskOutput begin(
            TaskView task, LineOutput out, boolean filtered, Optional<Integer> last, boolean raw)
            throws IOException {
        if (last.isPresent() && filtered && last.get() > 0) {
            out.hold(last.get());
        } else if (last.isPresent()) {
            int left = last.get();
            for (AttemptView attempt : task.attempts().reversed()) {
                LastLines lines = LastLines.of(raw ? attempt.log() : attempt.shown(), left);
                left -= lines.lines();
                if (left <= 0 || attempt.number() == task.attempts().getFirst().number()) {
                    return new TaskOutput(out, attempt.number(), lines.offset(), raw);
                }
            }
        }
        return new TaskOutput(out, 1, 0, raw);
    }
}
