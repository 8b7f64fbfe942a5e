package dev.simmer.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Calls commands in a folder, with a fake supervisor. */
final class CommandFixture {
    final FakeSupervisor supervisor = new FakeSupervisor();
    final Map<String, String> environment = new HashMap<>();
    final Path folder;
    byte[] in = new byte[0];
    boolean terminal;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /**
     * @param home becomes the home
     */
    CommandFixture(Path home) throws IOException {
        this.folder = Files.createDirectories(home.resolve("shop"));
        environment.put("SIMMER_HOME", home.resolve("home").toString());
    }

    int simmer(String... words) {
        out.reset();
        err.reset();
        return Main.run(List.of(words), around(), supervisor);
    }

    /** What a command finds around it. */
    Surroundings around() {
        return new Surroundings(
                folder, environment, new ByteArrayInputStream(in), out, err, terminal, terminal);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    JsonNode json() throws IOException {
        return new ObjectMapper().readTree(out());
    }
}
