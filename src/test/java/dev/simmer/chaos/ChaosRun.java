package dev.simmer.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Sixty tasks of all sorts, and a supervisor that is killed with SIGKILL at random moments, also
 * while it starts. In the end every task must have the outcome that it would have had, from exactly
 * as many attempts, with every line of every log there once.
 */
final class ChaosRun {
    private static final long END_SECONDS = 180;

    private final Home home;
    private final int kills;
    private final SplittableRandom random;
    private final List<ChaosTask> tasks;

    /** Kills of a supervisor that answered, while some tasks had not ended. */
    int useful;

    ChaosRun(Path folder, int kills, long seed) throws IOException {
        this.home = new Home(folder);
        this.kills = kills;
        this.random = new SplittableRandom(seed);
        this.tasks = ChaosTask.sixty(kills);
    }

    /** Runs it; what was wrong in the end, a line each. */
    List<String> run() throws IOException, InterruptedException {
        Path evidence = Files.createDirectories(home.workspace.resolve("evidence"));
        Files.writeString(home.workspace.resolve("chaos.sh"), ChaosTask.SCRIPT);
        StringBuilder yaml = new StringBuilder("version: 1\nlimits: {parallel: 14}\ntasks:\n");
        tasks.forEach(task -> yaml.append(task.line()));
        Files.writeString(home.workspace.resolve("simmer.yaml"), yaml);

        Process supervisor = home.supervisor();
        try {
            Home.Said up = home.run("up");
            if (up.code() != 0) {
                return List.of("up: " + up.code() + " " + up.err());
            }
            for (int i = 0; i < kills; i++) {
                boolean early = random.nextInt(10) < 3;
                boolean answers = !early && home.awaitAnswer(supervisor);
                if (supervisor.waitFor(random.nextInt(600), TimeUnit.MILLISECONDS)) {
                    return List.of("the supervisor ended by itself: " + supervisor.exitValue());
                }
                useful += answers && begun(evidence) < tasks.size() ? 1 : 0;
                supervisor.destroyForcibly().waitFor();
                supervisor = home.supervisor();
            }
            return settle(evidence);
        } finally {
            home.run("kill", "--all", "--now");
            home.awaitNoProcess();
            supervisor.destroyForcibly().waitFor();
        }
    }

    /** How many tasks have left a note of their last attempt. */
    private long begun(Path evidence) throws IOException {
        long count = 0;
        for (ChaosTask task : tasks) {
            Path note = evidence.resolve(task.name() + ".begun");
            if (task.attempts() == 0
                    || (Files.exists(note) && Files.readAllLines(note).size() >= task.attempts())) {
                count++;
            }
        }
        return count;
    }

    private List<String> settle(Path evidence) throws IOException, InterruptedException {
        List<String> wrong = new ArrayList<>();
        Predicate<ListedTask> rests =
                task -> isService(task) ? task.state().equals("ready") : task.ended();
        if (!await(rests)) {
            wrong.add("not all has ended");
        }
        List<String> services = new ArrayList<>(List.of("kill"));
        tasks.stream().filter(ChaosTask::service).map(ChaosTask::name).forEach(services::add);
        Home.Said killed = home.run(services.toArray(String[]::new));
        if (killed.code() != 0) {
            wrong.add("kill: " + killed.err());
        }
        if (!await(ListedTask::ended)) {
            wrong.add("a service does not end");
        }
        Map<String, ListedTask> listed = new HashMap<>();
        list().forEach(task -> listed.put(task.name(), task));
        for (ChaosTask task : tasks) {
            ListedTask is = listed.get(task.name());
            if (is == null) {
                wrong.add(task.name() + " is not listed");
            } else {
                check(task, is, evidence, wrong);
            }
        }
        Path violations = evidence.resolve("violations");
        if (Files.exists(violations)) {
            wrong.addAll(Files.readAllLines(violations));
        }
        List<String> left = home.processes();
        if (!left.isEmpty()) {
            wrong.add("processes are left: " + left);
        }
        return wrong;
    }

    private static void check(ChaosTask task, ListedTask is, Path evidence, List<String> wrong)
            throws IOException {
        if (!is.state().equals(task.state())) {
            wrong.add(
                    task.name()
                            + " is "
                            + is.state()
                            + " ("
                            + is.reason()
                            + "), not "
                            + task.state());
        }
        List<String> begun = new ArrayList<>();
        Path note = evidence.resolve(task.name() + ".begun");
        if (Files.exists(note)) {
            begun.addAll(Files.readAllLines(note));
        }
        List<String> expected = new ArrayList<>();
        for (int i = 1; i <= task.attempts(); i++) {
            expected.add(Integer.toString(i));
        }
        if (!begun.equals(expected)) {
            wrong.add(task.name() + " began attempts " + begun + ", not " + expected);
        }
        if (is.log().isEmpty()) {
            if (task.attempts() > 0) {
                wrong.add(task.name() + " has no log");
            }
            return;
        }
        Path attempts = Path.of(is.log().get()).resolve("../..").normalize();
        for (String attempt : expected) {
            checkLog(task, attempt, attempts.resolve(attempt).resolve("output.log"), wrong);
        }
    }

    private static void checkLog(ChaosTask task, String attempt, Path log, List<String> wrong)
            throws IOException {
        if (!Files.exists(log)) {
            wrong.add(task.name() + " attempt " + attempt + " has no log");
            return;
        }
        List<String> lines = Files.readAllLines(log);
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).equals("line " + (i + 1) + " of attempt " + attempt)) {
                wrong.add(
                        task.name()
                                + " attempt "
                                + attempt
                                + ", line "
                                + (i + 1)
                                + ": "
                                + lines.get(i));
                return;
            }
        }
        if (task.lines() >= 0 && lines.size() != task.lines()) {
            wrong.add(
                    task.name()
                            + " attempt "
                            + attempt
                            + ": "
                            + lines.size()
                            + " lines, not "
                            + task.lines());
        }
    }

    private boolean isService(ListedTask task) {
        return tasks.stream().anyMatch(each -> each.service() && each.name().equals(task.name()));
    }

    private List<ListedTask> list() throws IOException, InterruptedException {
        Home.Said said = home.run("list", "--json");
        if (said.code() != 0) {
            throw new AssertionError("list: " + said.code() + " " + said.err());
        }
        return ListedTask.all(said.out());
    }

    private boolean await(Predicate<ListedTask> wanted) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_SECONDS);
        while (System.nanoTime() < end) {
            if (list().stream().allMatch(wanted)) {
                return true;
            }
        }
        return false;
    }
}
