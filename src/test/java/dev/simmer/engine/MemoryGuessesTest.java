package dev.simmer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.model.ByteSize;
import dev.simmer.model.Command;
import dev.simmer.model.MemorySource;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.WorkspaceId;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryGuessesTest {
    private static final WorkspaceId WORKSPACE = new WorkspaceId(Path.of("/w"));

    private final MemoryGuesses guesses = MemoryGuesses.load();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "npm run dev:memory | 500M | dev server",
                "npm start | 500M | dev server",
                "npx vite --port 3000 | 500M | dev server",
                "npx next dev | 500M | dev server",
                "npx webpack serve | 500M | dev server",
                "yarn storybook | 500M | dev server",
                "bin/rails server | 500M | dev server",
                "python manage.py runserver | 500M | dev server",
                "flask run | 500M | dev server",
                "uvicorn app:main --reload | 500M | dev server",
                "hugo server -D | 500M | dev server",
                "npm run build:memory | 2G | build",
                "pnpm -r build | 2G | build",
                "npx vite build | 2G | build",
                "npx next build | 2G | build",
                "npx webpack --mode production | 2G | bundler",
                "./node_modules/.bin/esbuild src/a.ts --bundle | 2G | bundler",
                "mvn -q package | 2G | build",
                "./mvnw -B -ntp install | 2G | build",
                "./gradlew assembleDebug | 2G | build",
                "cargo build --release | 2G | build",
                "cargo run | 2G | build",
                "go build ./... | 2G | build",
                "make -j4 all | 2G | build",
                "cmake --build build | 2G | build",
                "ninja -C out | 2G | build",
                "dotnet publish -c Release | 2G | build",
                "python -m build | 2G | build",
                "bazel build //... | 2G | build",
                "docker buildx build -t x . | 2G | container build",
                "docker compose build | 2G | container build",
                "javac -d out @files | 1G | compiler",
                "rustc main.rs | 1G | compiler",
                "g++ -O2 a.cc | 1G | compiler",
                "gcc -c a.c | 500M | compiler",
                "latexmk -pdf thesis | 500M | compiler",
                "npm run type-check:memory | 1G | type check",
                "pnpm typecheck | 1G | type check",
                "npx tsc --noEmit | 1G | type check",
                "mypy src | 1G | type check",
                "pyright | 1G | type check",
                "cargo clippy --all | 1G | type check",
                "npm test | 1G | test run",
                "npm t | 1G | test run",
                "npm run test:e2e | 1G | test run",
                "yarn test --watch=false | 1G | test run",
                "npx vitest run | 1G | test run",
                "node --test src | 1G | test run",
                "mvn -B verify | 1G | test run",
                "./gradlew check | 1G | test run",
                "go test ./... | 1G | test run",
                "cargo nextest run | 1G | test run",
                "python3 -m pytest -x | 1G | test run",
                "python3 -m unittest | 1G | test run",
                "make check | 1G | test run",
                "bundle exec rspec | 1G | test run",
                "npx playwright test | 1G | test run",
                "npx eslint src | 500M | linter",
                "npm run lint | 500M | linter",
                "ruff check . | 500M | linter",
                "golangci-lint run | 500M | linter",
                "mvn spotless:check | 500M | linter",
                "npm ci | 500M | package installation",
                "pip install -r requirements.txt | 500M | package installation",
                "java -jar server.jar | 1G | JVM",
                "echo building | 100M |",
                "sleep 5 | 100M |",
                "cmake-format x | 100M |",
                "ls -la | 100M |",
                "git fetch | 100M |",
                "cat Makefile | 100M |",
                "rm -rf build | 100M |",
                "cp a.c b.c | 100M |",
            })
    void guessesByTheKindOfCommand(String line, String size, @Nullable String kind) {
        var estimate = guesses.of(TaskSpec.named("t", WORKSPACE, new Command.Shell(line)).build());
        assertThat(estimate.source()).isEqualTo(MemorySource.GUESSED);
        assertThat(ByteSize.format(estimate.bytes()))
                .isEqualTo(ByteSize.format(ByteSize.parse(size).orElseThrow()));
        assertThat(estimate.kind()).isEqualTo(kind == null ? "" : kind);
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
