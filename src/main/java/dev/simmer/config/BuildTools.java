package dev.simmer.config;

import java.util.Optional;

/** Build tools whose tasks are the same in every project. */
final class BuildTools {
    private BuildTools() {}

    static void scan(ProjectScan.Collector found) {
        maven(found);
        gradle(found);
        cargo(found);
        go(found);
        python(found);
    }

    /** Two Mavens in one folder write over each other's files. */
    private static void maven(ProjectScan.Collector found) {
        String file = "pom.xml";
        if (!found.has(file)) {
            return;
        }
        String maven = found.has("mvnw") ? "./mvnw -B" : "mvn -B";
        found.add(
                FoundTask.job("build", maven + " -DskipTests package", file).locking("maven"),
                "maven");
        found.add(FoundTask.job("test", maven + " test", file).locking("maven"), "maven");
    }

    private static void gradle(ProjectScan.Collector found) {
        for (String file : new String[] {"build.gradle", "build.gradle.kts"}) {
            if (found.has(file)) {
                String gradle = found.has("gradlew") ? "./gradlew" : "gradle";
                found.add(
                        FoundTask.job("build", gradle + " assemble", file).locking("gradle"),
                        "gradle");
                found.add(
                        FoundTask.job("test", gradle + " test", file).locking("gradle"), "gradle");
                return;
            }
        }
    }

    private static void cargo(ProjectScan.Collector found) {
        String file = "Cargo.toml";
        if (found.has(file)) {
            found.add(FoundTask.job("build", "cargo build", file).locking("cargo"), "cargo");
            found.add(FoundTask.job("test", "cargo test", file).locking("cargo"), "cargo");
            found.add(FoundTask.job("lint", "cargo clippy", file).locking("cargo"), "cargo");
            found.add(FoundTask.job("format-check", "cargo fmt --check", file), "cargo");
        }
    }

    private static void go(ProjectScan.Collector found) {
        String file = "go.mod";
        if (found.has(file)) {
            found.add(FoundTask.job("build", "go build ./...", file), "go");
            found.add(FoundTask.job("test", "go test ./...", file), "go");
            found.add(FoundTask.job("lint", "go vet ./...", file), "go");
        }
    }

    private static void python(ProjectScan.Collector found) {
        String file = "pyproject.toml";
        Optional<String> text = found.text(file);
        if (text.isEmpty()) {
            return;
        }
        String prefix =
                found.has("uv.lock") ? "uv run " : found.has("poetry.lock") ? "poetry run " : "";
        if (text.get().contains("pytest") || found.hasFolder("tests")) {
            found.add(FoundTask.job("test", prefix + "pytest", file), "python");
        }
        if (text.get().contains("ruff")) {
            found.add(FoundTask.job("lint", prefix + "ruff check .", file), "python");
        }
        if (text.get().contains("mypy")) {
            found.add(FoundTask.job("type-check", prefix + "mypy .", file), "python");
        }
    }
}
