package dev.simmer.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The reference in docs/TASK-FILE.md tells of every key, of no other, and its examples are read.
 */
class TaskFileDocsTest {
    private static final Path DOCS = Path.of("docs/TASK-FILE.md");
    private static final Pattern ROW = Pattern.compile("^\\| `([a-z_]+)` \\|", Pattern.MULTILINE);
    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    @TempDir Path folder = Path.of("/");

    @Test
    void tablesHoldTheKeysOfTheReader() throws IOException {
        Map<String, Keys> sections = new LinkedHashMap<>();
        sections.put("The file", Keys.FILE);
        sections.put("limits", Keys.LIMITS);
        sections.put("A task", Keys.TASK);
        sections.put("ready", Keys.READY);
        sections.put("restart", Keys.RESTART);
        sections.put("retry", Keys.RETRY);
        sections.put("stop", Keys.STOP);
        sections.put("log_limit", Keys.LOG_LIMIT);
        sections.put("each", Keys.EACH);
        sections.put("agents", Keys.AGENT);

        for (Map.Entry<String, Keys> section : sections.entrySet()) {
            assertThat(keysUnder(section.getKey()))
                    .as(section.getKey())
                    .containsExactlyInAnyOrderElementsOf(section.getValue().names());
        }
    }

    @Test
    void examplesAreWhole() throws IOException {
        List<String> examples =
                EXAMPLE.matcher(Files.readString(DOCS)).results().map(m -> m.group(1)).toList();
        assertThat(examples).isNotEmpty();
        Files.writeString(folder.resolve(".env"), "A=1\n");
        for (String example : examples) {
            Path file = Files.writeString(folder.resolve("simmer.yaml"), example);
            assertThat(TaskFileReader.read(file, Map.of()))
                    .as(example)
                    .isInstanceOf(TaskFileReader.Loaded.class);
        }
    }

    private static List<String> keysUnder(String heading) throws IOException {
        String text = Files.readString(DOCS);
        int start = text.indexOf("\n## " + heading + "\n");
        assertThat(start).as("heading " + heading).isNotNegative();
        int end = text.indexOf("\n## ", start + 1);
        return ROW.matcher(text.substring(start, end < 0 ? text.length() : end))
                .results()
                .map(m -> m.group(1))
                .toList();
    }
}
