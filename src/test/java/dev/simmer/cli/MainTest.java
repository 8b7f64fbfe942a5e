package dev.simmer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line up to the point where tasks would start. */
class MainTest {
    @TempDir Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int simmer(String... words) {
        environment.putIfAbsent("SIMMER_HOME", folder.resolve("home").toString());
        return Main.run(List.of(words), around(false));
    }

    private Surroundings around(boolean terminal) {
        return new Surroundings(folder, environment, out, err, terminal, terminal);
    }

    private String stdout() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String stderr() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private void file(String text) throws IOException {
        Files.writeString(folder.resolve("simmer.yaml"), text);
    }

    @ParameterizedTest
    @CsvSource({
        "--help,simmer --headless --fail-fast",
        "help,simmer --headless --fail-fast",
        "check --help,simmer check -f ci/simmer.yaml",
        "help check,simmer check -f ci/simmer.yaml",
        "--version,simmer development",
    })
    void helpAndVersionAreOnStandardOutput(String words, String text) {
        assertThat(simmer(words.split(" "))).isZero();
        assertThat(stdout()).contains(text);
        assertThat(stderr()).isEmpty();
    }

    @Test
    void withoutTerminalTheDashboardPointsToHeadless() throws Exception {
        file("version: 1\ntasks: {a: 'true'}\n");
        assertThat(simmer()).isEqualTo(2);
        assertThat(stderr()).contains("needs a terminal", "--headless");
    }

    @ParameterizedTest
    @CsvSource({
        "nosuch,'`nosuch` is no task or group of ','there are `build`, `all`'",
        "biuld,'`biuld` is no task or group of ','did you mean `build`?'",
        "chekc,'`chekc` is no task or group of ','did you mean the command `check`?'",
        "hlep,'`hlep` is no task or group of ','did you mean the command `help`?'",
    })
    void unknownWordIsToldBeforeTheLackOfTerminal(String word, String wrong, String right)
            throws Exception {
        file("version: 1\ntasks: {build: 'true'}\ngroups: {all: [build]}\n");
        assertThat(simmer(word)).isEqualTo(2);
        assertThat(stderr())
                .isEqualTo(
                        "simmer: " + wrong + folder.resolve("simmer.yaml") + "; " + right + "\n");
        assertThat(stdout()).isEmpty();
    }

    @Test
    void knownTargetDoesNotMakeUpForTheLackOfTerminal() throws Exception {
        file("version: 1\ntasks: {build: 'true'}\n");
        assertThat(simmer("build")).isEqualTo(2);
        assertThat(stderr()).contains("needs a terminal", "--headless");
    }

    @Test
    void mistypedCommandIsToldWithoutTaskFile() {
        assertThat(simmer("chekc")).isEqualTo(2);
        assertThat(stderr()).contains("`chekc`", "did you mean the command `check`?");
        err.reset();
        assertThat(simmer("build")).isEqualTo(2);
        assertThat(stderr()).contains("no simmer.yaml in " + folder);
    }

    @Test
    void headlessDoesNotTakeTargetsForCommands() throws Exception {
        file("version: 1\ntasks: {build: 'true'}\n");
        assertThat(simmer("--headless", "chekc")).isEqualTo(2);
        assertThat(stderr()).contains("there are `build`").doesNotContain("command");
    }

    @ParameterizedTest
    @CsvSource({"dumb,TERM is dumb", "'',TERM is not set", ",TERM is not set"})
    void terminalThatCanDoNothingIsRefused(@Nullable String term, String why) throws Exception {
        file("version: 1\ntasks: {a: 'true'}\n");
        if (term != null) {
            environment.put("TERM", term);
        }
        assertThat(Main.run(List.of(), around(true))).isEqualTo(2);
        assertThat(stderr()).contains(why, "--headless");
        environment.put("TERM", "xterm");
        assertThat(around(true).lackOfTerminal()).isEmpty();
    }

    @Test
    void missingFileSaysWhatToDo() {
        assertThat(simmer("--headless")).isEqualTo(2);
        assertThat(stderr()).contains("no simmer.yaml in " + folder, "-f FILE");
        assertThat(stdout()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--headless", "check"})
    void brokenFileTellsEachMistakeWithItsPlace(String command) throws Exception {
        file("version: 1\ntasks:\n  a: {rnu: x}\n  b: {run: x, memory: lots}\n");
        assertThat(simmer(command)).isEqualTo(2);
        assertThat(stderr()).contains("simmer.yaml:3:7: ", "did you mean", "simmer.yaml:4:");
        assertThat(stdout()).isEmpty();
    }

    @Test
    void unknownTargetsAreToldWithTheNearestName() throws Exception {
        file("version: 1\ntasks: {build: 'true'}\n");
        assertThat(simmer("--headless", "biuld", "zzz")).isEqualTo(2);
        assertThat(stderr()).contains("biuld", "build", "zzz");
        assertThat(stderr().lines()).hasSize(2);
    }

    @Test
    void nothingToRunIsWrongUsage() throws Exception {
        file("version: 1\ntasks: {a: {run: 'true', autostart: false}}\n");
        assertThat(simmer("--headless")).isEqualTo(2);
        assertThat(stderr()).contains("nothing to run");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--headless --output xml",
                "--headless --grouped --output json",
                "--headless --fail-fast --keep-going",
                "--headless --parallel -1",
                "--headless --parallel many",
                "--headless --timeout soon",
                "--headless --timeout 0s",
                "--headless --nonsense",
                "--fail-fast",
                "check --nonsense",
                "check extra",
            })
    void wrongOptionsAreToldInWords(String words) throws Exception {
        file("version: 1\ntasks: {a: 'true'}\n");
        assertThat(simmer(words.split(" "))).isEqualTo(2);
        assertThat(stderr()).startsWith("simmer: ").doesNotContain("Exception", "\tat ");
        assertThat(stdout()).isEmpty();
    }

    @Test
    void unsetHomeIsToldInWords() throws Exception {
        file("version: 1\ntasks: {a: 'true'}\n");
        environment.put("SIMMER_HOME", "");
        assertThat(simmer("--headless")).isEqualTo(2);
        assertThat(stderr()).contains("set SIMMER_HOME");
    }

    @Test
    void checkPraisesWholeFile() throws Exception {
        file("version: 1\ntasks: {a: 'true', b: 'true'}\ngroups: {all: [a, b]}\n");
        assertThat(simmer("check")).isZero();
        assertThat(stdout()).isEqualTo(folder + "/simmer.yaml: fine, 2 tasks, 1 group\n");
    }

    @Test
    void checkAsJson() throws Exception {
        file("version: 1\nname: n\ntasks: {a: 'true', b: {run: x, needs: [a]}}\n");
        assertThat(simmer("check", "--json")).isZero();
        JsonNode whole = new ObjectMapper().readTree(stdout());
        assertThat(whole.get("ok").asBoolean()).isTrue();
        assertThat(whole.get("name").asText()).isEqualTo("n");
        assertThat(whole.get("tasks").get(1).get("needs").get(0).asText()).isEqualTo("a");

        out.reset();
        file("version: 1\ntasks: {a: {rnu: x}}\n");
        assertThat(simmer("check", "--json")).isEqualTo(2);
        JsonNode broken = new ObjectMapper().readTree(stdout());
        assertThat(broken.get("ok").asBoolean()).isFalse();
        assertThat(broken.get("mistakes").get(0).get("line").asInt()).isEqualTo(2);
        assertThat(broken.get("mistakes").get(0).get("wrong").asText()).contains("rnu");
    }
}
