package dev.simmer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.model.ByteSize;
import dev.simmer.model.Command;
import dev.simmer.model.MemorySource;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.WorkspaceId;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryGuessesTest {
    private static final WorkspaceId WORKSPACE = new WorkspaceId(Path.of("/w"));

    private final MemoryGuesses guesses = MemoryGuesses.load();

    @ParameterizedTest
    @CsvSource({
        "npm run dev:memory, 500M",
        "npm start, 500M",
        "npx vite --port 3000, 500M",
        "npm run build:memory, 2G",
        "npx vite build, 2G",
        "mvn -q package, 2G",
        "cargo build --release, 2G",
        "make -j4 all, 2G",
        "npm run type-check:memory, 1G",
        "npx tsc --noEmit, 1G",
        "mypy src, 1G",
        "npm test, 1G",
        "npm run test:e2e, 1G",
        "npx vitest run, 1G",
        "mvn -B verify, 1G",
        "go test ./..., 1G",
        "echo building, 100M",
        "sleep 5, 100M",
        "cmake-format x, 100M",
    })
    void guessesByTheKindOfCommand(String line, String size) {
        var estimate = guesses.of(TaskSpec.named("t", WORKSPACE, new Command.Shell(line)).build());
        assertThat(estimate.source()).isEqualTo(MemorySource.GUESSED);
        assertThat(ByteSize.format(estimate.bytes()))
                .isEqualTo(ByteSize.format(ByteSize.parse(size).orElseThrow()));
    }

    @Test
    void declaredMemoryCountsBeforeAGuess() {
        var spec =
                TaskSpec.named("t", WORKSPACE, new Command.Shell("npm run build"))
                        .memory(7)
                        .build();
        var estimate = guesses.of(spec);
        assertThat(estimate.source()).isEqualTo(MemorySource.DECLARED);
        assertThat(estimate.bytes()).isEqualTo(7);
    }
}
