package dev.simmer.cli;

import dev.simmer.model.Command;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Knows commands that wait for a person at a terminal: in the background nobody is there. Looks
 * through shells, assignments and the programs that start other programs. A command that it does
 * not know is fine.
 */
final class InteractiveCommands {
    private static final String TABLE = "interactive-commands.txt";
    private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*=.*");
    private static final Pattern EDITOR =
            Pattern.compile("(GIT_|GIT_SEQUENCE_|HG|SVN_)?(EDITOR|VISUAL)=.*");
    private static final Set<String> SHELLS = Set.of("sh", "bash", "dash", "zsh", "ksh");

    /** How many programs may start one another before it is let be. */
    private static final int DEEPEST = 8;

    private InteractiveCommands() {}

    /**
     * Why a command should not run in the background, for people.
     *
     * @return empty where nothing is known against it
     */
    static Optional<String> refusal(Command command) {
        if (command instanceof Command.Exec(List<String> argv)) {
            return ofStage(new ShellLine.Stage(argv, false, false), 0);
        }
        return command instanceof Command.Shell(String line) ? ofLine(line, 0) : Optional.empty();
    }

    private static Optional<String> ofLine(String line, int depth) {
        for (ShellLine.Stage stage : ShellLine.stages(line)) {
            Optional<String> refusal = ofStage(stage, depth);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> ofStage(ShellLine.Stage stage, int depth) {
        List<String> words = stage.words();
        boolean editor = false;
        for (int seen = depth; seen < DEEPEST; seen++) {
            while (!words.isEmpty() && ASSIGNMENT.matcher(words.getFirst()).matches()) {
                editor |= EDITOR.matcher(words.getFirst()).matches();
                words = words.subList(1, words.size());
            }
            if (words.isEmpty()) {
                return Optional.empty();
            }
            String program = program(words.getFirst());
            List<String> arguments = words.subList(1, words.size());
            Optional<String> line = SHELLS.contains(program) ? line(arguments) : Optional.empty();
            if (line.isPresent()) {
                return ofLine(line.get(), seen + 1);
            }
            Optional<String> refusal = byTable(program, arguments, stage, editor);
            if (refusal.isPresent()) {
                return refusal;
            }
            Optional<List<String>> started = Wrappers.started(program, arguments);
            if (started.isEmpty()) {
                return Optional.empty();
            }
            words = started.get();
        }
        return Optional.empty();
    }

    /** The name of a program without its folder. */
    private static String program(String word) {
        return word.substring(word.lastIndexOf('/') + 1);
    }

    /** The line that a shell is given by {@code -c}, also as in {@code -lc}. */
    private static Optional<String> line(List<String> arguments) {
        for (int i = 0; i + 1 < arguments.size(); i++) {
            String word = arguments.get(i);
            if (!word.startsWith("-") || word.startsWith("--")) {
                return Optional.empty();
            }
            if (word.indexOf('c') > 0) {
                return Optional.of(arguments.get(i + 1));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> byTable(
            String program, List<String> arguments, ShellLine.Stage stage, boolean editor) {
        for (InteractiveRule rule : rules(program)) {
            boolean answered = editor && rule.what().startsWith("opens an editor");
            if (!answered && rule.holds(arguments, stage)) {
                return Optional.of(
                        "`"
                                + program
                                + "` would wait for somebody at a terminal, and nobody is there: "
                                + rule.what());
            }
        }
        return Optional.empty();
    }

    private static List<InteractiveRule> rules(String program) {
        List<InteractiveRule> rules = new ArrayList<>();
        for (String line : table()) {
            if (line.startsWith(program) && line.startsWith(" ", program.length())) {
                rules.add(InteractiveRule.parse(line));
            }
        }
        return rules;
    }

    /** The lines of the table that are rules. */
    static List<String> table() {
        try (InputStream in = InteractiveCommands.class.getResourceAsStream(TABLE)) {
            if (in == null) {
                throw new IllegalStateException(TABLE + " is missing");
            }
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            return reader.lines()
                    .filter(line -> line.contains(" : ") && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + TABLE, e);
        }
    }
}
