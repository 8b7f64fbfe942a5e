package dev.simmer.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The scripts of package.json. */
final class PackageJson {
    private static final String FILE = "package.json";

    private static final Pattern SERVICE =
            Pattern.compile("(dev|start|serve|watch|preview|storybook)([:-].*)?|.*[:-](watch|dev)");

    private static final Pattern CHECK =
            Pattern.compile(
                    "(test|build|lint|check|format[:-]check|fmt[:-]check|"
                            + ProjectScan.TYPE_CHECK.pattern()
                            + ")([:-].*)?");

    /** What npm runs by itself around an installation or a publication. */
    private static final Set<String> BY_ITSELF =
            Set.of("preinstall", "install", "postinstall", "prepare", "prepublishOnly", "prepack");

    /** What npm writes into a new package. */
    private static final String NO_TEST = "no test specified";

    private PackageJson() {}

    static void scan(ProjectScan.Collector found) {
        Optional<String> text = found.text(FILE);
        if (text.isEmpty()) {
            return;
        }
        Map<String, String> scripts;
        try {
            scripts = scripts(text.get());
        } catch (IOException e) {
            found.leaveOut(FILE, FILE, "it is no JSON");
            return;
        }
        String runner = runner(found);
        scripts.forEach((name, line) -> take(found, scripts, name, line, runner));
    }

    /** Which program runs the scripts, by the file in which it keeps versions. */
    private static String runner(ProjectScan.Collector found) {
        if (found.has("pnpm-lock.yaml")) {
            return "pnpm run ";
        }
        if (found.has("yarn.lock")) {
            return "yarn run ";
        }
        return found.has("bun.lock") || found.has("bun.lockb") ? "bun run " : "npm run ";
    }

    private static void take(
            ProjectScan.Collector found,
            Map<String, String> scripts,
            String name,
            String line,
            String runner) {
        if (BY_ITSELF.contains(name) || isHook(name, scripts)) {
            found.leaveOut(name, FILE, "it runs by itself with another script");
            return;
        }
        if (name.equals("test") && line.contains(NO_TEST)) {
            found.leaveOut(name, FILE, "it only says that there are no tests");
            return;
        }
        String run = runner + word(name);
        if (SERVICE.matcher(name).matches()) {
            FoundTask service = FoundTask.service(name, run, FILE).readyAt(ready(line));
            boolean first =
                    name.equals("dev") || (name.equals("start") && !scripts.containsKey("dev"));
            found.add(first ? service : service.onDemand(), "npm");
            return;
        }
        FoundTask job = FoundTask.job(name, run, FILE);
        found.add(CHECK.matcher(name).matches() ? job : job.onDemand(), "npm");
    }

    private static boolean isHook(String name, Map<String, String> scripts) {
        return (name.startsWith("pre") && scripts.containsKey(name.substring(3)))
                || (name.startsWith("post") && scripts.containsKey(name.substring(4)));
    }

    /** What well-known servers say when they are ready. */
    private static Optional<String> ready(String line) {
        if (line.contains("next dev")) {
            return Optional.of("Ready in");
        }
        return line.matches("(.*\\s)?vite(\\s+(dev|serve))?(\\s+-.*)?")
                ? Optional.of("ready in")
                : Optional.empty();
    }

    /** A word for the shell. */
    private static String word(String name) {
        return name.matches("[\\w:.@+-]+") ? name : "'" + name.replace("'", "'\\''") + "'";
    }

    private static Map<String, String> scripts(String text) throws IOException {
        Map<String, String> scripts = new LinkedHashMap<>();
        try (JsonParser json = new JsonFactory().createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("no object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = json.currentName().equals("scripts");
                if (json.nextToken() == JsonToken.START_OBJECT && wanted) {
                    while (json.nextToken() == JsonToken.FIELD_NAME) {
                        String name = json.currentName();
                        if (json.nextToken() == JsonToken.VALUE_STRING) {
                            scripts.put(name, json.getText());
                        } else {
                            json.skipChildren();
                        }
                    }
                } else {
                    json.skipChildren();
                }
            }
        }
        return scripts;
    }
}
