package dev.simmer.agent.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.simmer.model.ExitStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a real program printed, and how it exited.
 *
 * @param exit empty where it was not recorded
 */
record Recording(String name, List<String> stdout, List<String> stderr, Optional<ExitStatus> exit) {
    private static final String ENDING = ".ndjson";

    static Path folder() {
        try {
            return Path.of(Recording.class.getResource("/agent-streams").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The names of all. */
    static TreeSet<String> names() {
        try (Stream<Path> files = Files.list(folder())) {
            TreeSet<String> names = new TreeSet<>();
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ENDING))
                    .forEach(name -> names.add(name.substring(0, name.length() - ENDING.length())));
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Recording of(String name) {
        try {
            Path code = folder().resolve(name + ".rc");
            return new Recording(
                    name,
                    Files.readAllLines(folder().resolve(name + ENDING), UTF_8),
                    Files.readAllLines(folder().resolve(name + ".stderr"), UTF_8),
                    Files.exists(code)
                            ? Optional.of(exit(Files.readString(code, UTF_8)))
                            : Optional.empty());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ExitStatus exit(String text) {
        return new ExitStatus.Code(Integer.parseInt(text.strip().replace("rc=", "")));
    }

    String program() {
        return name.substring(0, name.indexOf('-'));
    }

    /** The lines as a log file might hold them, what the program says of itself first. */
    List<String> lines() {
        List<String> lines = new ArrayList<>(stderr);
        lines.addAll(stdout);
        return lines;
    }

    /** The events of these lines, and of the end. */
    static List<AgentEvent> events(String program, List<String> lines, ExitStatus exit) {
        StreamReader reader = StreamReader.of(program);
        List<AgentEvent> events = new ArrayList<>();
        lines.forEach(line -> events.addAll(reader.read(line)));
        events.addAll(reader.end(exit));
        return events;
    }
}
