package dev.simmer.cli;

import dev.simmer.logs.TerminalText;
import dev.simmer.model.Backoff;
import dev.simmer.model.Command;
import dev.simmer.model.Kind;
import dev.simmer.model.LogLimit;
import dev.simmer.model.RetryPolicy;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.WorkspaceId;
import dev.simmer.tui.model.CommandName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads what {@code simmer run} is told of a task. */
final class SpecOptions {
    /** Letters that a shell takes as they are. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+:,./-]+");

    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final Words words;
    private final Surroundings around;

    SpecOptions(Words words, Surroundings around) {
        this.words = words;
        this.around = around;
    }

    /** The task, without its needs and what it inherits. */
    TaskSpec.Builder read(WorkspaceId workspace) throws CommandRefused {
        Command command = command(words.operands());
        return read(workspace, name(command), command);
    }

    /**
     * The same of a command that stands elsewhere.
     *
     * @param usual its name where none is given
     */
    TaskSpec.Builder read(WorkspaceId workspace, String usual, Command command)
            throws CommandRefused {
        Optional<String> given = words.text("--name");
        String name = given.isPresent() ? Values.name("--name", given.get()) : usual;
        TaskSpec.Builder spec = TaskSpec.named(name, workspace, command);
        spec.cwd(folder()).env(variables()).kind(kind());
        Values.memory(words, "--memory").ifPresent(spec::memory);
        if (words.has("--heavy")) {
            spec.heavy(true);
        }
        Optional<String> evictable = words.text("--evictable");
        if (evictable.isPresent()) {
            spec.evictable(yes("--evictable", evictable.get()));
        }
        Optional<String> isolate = words.text("--isolate");
        if (isolate.isPresent()) {
            spec.isolateMemory(
                    switch (isolate.get()) {
                        case "memory" -> true;
                        case "none" -> false;
                        default ->
                                throw CommandRefused.usage(
                                        "--isolate is memory or none, not "
                                                + TerminalText.plain(isolate.get()));
                    });
        }
        Values.duration(words, "--timeout").ifPresent(spec::timeout);
        Optional<Integer> retries = Values.number(words, "--retry", 0, 1_000);
        if (retries.isPresent()) {
            spec.retry(
                    new RetryPolicy(
                            retries.get(), Backoff.DEFAULT, new TreeSet<>(), Optional.empty()));
        }
        for (String lock : words.texts("--lock")) {
            if (lock.isBlank()) {
                throw CommandRefused.usage("--lock must not be empty");
            }
            spec.lock(lock);
        }
        Values.number(words, "--priority", -TaskSpec.MAX_PRIORITY, TaskSpec.MAX_PRIORITY)
                .ifPresent(spec::priority);
        logLimit().ifPresent(spec::logLimit);
        return spec.tty(words.has("--tty")).input(words.has("--input"));
    }

    private static boolean yes(String option, String word) throws CommandRefused {
        return switch (word) {
            case "yes", "true" -> true;
            case "no", "false" -> false;
            default ->
                    throw CommandRefused.usage(
                            option + " is yes or no, not " + TerminalText.plain(word));
        };
    }

    /** A single word is a line for a shell as soon as it holds anything that is one's business. */
    static Command command(List<String> operands) throws CommandRefused {
        String first = operands.getFirst();
        if (first.isBlank()) {
            throw CommandRefused.usage("the command is empty");
        }
        return operands.size() == 1 && !PLAIN.matcher(first).matches()
                ? new Command.Shell(first)
                : new Command.Exec(operands);
    }

    private static String name(Command command) {
        return CommandName.of(command.text());
    }

    private Path folder() throws CommandRefused {
        Optional<String> named = words.text("--cwd");
        if (named.isEmpty()) {
            return around.folder();
        }
        Path folder = around.folder().resolve(named.get()).normalize();
        if (!Files.isDirectory(folder)) {
            throw CommandRefused.usage(
                    "--cwd is a folder, and "
                            + TerminalText.plain(folder.toString())
                            + (Files.exists(folder) ? " is none" : " does not exist"));
        }
        return folder;
    }

    private Map<String, String> variables() throws CommandRefused {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String text : words.texts("--env")) {
            int equals = text.indexOf('=');
            if (equals < 1 || !VARIABLE.matcher(text.substring(0, equals)).matches()) {
                // What is wrong may be a secret without its name: it is not repeated.
                throw CommandRefused.usage("--env is NAME=VALUE, such as --env PORT=8080");
            }
            variables.put(text.substring(0, equals), text.substring(equals + 1));
        }
        return variables;
    }

    private Kind kind() throws CommandRefused {
        String word = words.text("--kind").orElse(words.has("--service") ? "service" : "job");
        if (words.has("--service") && !word.equals("service")) {
            throw CommandRefused.usage("--service and --kind " + word + " exclude each other");
        }
        return switch (word) {
            case "job" -> Kind.JOB;
            case "service" -> Kind.SERVICE;
            default ->
                    throw CommandRefused.usage(
                            "--kind is job or service, not " + TerminalText.plain(word));
        };
    }

    private Optional<LogLimit> logLimit() throws CommandRefused {
        Optional<Long> size = Values.size(words, "--log-limit");
        if (size.isPresent() && size.get() < LogLimit.MIN_BYTES) {
            throw CommandRefused.usage("--log-limit is at least 1M");
        }
        return size.map(bytes -> new LogLimit(bytes, LogLimit.DEFAULT.whenFull()));
    }
}
