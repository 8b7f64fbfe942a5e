package dev.simmer.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.model.LogLimit;
import dev.simmer.model.TaskSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserConfigTest {
    private static final Path DOCS = Path.of("docs/CONFIG.md");
    private static final Pattern ROW =
            Pattern.compile("^\\| `([a-z_]+)` \\|.*\\| `([^`]+)` \\|$", Pattern.MULTILINE);
    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    @TempDir Path folder = Path.of("/");

    @Test
    void documentTellsOfEveryKeyAndItsDefault() throws IOException {
        String text = Files.readString(DOCS);

        List<String> keys = ROW.matcher(text).results().map(m -> m.group(1)).toList();
        assertThat(keys).containsExactlyElementsOf(Keys.CONFIG.names());
        String defaults =
                String.join(
                        "\n",
                        ROW.matcher(text)
                                .results()
                                .map(m -> m.group(1) + ": " + m.group(2))
                                .toList());
        assertThat(loaded(defaults)).isEqualTo(UserConfig.DEFAULT);
        String example =
                EXAMPLE.matcher(text).results().findFirst().map(m -> m.group(1)).orElseThrow();
        assertThat(loaded(example)).isEqualTo(UserConfig.DEFAULT);
    }

    @Test
    void everyKeyCounts() throws IOException {
        assertThat(loaded("keep: 2d\nidle_exit: 90s\nlog_limit: {size: 5M, full: stop}\n"))
                .isEqualTo(
                        new UserConfig(
                                Optional.of(Duration.ofDays(2)),
                                Optional.of(Duration.ofSeconds(90)),
                                new LogLimit(5 << 20, LogLimit.WhenFull.STOP),
                                Optional.empty(),
                                Notify.NONE));
        assertThat(loaded("keep: forever\nidle_exit: 0\nagent: {runner: codex}\n"))
                .isEqualTo(
                        new UserConfig(
                                Optional.empty(),
                                Optional.empty(),
                                LogLimit.DEFAULT,
                                Optional.of("codex"),
                                Notify.NONE));
    }

    @Test
    void notifySaysHowToTell() throws IOException {
        String text =
                """
                notify:
                  by: [bell, command]
                  command: [say, "a b"]
                  events: [failed]
                  when: always
                  quiet: 22:00-07:00
                """;
        Notify.Quiet night = new Notify.Quiet(LocalTime.of(22, 0), LocalTime.of(7, 0));
        assertThat(loaded(text).telling())
                .isEqualTo(
                        new Notify(
                                List.of("bell", "command"),
                                List.of("say", "a b"),
                                List.of("failed"),
                                true,
                                Optional.of(night)));
        assertThat(loaded("notify: {by: [osc9]}").telling())
                .isEqualTo(
                        new Notify(
                                List.of("osc9"),
                                List.of(),
                                Notify.EVENTS,
                                false,
                                Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# keep: 1d\n", "  # x\n#y", "{}"})
    void fileThatSaysNothingIsTheDefault(String text) throws IOException {
        assertThat(loaded(text)).isEqualTo(UserConfig.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    kep: 30d         | 1:1: `kep` is no key of the configuration; did you mean `keep`?
                    colour: red      | 1:1: `colour` is no key of the configuration; known: `keep`, `idle_exit`, `log_limit`, `agent`, `notify`
                    keep: 30         | 1:7: `keep`: `30` has no unit; write a duration such as `500ms`, `10s`, `5m` or `2h`
                    keep: 0s         | 1:7: `keep`: `0s` is no time at all; write a duration such as `500ms`, `10s`, `5m` or `2h`
                    idle_exit: [10m] | 1:12: `idle_exit` is one value, not a list; write a duration such as `500ms`, `10s`, `5m` or `2h`
                    log_limit: 1K    | 1:12: `log_limit`: `1K` is less than `1M`; write a size such as `200M`
                    - keep           | 1:1: the configuration is a map, not a list; its keys are `keep`, `idle_exit`, `log_limit`, `agent`, `notify`
                    agent: codex     | 1:8: `agent` is a map, not a text; its keys are `runner`
                    notify: {by: [belll]} | 1:15: an item of `notify.by`: `belll` is none that Simmer knows; write a list of bell, osc9, osc777, osc99, desktop, command
                    notify: {by: [command]} | 1:9: `notify.by` names `command`, and there is none; write a list of a program and its arguments, such as `[notify.sh, now]`
                    notify: {quiet: 25-7} | 1:17: `notify.quiet`: `25-7` is no span of hours; write hours such as `22:00-07:00`
                    notify: {when: never} | 1:16: `notify.when`: `never` is neither; write `unfocused` or `always`
                    agent: {runer: codex} | 1:9: `runer` is no key of `agent`; did you mean `runner`?
                    agent: {runner: mine} | 1:17: `agent.runner`: `mine` is none that Simmer knows; write one of claude, codex, gemini, opencode, cursor-agent
                    """)
    void mistakeIsToldWithItsPlace(String text, String told) throws IOException {
        Path file = Files.writeString(folder.resolve("config.yaml"), text);

        assertThat(mistakes(UserConfigReader.read(file))).containsExactly(file + ":" + told);
    }

    @Test
    void allMistakesAreToldAtOnce() throws IOException {
        Path file = Files.writeString(folder.resolve("config.yaml"), "keep: x\nidle_exit: y\n");

        assertThat(mistakes(UserConfigReader.read(file))).hasSize(2);
    }

    @Test
    void fileIsFoundByTheVariables() throws IOException {
        Files.createDirectories(folder.resolve("simmer"));
        Files.writeString(folder.resolve("simmer/config.yaml"), "keep: 1d\n");

        Map<String, String> here = Map.of("XDG_CONFIG_HOME", folder.toString());
        assertThat(UserConfigReader.read(here))
                .isEqualTo(
                        new UserConfigReader.Loaded(
                                new UserConfig(
                                        Optional.of(Duration.ofDays(1)),
                                        UserConfig.DEFAULT.idleExit(),
                                        LogLimit.DEFAULT,
                                        Optional.empty(),
                                        Notify.NONE)));
        assertThat(UserConfig.file(Map.of("XDG_CONFIG_HOME", "relative", "HOME", "/h")))
                .contains(Path.of("/h/.config/simmer/config.yaml"));
        assertThat(UserConfigReader.read(Map.of("HOME", folder + "/nobody")))
                .isEqualTo(new UserConfigReader.Loaded(UserConfig.DEFAULT));
        assertThat(UserConfigReader.read(Map.of()))
                .isEqualTo(new UserConfigReader.Loaded(UserConfig.DEFAULT));
    }

    @Test
    void folderInItsPlaceIsAMistake() throws IOException {
        Files.createDirectories(folder.resolve("simmer/config.yaml"));

        assertThat(mistakes(UserConfigReader.read(Map.of("XDG_CONFIG_HOME", folder.toString()))))
                .singleElement()
                .asString()
                .contains("this is a folder");
    }

    @Test
    void usualLogLimitIsThatOfTasksThatSetNone() throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("simmer.yaml"),
                        """
                        version: 1
                        tasks:
                          a: x
                          b: {run: x}
                          c: {run: x, log_limit: 2M}
                        """);
        LogLimit usual = new LogLimit(7 << 20, LogLimit.WhenFull.STOP);

        TaskFileReader.Result read = TaskFileReader.read(file, Map.of(), usual);

        assertThat(((TaskFileReader.Loaded) read).file().tasks().stream().map(TaskSpec::logLimit))
                .containsExactly(
                        usual, usual, new LogLimit(2 << 20, LogLimit.WhenFull.DROP_OLDEST));
    }

    private UserConfig loaded(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("some.yaml"), text);
        UserConfigReader.Result result = UserConfigReader.read(file);
        assertThat(result).isInstanceOf(UserConfigReader.Loaded.class);
        return ((UserConfigReader.Loaded) result).config();
    }

    private static List<String> mistakes(UserConfigReader.Result result) {
        assertThat(result).isInstanceOf(UserConfigReader.Broken.class);
        return ((UserConfigReader.Broken) result)
                .mistakes().stream().map(Mistake::message).toList();
    }
}
