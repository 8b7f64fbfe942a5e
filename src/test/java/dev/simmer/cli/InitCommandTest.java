package dev.simmer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitCommandTest {
    @TempDir Path folder;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int simmer(String... words) {
        out.reset();
        err.reset();
        Surroundings around =
                new Surroundings(
                        folder,
                        Map.of("SIMMER_HOME", folder.resolve("home").toString()),
                        out,
                        err,
                        false,
                        false);
        return Main.run(List.of(words), around);
    }

    private void file(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private String written() throws IOException {
        return Files.readString(folder.resolve("simmer.yaml"));
    }

    private JsonNode check() throws IOException {
        assertThat(simmer("check", "--json")).as(out::toString).isZero();
        return new ObjectMapper().readTree(out.toByteArray());
    }

    @Test
    void scriptsOfPackageJson() throws Exception {
        file(
                "package.json",
                """
                {"name": "shop", "scripts": {
                  "dev": "vite --port 3000", "start": "node server.js", "type-check": "tsc",
                  "prebuild": "rm -rf dist", "build": "vite build", "test": "vitest run",
                  "test:e2e": "playwright test", "lint": "eslint .", "deploy": "./deploy",
                  "prepare": "husky"}}
                """);
        file("pnpm-lock.yaml", "");

        assertThat(simmer("init")).as(err::toString).isZero();

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("with 8 tasks", "left out: prebuild", "left out: prepare");
        assertThat(written())
                .isEqualTo(
                        """
                        # What `simmer` runs here. `simmer check` tells of mistakes; `simmer` opens the
                        # dashboard, `simmer up` starts everything in the background, and
                        # `simmer --headless` runs the jobs to their end, as in CI.
                        version: 1

                        # limits: {heavy: 3, reserve: 10%}   # heavy tasks at once; memory left alone
                        # What a task needs is learned from its runs; memory: 2G beside its run declares it.
                        tasks:
                          # From package.json.
                          dev:
                            run: pnpm run dev
                            kind: service
                            ready: {log: "ready in"}
                          start:
                            run: pnpm run start
                            kind: service
                            # ready: {tcp: 3000}   # or {log: …}, {http: …}: what others wait for
                            needs: [build]
                            autostart: false   # started by name
                          type-check: pnpm run type-check
                          build:
                            run: pnpm run build
                            needs: [type-check]
                          test: pnpm run test
                          test:e2e:
                            run: pnpm run test:e2e
                            needs: [build]
                          lint: pnpm run lint
                          deploy:
                            run: pnpm run deploy
                            autostart: false   # started by name

                        groups:
                          checks: [type-check, build, test, test:e2e, lint]
                        """);
        assertThat(check().path("tasks")).hasSize(8);
    }

    @Test
    void everyKindOfProjectAtOnce() throws Exception {
        file("package.json", "{\"scripts\": {\"test\": \"jest\", \"build\": \"tsc\"}}");
        file("Procfile", "# processes\nweb: bundle exec puma -p $PORT\nworker: ./work 'a b'\n");
        file(
                "Makefile",
                "CC := gcc\n.PHONY: all docs test\nall: x\ndocs:\n\tdoc\ntest:\nx.o: x.c\n");
        file("pom.xml", "<project/>");
        file("build.gradle.kts", "");
        file("Cargo.toml", "[package]\n");
        file("go.mod", "module x\n");
        file("pyproject.toml", "[tool.ruff]\n[tool.mypy]\n[tool.pytest.ini_options]\n");

        assertThat(simmer("init", "--json")).as(err::toString).isZero();

        JsonNode told = new ObjectMapper().readTree(out.toByteArray());
        assertThat(told.path("written").asBoolean()).isTrue();
        List<String> names = new ArrayList<>();
        told.path("tasks").forEach(task -> names.add(task.path("name").asText()));
        assertThat(names)
                .contains(
                        "test",
                        "build",
                        "web",
                        "worker",
                        "maven-test",
                        "gradle-build",
                        "lint",
                        "go-test",
                        "go-lint",
                        "type-check",
                        "python-test",
                        "all",
                        "docs")
                .doesNotContain("CC", "x.o");
        assertThat(told.path("left_out").toString()).contains("\"name\":\"test\"", "Makefile");
        assertThat(check().path("tasks")).hasSameSizeAs(names);
    }

    @Test
    void usualChoreThatPhonyForgetsIsTakenAndTheRestIsTold() throws Exception {
        Files.createDirectories(folder.resolve("build"));
        file("Makefile", ".PHONY: all\nall: app\napp: main.c\ntest:\n\t./t\nbuild:\n\tcc\n");

        assertThat(simmer("init", "--json")).as(err::toString).isZero();

        JsonNode told = new ObjectMapper().readTree(out.toByteArray());
        assertThat(told.path("tasks").findValuesAsText("name")).containsExactly("all", "test");
        assertThat(told.path("left_out").findValuesAsText("name")).containsExactly("app", "build");
        assertThat(told.path("left_out").toString()).contains(".PHONY does not list it");
    }

    @Test
    void neverWritesOverAFileUnlessTold() throws Exception {
        file("simmer.yaml", "mine\n");

        assertThat(simmer("init")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("is there already", "--force");
        assertThat(written()).isEqualTo("mine\n");
        assertThat(simmer("init", "--print")).isZero();
        assertThat(written()).isEqualTo("mine\n");
        assertThat(simmer("init", "--force")).isZero();
        check();

        Files.move(folder.resolve("simmer.yaml"), folder.resolve("simmer.yml"));
        assertThat(simmer("init")).as("the other name counts as well").isEqualTo(2);
    }

    @Test
    void linkThatLeadsNowhereIsNotFollowed() throws Exception {
        Path elsewhere = folder.resolve("elsewhere");
        Files.createSymbolicLink(folder.resolve("simmer.yaml"), elsewhere);

        assertThat(simmer("init")).isEqualTo(2);
        assertThat(elsewhere).doesNotExist();
    }

    @Test
    void emptyFolderGetsAnExample() throws Exception {
        assertThat(simmer("init")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("nothing was found");
        assertThat(check().path("tasks")).hasSize(1);
    }

    @Test
    void brokenProjectFilesAreToldAndPassedOver() throws Exception {
        file("package.json", "{\"scripts\": {\"build\": ");
        file("go.mod", "module x\n");

        assertThat(simmer("init")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("package.json: it is no JSON");
        assertThat(check().path("tasks")).hasSize(3);
    }

    @Test
    void whateverNamesScriptsHaveTheFileIsWhole() throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        String odd = "ab1-/:#'\"\\{}[]&*!|>%@`~ \t\n\u001b\u2028\ud83d\u00e9,?=null";
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            Map<String, String> scripts = new java.util.LinkedHashMap<>();
            for (int i = 0; i < 8; i++) {
                StringBuilder name = new StringBuilder();
                int length = 1 + random.nextInt(i == 7 ? 150 : 6);
                for (int at = 0; at < length; at++) {
                    name.append(odd.charAt(random.nextInt(odd.length())));
                }
                scripts.put(name.toString(), "x");
            }
            scripts.put(List.of("true", "null", "on", "12", "-x", "a: b").get(seed % 6), "x");
            file(
                    "package.json",
                    mapper.writer()
                            .with(JsonWriteFeature.ESCAPE_NON_ASCII)
                            .writeValueAsString(Map.of("scripts", scripts)));

            assertThat(simmer("init", "--force")).as("seed " + seed + err).isZero();
            assertThat(simmer("check")).as("seed " + seed + err).isZero();
        }
    }
}
