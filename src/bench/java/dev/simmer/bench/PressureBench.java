package dev.simmer.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Pressure from outside: in a control group of 4 GiB with a reserve of 1 GiB two heavy tasks run,
 * and a process that is not Simmer's takes all but 300 MiB. How long it takes until they are
 * paused, and until they go on when that process has ended.
 */
final class PressureBench {
    private static final int GROUP_MIB = 4096;
    private static final int LEFT_MIB = 300;
    private static final Pattern STATE = Pattern.compile("\"state\":\"([a-z-]+)\"");

    private final Path simmer;
    private final Path folder;
    private final Path classes;

    private PressureBench(Path project, Path folder) {
        this.simmer = project.resolve("simmer");
        this.folder = folder;
        this.classes = project.resolve("target/test-classes");
    }

    static void run(Path project, Path scratch) throws Exception {
        Path folder = Files.createDirectories(scratch.resolve("pressure"));
        PressureBench bench = new PressureBench(project, folder);
        try (MemoryGroup group = MemoryGroup.limited((long) GROUP_MIB << 20)) {
            bench.run(group);
        }
    }

    private void run(MemoryGroup group) throws Exception {
        String climb = String.join(" ", climb(300, 1_000));
        Files.writeString(
                folder.resolve("simmer.yaml"),
                """
                version: 1
                limits: {reserve: 1G}
                tasks:
                  build: {run: 'exec %1$s', memory: 400M, heavy: true}
                  suite: {run: 'exec %1$s', memory: 400M, heavy: true}
                """
                        .formatted(climb));
        said(group.inside("exec '" + simmer + "' up"));
        try {
            await(states -> states.stream().allMatch("running"::equals));
            // Until both have climbed to what they use.
            while (group.usedBytes() < 600L << 20) {
                Thread.onSpinWait();
            }
            int taken = GROUP_MIB - LEFT_MIB - (int) (group.usedBytes() >> 20);
            String script = "exec " + String.join(" ", climb(taken, 500));
            Process outsider = process(group.inside(script)).start();
            double paused = await(states -> states.stream().allMatch("paused"::equals));
            outsider.destroyForcibly().waitFor();
            double resumed = await(states -> states.stream().allMatch("running"::equals));
            System.out.println();
            System.out.println("somebody else takes all but 300 MiB of 4 GiB");
            System.out.printf(
                    Locale.ROOT,
                    "  both heavy tasks paused after %.1f s, both go on %.1f s after relief;"
                            + " the kernel killed %d%n",
                    paused,
                    resumed,
                    group.kills());
        } finally {
            said(List.of(simmer.toString(), "down"));
            said(List.of(simmer.toString(), "supervisor", "stop"));
        }
    }

    private List<String> climb(int mib, int millis) {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        line.addAll(Climb.flags(classes.toString()));
        line.addAll(List.of(Integer.toString(mib), Integer.toString(millis), "600000", "0"));
        return line;
    }

    /** Waits until the tasks' states are so; how long that took, in seconds. */
    private double await(Predicate<List<String>> wanted) throws Exception {
        long begun = System.nanoTime();
        while (true) {
            String tasks = said(List.of(simmer.toString(), "list", "--json"));
            List<String> states =
                    STATE.matcher(tasks).results().map((MatchResult m) -> m.group(1)).toList();
            double seconds = (System.nanoTime() - begun) / 1e9;
            if (states.size() == 2 && wanted.test(states)) {
                return seconds;
            }
            if (seconds > 60) {
                throw new IllegalStateException("after a minute: " + tasks);
            }
        }
    }

    private ProcessBuilder process(List<String> line) {
        ProcessBuilder builder =
                new ProcessBuilder(line)
                        .directory(folder.toFile())
                        .redirectInput(new File("/dev/null"))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(Map.of("SIMMER_HOME", folder.resolve("home").toString()));
        return builder;
    }

    private String said(List<String> line) throws IOException, InterruptedException {
        File out = folder.resolve("out").toFile();
        process(line).redirectOutput(out).start().waitFor();
        return Files.readString(out.toPath());
    }
}
