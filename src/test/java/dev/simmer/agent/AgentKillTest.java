package dev.simmer.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.agent.report.ReportCheck;
import dev.simmer.agent.report.ReportName;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL for agents' programs, their shims and the supervisor at random moments. Whatever is
 * killed: of each agent there is one report, its entry is settled, and no process is left.
 *
 * <p>{@code -Dsimmer.agent.kills=100} kills more often, {@code -Dsimmer.agent.seed} again as before
 * as far as a machine allows.
 */
class AgentKillTest {
    private static final int KILLS = Integer.getInteger("simmer.agent.kills", 10);
    private static final int KILLS_A_ROUND = 5;
    private static final int LONGEST_PAUSE_MILLIS = 900;
    private static final long LIMIT_SECONDS = 60;

    @TempDir Path base;

    private int supervisors;
    private int programs;
    private int shims;

    @Test
    void whateverIsKilledEachAgentIsSettledOnce() throws Exception {
        long seed = Long.getLong("simmer.agent.seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        List<String> wrong = new ArrayList<>();
        int round = 0;
        while (supervisors + programs + shims < KILLS) {
            Path folder = Files.createDirectory(base.resolve("round" + round));
            round(folder, random);
            check(folder, wrong);
            assertThat(wrong).as("seed " + seed + ", round " + round).isEmpty();
            assertThat(++round).as("rounds, as each has some kills").isLessThan(KILLS + 10);
        }
        System.out.println(
                "agents outlived kills of "
                        + supervisors
                        + " supervisors, "
                        + programs
                        + " programs, "
                        + shims
                        + " shims in "
                        + round
                        + " rounds of "
                        + KilledSupervisor.ids().size());
    }

    private void round(Path folder, SplittableRandom random) throws Exception {
        Files.createDirectory(folder.resolve("pids"));
        Path workspace = Files.createDirectory(folder.resolve("workspace"));
        Path session = workspace.resolve(House.SESSION);
        Files.createDirectories(session.getParent());
        Files.writeString(session, "---\nsession: auth # the feature\n---\n# Notes\n");
        Files.writeString(workspace.resolve("a.txt"), "one\n");
        repository(workspace);
        long seed = random.nextLong();
        Process supervisor = supervisor(folder, seed);
        try {
            for (int kill = 0; kill < KILLS_A_ROUND; kill++) {
                if (supervisor.waitFor(
                        random.nextInt(LONGEST_PAUSE_MILLIS), TimeUnit.MILLISECONDS)) {
                    break;
                }
                int what = random.nextInt(5);
                if (what == 0) {
                    supervisor.destroyForcibly().waitFor();
                    supervisors++;
                    supervisor = supervisor(folder, seed);
                } else {
                    boolean program = what < 3;
                    while (!kill(folder, program, random)
                            && !supervisor.waitFor(10, TimeUnit.MILLISECONDS)) {
                        // There is nothing to kill yet, or nothing any more.
                    }
                }
            }
            awaitEnd(supervisor);
        } finally {
            supervisor.destroyForcibly().waitFor();
            marked(folder).forEach(ProcessHandle::destroyForcibly);
        }
    }

    private static void awaitEnd(Process supervisor) throws Exception {
        List<String> said = new ArrayList<>();
        Thread reader =
                Thread.ofVirtual()
                        .start(() -> {
                            try (BufferedReader lines = supervisor.inputReader()) {
                                lines.lines().forEach(said::add);
                            } catch (IOException e) {
                                said.add(e.toString());
                            }
                        });
        boolean over = supervisor.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        if (!over) {
            supervisor.destroyForcibly().waitFor();
        }
        reader.join();
        assertThat(said).as("what the supervisor said").contains("ended");
        assertThat(over).isTrue();
    }

    /** Kills a program or its shim; false where there is none. */
    private boolean kill(Path folder, boolean program, SplittableRandom random) throws IOException {
        List<Path> pids;
        try (Stream<Path> files = Files.list(folder.resolve("pids"))) {
            pids = new ArrayList<>(files.sorted().toList());
        }
        while (!pids.isEmpty()) {
            String text = Files.readString(pids.remove(random.nextInt(pids.size()))).strip();
            Optional<ProcessHandle> process =
                    text.isEmpty()
                            ? Optional.empty()
                            : ProcessHandle.of(Long.parseLong(text))
                                    .filter(each -> isMarked(each, folder));
            Optional<ProcessHandle> victim =
                    program
                            ? process
                            : process.flatMap(ProcessHandle::parent)
                                    .filter(each -> isMarked(each, folder));
            if (victim.isPresent() && victim.get().destroyForcibly()) {
                programs += program ? 1 : 0;
                shims += program ? 0 : 1;
                return true;
            }
        }
        return false;
    }

    private static boolean isMarked(ProcessHandle process, Path folder) {
        try {
            byte[] environment = Files.readAllBytes(Path.of("/proc/" + process.pid() + "/environ"));
            return new String(environment, StandardCharsets.UTF_8)
                    .contains(KilledSupervisor.MARK + "=" + folder + "\0");
        } catch (IOException e) {
            return false;
        }
    }

    /** The processes of the round's agents. */
    private static List<ProcessHandle> marked(Path folder) {
        return ProcessHandle.allProcesses().filter(each -> isMarked(each, folder)).toList();
    }

    private static void check(Path folder, List<String> wrong) throws IOException {
        marked(folder).forEach(each -> wrong.add("left over: " + each.info()));
        Path workspace = folder.resolve("workspace");
        String session = Files.readString(workspace.resolve(House.SESSION));
        for (String id : KilledSupervisor.ids()) {
            List<String> reports = reports(workspace, id);
            if (reports.size() != 1) {
                wrong.add(id + " has the reports " + reports);
                continue;
            }
            byte[] report =
                    Files.readAllBytes(
                            workspace.resolve(ReportName.FOLDER).resolve(reports.getFirst()));
            List<String> reasons = ReportCheck.of(report, Optional.empty()).reasons();
            if (!reasons.isEmpty()) {
                wrong.add(reports.getFirst() + ": " + reasons);
            }
            boolean partial = reports.getFirst().endsWith("-partial.md");
            String entry =
                    "  - id: \""
                            + id
                            + "\"\n    agent: auditor\n    task: \"Audit the code\"\n    status: ";
            String place =
                    "\n    result_location: \".agents/reports/" + reports.getFirst() + "\"\n";
            boolean settled =
                    session.contains(entry + "failed" + place)
                            || (!partial && session.contains(entry + "completed" + place));
            if (!settled || session.indexOf(id + "\"") != session.lastIndexOf("id: \"" + id) + 5) {
                wrong.add(id + " is not settled in " + session);
            }
        }
        if (!session.startsWith("---\nsession: auth # the feature\n")
                || !session.endsWith("---\n# Notes\n")) {
            wrong.add("the session file is " + session);
        }
    }

    private static List<String> reports(Path workspace, String id) throws IOException {
        try (Stream<Path> files = Files.list(workspace.resolve(ReportName.FOLDER))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(id))
                    .toList();
        }
    }

    private static void repository(Path workspace) throws IOException, InterruptedException {
        for (List<String> words :
                List.of(
                        List.of("init", "-q", "-b", "main"),
                        List.of("add", "a.txt"),
                        List.of("commit", "-q", "-m", "Begin"))) {
            List<String> line =
                    new ArrayList<>(
                            List.of("git", "-c", "user.name=T", "-c", "user.email=t@example.org"));
            line.addAll(words);
            try {
                new ProcessBuilder(line).directory(workspace.toFile()).start().waitFor();
            } catch (IOException e) {
                // Without git none of the agents is isolated.
                return;
            }
        }
    }

    private static Process supervisor(Path folder, long seed) throws IOException {
        File log = folder.resolve("supervisor.err").toFile();
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx96m",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        classPath(),
                        KilledSupervisor.class.getName(),
                        folder.toString(),
                        Long.toString(seed))
                .redirectError(ProcessBuilder.Redirect.appendTo(log))
                .start();
    }

    private static String classPath() {
        return Objects.requireNonNull(
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path")));
    }
}
