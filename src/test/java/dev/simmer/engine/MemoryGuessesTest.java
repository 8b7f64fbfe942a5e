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
                "npm run dev:memory | 500M | a dev server",
                "npm start | 500M | a dev server",
                "npx vite --port 3000 | 500M | a dev server",
                "npx next dev | 500M | a dev server",
                "npx webpack serve | 500M | a dev server",
                "yarn storybook | 500M | a dev server",
                "bin/rails server | 500M | a dev server",
                "python manage.py runserver | 500M | a dev server",
                "flask run | 500M | a dev server",
                "uvicorn app:main --reload | 500M | a dev server",
                "hugo server -D | 500M | a dev server",
                "npm run build:memory | 2G | a build",
                "pnpm -r build | 2G | a build",
                "npx vite build | 2G | a build",
                "npx next build | 2G | a build",
                "npx webpack --mode production | 2G | a bundler",
                "./node_modules/.bin/esbuild src/a.ts --bundle | 2G | a bundler",
                "mvn -q package | 2G | a build",
                "./mvnw -B -ntp install | 2G | a build",
                "./gradlew assembleDebug | 2G | a build",
                "cargo build --release | 2G | a build",
                "cargo run | 2G | a build",
                "go build ./... | 2G | a build",
                "make -j4 all | 2G | a build",
                "cmake --build build | 2G | a build",
                "ninja -C out | 2G | a build",
                "dotnet publish -c Release | 2G | a build",
                "python -m build | 2G | a build",
                "bazel build //... | 2G | a build",
                "docker buildx build -t x . | 2G | a container build",
                "docker compose build | 2G | a container build",
                "javac -d out @files | 1G | a compiler",
                "rustc main.rs | 1G | a compiler",
                "g++ -O2 a.cc | 1G | a compiler",
                "gcc -c a.c | 500M | a compiler",
                "latexmk -pdf thesis | 500M | a compiler",
                "npm run type-check:memory | 1G | a type check",
                "pnpm typecheck | 1G | a type check",
                "npx tsc --noEmit | 1G | a type check",
                "mypy src | 1G | a type check",
                "pyright | 1G | a type check",
                "cargo clippy --all | 1G | a type check",
                "npm test | 1G | a test run",
                "npm t | 1G | a test run",
                "npm run test:e2e | 1G | a test run",
                "yarn test --watch=false | 1G | a test run",
                "npx vitest run | 1G | a test run",
                "node --test src | 1G | a test run",
                "mvn -B verify | 1G | a test run",
                "./gradlew check | 1G | a test run",
                "go test ./... | 1G | a test run",
                "cargo nextest run | 1G | a test run",
                "python3 -m pytest -x | 1G | a test run",
                "python3 -m unittest | 1G | a test run",
                "make check | 1G | a test run",
                "bundle exec rspec | 1G | a test run",
                "npx playwright test | 1G | a test run",
                "npx eslint src | 500M | a linter",
                "npm run lint | 500M | a linter",
                "ruff check . | 500M | a linter",
                "golangci-lint run | 500M | a linter",
                "mvn spotless:check | 500M | a linter",
                "npm ci | 500M | an installation of packages",
                "pip install -r requirements.txt | 500M | an installation of packages",
                "java -jar server.jar | 1G | a JVM",
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
