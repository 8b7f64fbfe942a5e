package dev.simmer.tui.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Names for commands that were typed: short, and telling. */
public final class CommandName {
    private static final int LONGEST = 24;
    private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*=\\S*");
    private static final Pattern STRANGE = Pattern.compile("[^a-z0-9._-]+");
    private static final Set<String> PREFIXES =
            Set.of("sudo", "env", "exec", "nice", "nohup", "time", "command", "timeout");

    /** Programs whose first argument says more than their name. */
    private static final Set<String> RUNNERS =
            Set.of(
                    "npm", "pnpm", "yarn", "bun", "npx", "make", "just", "task", "sh", "bash",
                    "zsh", "node", "deno", "python", "python3", "ruby", "perl", "java", "uv",
                    "poetry", "pipenv");

    /** Programs whose first argument says what they do with it. */
    private static final Set<String> VERBS =
            Set.of("cargo", "go", "git", "docker", "mvn", "gradle", "gradlew", "kubectl", "dotnet");

    private CommandName() {}

    /**
     * A command line without the {@code &} that people are used to typing at its end; {@code &&}
     * stays.
     */
    public static String withoutAmpersand(String line) {
        String text = line.strip();
        if (text.endsWith("&") && !text.endsWith("&&") && !text.endsWith("\\&")) {
            return text.substring(0, text.length() - 1).strip();
        }
        return text;
    }

    /** A name, such as {@code dev} for {@code npm run dev}. */
    public static String of(String line) {
        List<String> words =
                Arrays.stream(line.strip().split("\\s+", 40))
                        .filter(word -> !ASSIGNMENT.matcher(word).matches())
                        .filter(word -> !word.startsWith("-") && !word.equals("run"))
                        .map(CommandName::clean)
                        .filter(word -> !word.isEmpty())
                        .dropWhile(PREFIXES::contains)
                        .toList();
        if (words.isEmpty()) {
            return "command";
        }
        String program = words.getFirst();
        String name = program;
        if (words.size() > 1 && RUNNERS.contains(program)) {
            name = words.get(1).replaceFirst("\\.(js|mjs|ts|py|sh|rb|pl|java)$", "");
        } else if (words.size() > 1 && VERBS.contains(program)) {
            name = program + "-" + words.get(1);
        }
        return name.length() > LONGEST ? name.substring(0, LONGEST) : name;
    }

    private static String clean(String word) {
        String tail = word.substring(word.lastIndexOf('/') + 1);
        String letters = STRANGE.matcher(tail.toLowerCase(Locale.ROOT)).replaceAll("-");
        return letters.replaceAll("^[-.]+|[-.]+$", "");
    }
}
