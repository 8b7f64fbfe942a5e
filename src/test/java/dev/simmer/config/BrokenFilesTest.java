package dev.simmer.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.model.CodePoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each file of src/test/resources/broken is a broken task file, and the text beside it says which
 * mistakes are told. With {@code -Dsimmer.golden.update=true} the texts are written anew.
 */
class BrokenFilesTest {
    private static final Path FOLDER = Path.of("src/test/resources/broken");

    static List<Path> cases() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void tellsEachMistake(Path file) throws IOException {
        TaskFileReader.Result result = TaskFileReader.read(file, Map.of());

        assertThat(result).isInstanceOf(TaskFileReader.Broken.class);
        List<Mistake> mistakes = ((TaskFileReader.Broken) result).mistakes();
        StringBuilder told = new StringBuilder();
        for (Mistake mistake : mistakes) {
            assertThat(mistake.message().codePoints())
                    .as("nothing in a message acts on a terminal")
                    .noneMatch(CodePoint::acts);
            told.append(withoutFolder(mistake.message())).append('\n');
        }
        Path expected = Path.of(file.toString().replace(".yaml", ".txt"));
        if (Boolean.getBoolean("simmer.golden.update")) {
            Files.writeString(expected, told);
        }
        assertThat(told.toString()).isEqualTo(Files.readString(expected, StandardCharsets.UTF_8));
    }

    private static String withoutFolder(String message) {
        return message.replace(FOLDER.toAbsolutePath() + "/", "")
                .replace(FOLDER.toAbsolutePath().toString(), ".")
                .replace(FOLDER + "/", "");
    }

    @Test
    void thereAreManyCases() throws IOException {
        assertThat(cases()).hasSizeGreaterThanOrEqualTo(80);
    }
}
