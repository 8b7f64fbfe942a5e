package dev.simmer.config;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the user's configuration; all its mistakes are told at once. */
public final class UserConfigReader {
    private static final String FOREVER = "forever";
    private static final String NEVER = "0";

    /** The words of the programs, which the room of agents knows how to run. */
    private static final List<String> RUNNERS =
            List.of("claude", "codex", "gemini", "opencode", "cursor-agent");

    private static final String RUNNER = "write one of " + String.join(", ", RUNNERS);

    private final Mistakes mistakes;
    private final Values values;

    /** What came of a reading. */
    public sealed interface Result {}

    /** The configuration; the default one where there is no file. */
    public record Loaded(UserConfig config) implements Result {}

    /**
     * The file cannot be used.
     *
     * @param mistakes at least one, in the order of their places
     */
    public record Broken(List<Mistake> mistakes) implements Result {
        public Broken {
            mistakes = List.copyOf(mistakes);
        }
    }

    private UserConfigReader(Path file) {
        this.mistakes = new Mistakes(file);
        this.values = new Values(mistakes);
    }

    /** Reads the file that the variables name; no file is no mistake. */
    public static Result read(Map<String, String> environment) {
        Optional<Path> file = UserConfig.file(environment);
        return file.isPresent() && Files.exists(file.get(), LinkOption.NOFOLLOW_LINKS)
                ? read(file.get())
                : new Loaded(UserConfig.DEFAULT);
    }

    /** Reads a file. Never waits for a pipe, and never throws for what a file holds. */
    public static Result read(Path file) {
        return new UserConfigReader(file).readText(file);
    }

    private Result readText(Path file) {
        Optional<UserConfig> whole =
                switch (SourceText.read(file)) {
                    case SourceText.Text source when saysNothing(source.text()) ->
                            Optional.of(UserConfig.DEFAULT);
                    case SourceText.Text source ->
                            YamlTreeReader.read(source.text(), mistakes).flatMap(this::config);
                    case SourceText.NoFile none -> {
                        mistakes.add(Position.START, none.wrong(), none.right());
                        yield Optional.empty();
                    }
                    case SourceText.BadText bad -> {
                        mistakes.add(bad.at(), bad.wrong(), bad.right());
                        yield Optional.empty();
                    }
                };
        return whole.isPresent() && mistakes.isEmpty()
                ? new Loaded(whole.get())
                : new Broken(mistakes.sorted());
    }

    /** A task file without a word is a mistake; a configuration is not. */
    static boolean saysNothing(String text) {
        return text.lines().allMatch(line -> line.isBlank() || line.stripLeading().startsWith("#"));
    }

    private Optional<UserConfig> config(YamlNode root) {
        return Fields.of("the configuration", Keys.CONFIG, root, mistakes).map(this::config);
    }

    private UserConfig config(Fields fields) {
        return new UserConfig(
                fields.get("keep")
                        .map(n -> time("keep", n, FOREVER))
                        .orElse(UserConfig.DEFAULT.keep()),
                fields.get("idle_exit")
                        .map(n -> time("idle_exit", n, NEVER))
                        .orElse(UserConfig.DEFAULT.idleExit()),
                fields.get("log_limit")
                        .flatMap(new PolicySections(mistakes)::logLimit)
                        .orElse(UserConfig.DEFAULT.logLimit()),
                fields.get("agent").flatMap(this::runner),
                fields.get("notify")
                        .flatMap(new NotifySection(mistakes)::read)
                        .orElse(UserConfig.DEFAULT.telling()));
    }

    private Optional<String> runner(YamlNode node) {
        return Fields.of("`agent`", Keys.CONFIG_AGENT, node, mistakes)
                .flatMap(fields -> fields.get("runner"))
                .flatMap(n -> values.text("agent.runner", n, RUNNER))
                .flatMap(text ->
                        RUNNERS.contains(text.text())
                                ? Optional.of(text.text())
                                : values.wrong(
                                        "agent.runner", text, "is none that Simmer knows", RUNNER));
    }

    /** A duration longer than zero, or the word for there being no end to it. */
    private Optional<Duration> time(String key, YamlNode node, String endless) {
        return node instanceof YamlNode.Scalar scalar && scalar.text().equals(endless)
                ? Optional.empty()
                : values.duration(key, node, false);
    }
}
