package dev.simmer.tui.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names for commands that were typed: short, and telling. */
public final class CommandName {
    private static final int LONGEST = 16;
    private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*=\\S*");
    private static final Pattern STRANGE = Pattern.compile("[^a-z0-9._-]+");
    private static final Pattern INTO_FOLDER = Pattern.compile("cd\\s+\\S+\\s*(?:&&|;)\\s*(\\S.*)");
    private static final Pattern SHELL_CODE =
            Pattern.compile("(?:\\S*/)?(?:ba|z|da)?sh\\s+(?:-\\w+\\s+)*-\\w*c\\s+['\"]?(\\w.*)");
    private static final Pattern CODE =
            Pattern.compile(
                    "(?:\\S*/)?(python3?|node|ruby|perl|php|deno|bun)\\s+(?:-\\w+\\s+)*-\\w*[ce]\\s.*");
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
        String all = line.strip().replace('\n', ' ');
        for (Pattern around : List.of(INTO_FOLDER, SHELL_CODE)) {
            Matcher inside = around.matcher(all);
            if (inside.matches()) {
                return of(inside.group(1));
            }
        }
        // What a program is made of says little in a few letters.
        Matcher code = CODE.matcher(all);
        return code.matches() ? code.group(1) : ofWords(all);
    }

    private static String ofWords(String line) {
        List<String> words =
                Arrays.stream(line.split("\\s+", 40))
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
        return shortened(name);
    }

    /** Not longer than a name may be; cut between words where one ends late enough. */
    private static String shortened(String name) {
        if (name.length() <= LONGEST) {
            return name;
        }
        for (int at = LONGEST; at >= LONGEST / 2; at--) {
            if ("-_.".indexOf(name.charAt(at)) >= 0) {
                return name.substring(0, at);
            }
        }
        return name.substring(0, LONGEST);
    }

    private static String clean(String word) {
        String tail = word.substring(word.lastIndexOf('/') + 1);
        String letters = STRANGE.matcher(tail.toLowerCase(Locale.ROOT)).replaceAll("-");
        return letters.replaceAll("^[-.]+|[-.]+$", "");
    }
}
