package dev.simmer.agent.runner;

import dev.simmer.agent.stream.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** What coding-agent programs need to talk to a model on loopback. */
public final class RealPrograms {
    private RealPrograms() {}

    /**
     * The environment of a home of the run's own, in which a program is pointed at the stub.
     *
     * @param folder the home and a TMPDIR are made in it
     */
    public static Map<String, String> surroundings(Path folder, Program program, ModelStub stub)
            throws IOException {
        Map<String, String> values = new TreeMap<>();
        Path home = Files.createDirectories(folder.resolve("home"));
        values.put("PATH", String.valueOf(System.getenv("PATH")));
        values.put("HOME", home.toString());
        values.put("TMPDIR", Files.createDirectories(folder.resolve("tmp")).toString());
        values.put("CLAUDECODE", "1");
        switch (program) {
            case CLAUDE -> {
                values.put("ANTHROPIC_BASE_URL", stub.address());
                values.put("ANTHROPIC_API_KEY", "stub");
                values.put("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1");
            }
            case CODEX -> {
                Path config = Files.createDirectories(home.resolve(".codex"));
                values.put("CODEX_HOME", config.toString());
                values.put("STUB_KEY", "stub");
                Files.writeString(
                        config.resolve("config.toml"),
                        """
                        model = "stub"
                        model_provider = "stub"
                        [model_providers.stub]
                        name = "stub"
                        base_url = "%s/v1"
                        env_key = "STUB_KEY"
                        wire_api = "responses"
                        """
                                .formatted(stub.address()));
            }
            case GEMINI -> {
                Path config = Files.createDirectories(home.resolve(".gemini"));
                values.put("GOOGLE_GEMINI_BASE_URL", stub.address());
                values.put("GEMINI_API_KEY", "stub");
                Files.writeString(
                        config.resolve("settings.json"),
                        "{\"security\":{\"auth\":{\"selectedType\":\"gemini-api-key\"}}}");
            }
            case OPENCODE -> {
                Path config = Files.createDirectories(home.resolve(".config/opencode"));
                Files.writeString(
                        config.resolve("opencode.json"),
                        """
                        {"model": "stub/stub", "provider": {"stub": {
                          "npm": "@ai-sdk/openai-compatible",
                          "options": {"baseURL": "%s/v1", "apiKey": "stub"},
                          "models": {"stub": {"name": "stub", "cost": {"input": 1, "output": 2}}}}}}
                        """
                                .formatted(stub.address()));
            }
            case CURSOR_AGENT, COMMAND -> {}
        }
        return values;
    }
}
