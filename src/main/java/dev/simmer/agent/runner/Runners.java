package dev.simmer.agent.runner;

import dev.simmer.agent.definition.Definition;
import dev.simmer.agent.stream.Program;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The programs that there are, and which of them runs an agent. */
public final class Runners {
    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+)");

    /** The versions that Simmer was tried with; the major number tells what is likely to work. */
    private static final Map<Program, String> TRIED =
            Map.of(
                    Program.CLAUDE, "2.1.329",
                    Program.CODEX, "0.169.0",
                    Program.GEMINI, "0.61.0",
                    Program.OPENCODE, "1.18.33");

    private final Map<Program, Path> found;

    private Runners(Map<Program, Path> found) {
        this.found = found;
    }

    /** Which program runs an agent. */
    public sealed interface Choice {
        /**
         * This one.
         *
         * @param why in words, such as {@code named by the definition}
         */
        record Chosen(Runner runner, String why) implements Choice {}

        /** None can. */
        record None(String why) implements Choice {}
    }

    /** Looks on PATH; reads the file system. */
    public static Runners onPath(Map<String, String> environment) {
        Map<Program, Path> found = new EnumMap<>(Program.class);
        List<String> folders =
                List.of(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1));
        for (Program program : Program.values()) {
            String name = of(program).executable();
            if (!name.isEmpty()) {
                folders.stream()
                        .filter(folder -> !folder.isEmpty())
                        .flatMap(folder -> executable(folder, name).stream())
                        .findFirst()
                        .ifPresent(path -> found.put(program, path));
            }
        }
        return new Runners(found);
    }

    private static Optional<Path> executable(String folder, String name) {
        try {
            Path path = Path.of(folder).resolve(name);
            boolean there = path.isAbsolute() && Files.isRegularFile(path);
            return there && Files.isExecutable(path) ? Optional.of(path) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** The runner of a program. */
    public static Runner of(Program program) {
        return switch (program) {
            case CLAUDE -> new ClaudeRunner();
            case CODEX -> new CodexRunner();
            case GEMINI -> new GeminiRunner();
            case OPENCODE -> new OpenCodeRunner();
            case CURSOR_AGENT -> new CursorRunner();
            case COMMAND -> new CommandRunner();
        };
    }

    /** The executable of a program, the first one on PATH. */
    public Optional<Path> find(Program program) {
        return Optional.ofNullable(found.get(program));
    }

    /**
     * Chooses: the one asked for, else the definition's, else its own command, else the
     * configuration's, else the first one there is, in the order of {@link Program}.
     *
     * @param asked on the command line
     * @param configured in the configuration
     */
    public Choice choose(
            Definition definition, Optional<String> asked, Optional<String> configured) {
        if (asked.isPresent()) {
            return named(asked.get(), "asked for");
        }
        if (definition.runner().isPresent()) {
            return named(definition.runner().get(), "named by the definition");
        }
        if (definition.command().isPresent()) {
            return new Choice.Chosen(of(Program.COMMAND), "the definition names a command");
        }
        if (configured.isPresent()) {
            return named(configured.get(), "named by the configuration");
        }
        for (Program each : Program.values()) {
            if (found.containsKey(each)) {
                return new Choice.Chosen(of(each), "the first one found on PATH");
            }
        }
        return new Choice.None(
                "no coding-agent program is on PATH: install one of "
                        + names()
                        + ", or use a"
                        + " definition that names a command");
    }

    private Choice named(String name, String why) {
        Optional<Program> program = Program.of(name);
        if (program.isEmpty()) {
            return new Choice.None(
                    "the runner \""
                            + name
                            + "\" ("
                            + why
                            + ") is none of "
                            + names()
                            + ", command");
        }
        if (program.get() != Program.COMMAND && !found.containsKey(program.get())) {
            return new Choice.None(
                    "the runner "
                            + name
                            + " ("
                            + why
                            + ") is not on PATH: install it, or choose"
                            + " another by --runner");
        }
        return new Choice.Chosen(of(program.get()), why);
    }

    private static String names() {
        return List.of(Program.values()).stream()
                .filter(each -> each != Program.COMMAND)
                .map(Program::word)
                .collect(Collectors.joining(", "));
    }

    /**
     * What is to be said of a program's version, such as {@code 2.1.197 (tried with 2.1.329)}.
     *
     * @param output of the program when asked for its version
     */
    public static String version(Program program, String output) {
        Matcher version = VERSION.matcher(output);
        String tried = TRIED.get(program);
        if (!version.find()) {
            return "version unknown";
        }
        if (tried == null) {
            return version.group() + " (not tried)";
        }
        if (version.group().equals(tried)) {
            return tried;
        }
        boolean near = tried.startsWith(version.group(1) + ".");
        return version.group() + (near ? " (tried with " : " (unknown; tried with ") + tried + ")";
    }
}
