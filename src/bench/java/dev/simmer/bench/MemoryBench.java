package dev.simmer.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Sixteen tasks whose memory climbs to between 0.3 and 2 GiB at different speeds and falls again,
 * every fourth a burst of four processes, in a memory control group of 4 GiB: Simmer with declared
 * sizes, Simmer with none after that run, and beside them GNU parallel and plain {@code &}.
 *
 * <p>Every task is started by the same small script, which writes down when it began and how it
 * ended; kills are those that the kernel counts in the group. Wasted is the time of all attempts
 * that did not end well.
 */
final class MemoryBench {
    private static final long LIMIT = 4L << 30;
    private static final int TASKS = 16;

    /** What a small JVM needs beside what the task climbs to. */
    private static final int JVM_MIB = 45;

    private final Path simmer;
    private final Path folder;
    private final List<Job> jobs;
    private final Path script;
    private final Path log;

    private record Job(int number, int peakMib, int climb, int hold, int fall, int processes) {
        String arguments() {
            return peakMib + " " + climb + " " + hold + " " + fall + " " + processes;
        }

        int declaredMib() {
            return peakMib + JVM_MIB * (processes > 1 ? processes + 1 : 1);
        }
    }

    /** How it went. */
    private record Outcome(double seconds, long kills, int well, int again, double wasted) {}

    private MemoryBench(Path project, Path folder) throws IOException {
        this.simmer = project.resolve("simmer");
        this.folder = folder;
        this.jobs = jobs();
        this.log = folder.resolve("log");
        this.script = folder.resolve("task");
        Path java = Path.of(System.getProperty("java.home"), "bin/java");
        Files.writeString(
                script,
                "#!/bin/sh\n"
                        + "echo \"start $1 $(date +%s.%N)\" >>'"
                        + log
                        + "'\nn=$1\nshift\n'"
                        + java
                        + "' "
                        + String.join(
                                " ", Climb.flags(project.resolve("target/test-classes").toString()))
                        + " \"$@\"\ncode=$?\n"
                        + "echo \"end $n $(date +%s.%N) $code\" >>'"
                        + log
                        + "'\nexit $code\n");
        if (!script.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + script + " executable");
        }
    }

    static void run(Path project, Path scratch) throws Exception {
        MemoryBench bench =
                new MemoryBench(project, Files.createDirectories(scratch.resolve("memory")));
        bench.told("--version");
        bench.run();
    }

    private static List<Job> jobs() {
        Random random = new Random(16);
        List<Integer> peaks = new ArrayList<>();
        for (int i = 0; i < TASKS; i++) {
            peaks.add(300 + i * (2048 - 300) / (TASKS - 1));
        }
        Collections.shuffle(peaks, random);
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < TASKS; i++) {
            jobs.add(
                    new Job(
                            i + 1,
                            peaks.get(i),
                            2_000 + random.nextInt(6_000),
                            1_000 + random.nextInt(3_000),
                            1_000 + random.nextInt(2_000),
                            i % 4 == 3 ? 4 : 1));
        }
        return jobs;
    }

    private void run() throws Exception {
        Path declared = workspace(true);
        System.out.println();
        System.out.println(TASKS + " tasks of 0.3 to 2 GiB in a control group of 4 GiB");
        System.out.println(
                "  contestant                              wall s   kills  ended well  again"
                        + "  wasted s");
        row("simmer, declared sizes", "", this::bySimmer, declared);
        row("simmer, nothing declared, one run learned", "", this::bySimmer, workspace(false));
        row("parallel -j4", "-j4", this::byParallel, folder);
        row("parallel -j2", "-j2", this::byParallel, folder);
        row("parallel --memfree 500M -j16", "--memfree 500M -j16", this::byParallel, folder);
        row("all at once (&)", "", this::atOnce, folder);
    }

    private interface Contestant {
        /** A shell script that runs all tasks to their ends. */
        String script(String options, Path place) throws IOException;
    }

    private void row(String name, String options, Contestant contestant, Path place)
            throws Exception {
        Outcome outcome = measure(contestant.script(options, place), place);
        System.out.printf(
                Locale.ROOT,
                "  %-41s %6.1f %7d %11d %6d %9.1f%n",
                name,
                outcome.seconds(),
                outcome.kills(),
                outcome.well(),
                outcome.again(),
                outcome.wasted());
    }

    private Outcome measure(String lines, Path place) throws Exception {
        Files.writeString(log, "");
        try (MemoryGroup group = MemoryGroup.limited(LIMIT)) {
            long begun = System.nanoTime();
            ProcessBuilder command =
                    new ProcessBuilder(group.inside(lines))
                            .directory(place.toFile())
                            .redirectInput(new File("/dev/null"))
                            .redirectErrorStream(true)
                            .redirectOutput(folder.resolve("output").toFile());
            command.environment().put("SIMMER_HOME", folder.resolve("home").toString());
            Process process = command.start();
            process.waitFor();
            double seconds = (System.nanoTime() - begun) / 1e9;
            return outcome(seconds, group.kills());
        }
    }

    private Outcome outcome(double seconds, long kills) throws IOException {
        Map<Integer, Double> open = new HashMap<>();
        double wasted = 0;
        int well = 0;
        int starts = 0;
        double last = 0;
        for (String line : Files.readAllLines(log)) {
            String[] words = line.split(" ", -1);
            int number = Integer.parseInt(words[1]);
            double at = Double.parseDouble(words[2]);
            last = Math.max(last, at);
            if (words[0].equals("start")) {
                starts++;
                Double before = open.put(number, at);
                wasted += before == null ? 0 : at - before;
            } else {
                Double begun = open.remove(number);
                boolean fine = words[3].equals("0");
                well += fine ? 1 : 0;
                wasted += fine || begun == null ? 0 : at - begun;
            }
        }
        for (double begun : open.values()) {
            wasted += last - begun;
        }
        return new Outcome(seconds, kills, well, starts - TASKS, wasted);
    }

    private Path workspace(boolean sizes) throws IOException {
        // One workspace for both: what the second run knows it has learned from the first.
        Path place = Files.createDirectories(folder.resolve("workspace"));
        StringBuilder yaml =
                new StringBuilder("version: 1\nlimits: {heavy: 16, reserve: 5%}\ntasks:\n");
        for (Job job : jobs) {
            yaml.append("  t").append(job.number()).append(": {run: '").append(script).append(' ');
            yaml.append(job.number()).append(' ').append(job.arguments()).append('\'');
            if (sizes) {
                yaml.append(", memory: ").append(job.declaredMib()).append('M');
            }
            yaml.append("}\n");
        }
        Files.writeString(place.resolve(sizes ? "declared.yaml" : "bare.yaml"), yaml);
        return place;
    }

    private String bySimmer(String options, Path place) {
        String file = place.resolve("bare.yaml").toFile().exists() ? "bare.yaml" : "declared.yaml";
        StringBuilder names = new StringBuilder();
        jobs.forEach(job -> names.append(" t").append(job.number()));
        return "'%1$s' up -f %2$s; '%1$s' wait%3$s; '%1$s' list; '%1$s' supervisor stop"
                .formatted(simmer, file, names);
    }

    private String byParallel(String options, Path place) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (Job job : jobs) {
            lines.append(script).append(' ').append(job.number()).append(' ');
            lines.append(job.arguments()).append('\n');
        }
        Path list = Files.writeString(place.resolve("jobs"), lines);
        return "exec parallel " + options + " <'" + list + "'";
    }

    private String atOnce(String options, Path place) {
        StringBuilder lines = new StringBuilder();
        for (Job job : jobs) {
            lines.append('\'').append(script).append("' ").append(job.number()).append(' ');
            lines.append(job.arguments()).append(" &\n");
        }
        return lines + "wait";
    }

    private void told(String... words) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(simmer.toString()));
        line.addAll(List.of(words));
        new ProcessBuilder(line)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
