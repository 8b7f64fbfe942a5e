package dev.simmer.chaos;

import java.util.ArrayList;
import java.util.List;

/**
 * A task of the chaos run and what must have become of it.
 *
 * @param name its name
 * @param yaml its entry of the task file
 * @param state the word that {@code list} ends with
 * @param attempts how many attempts it takes
 * @param lines how many lines each attempt writes; -1: as many as it comes to
 */
record ChaosTask(String name, String yaml, String state, int attempts, int lines) {
    private static final String READ = ". ./chaos.sh; begin NAME; ";

    /** What the tasks' scripts share: they note that they ran, and whether they ran twice. */
    static final String SCRIPT =
            """
            begin() {
                exec 9>>"evidence/$1.flock"
                flock -n 9 || echo "$1 ran twice at once" >>evidence/violations
                echo "$SIMMER_ATTEMPT" >>"evidence/$1.begun"
            }
            lines() {
                i=1
                while [ $i -le "$1" ]; do
                    echo "line $i of attempt $SIMMER_ATTEMPT"
                    sleep "$2"
                    i=$((i + 1))
                done
            }
            forever() {
                i=1
                while :; do
                    echo "line $i of attempt $SIMMER_ATTEMPT"
                    sleep 0.1
                    i=$((i + 1))
                done
            }
            alone() {
                mkdir "evidence/$1.alone" || echo "two hold $1" >>evidence/violations
                sleep "$2"
                rmdir "evidence/$1.alone"
            }
            after() {
                [ -e "evidence/$1.done" ] || echo "$2 began before $1 was done" >>evidence/violations
            }
            """;

    /**
     * Sixty tasks.
     *
     * @param seconds how long a long one takes; the others take their part of it
     */
    static List<ChaosTask> sixty(int seconds) {
        int length = seconds * 10;
        String pause = Double.toString(seconds / 50.0);
        List<ChaosTask> tasks = new ArrayList<>();
        for (int i = 1; i <= 15; i++) {
            tasks.add(job("short" + i, 3, "lines 3 0.02; : >evidence/NAME.done", ""));
        }
        for (int i = 1; i <= 10; i++) {
            tasks.add(job("long" + i, length, "lines " + length + " 0.1", ""));
        }
        for (int i = 1; i <= 8; i++) {
            String policy = ", retry: {max: 3, backoff: 100ms..400ms}";
            String script = "lines 5 " + pause + "; [ $SIMMER_ATTEMPT -ge 3 ] || exit 7";
            tasks.add(new ChaosTask("flaky" + i, entry(script, policy), "succeeded", 3, 5));
        }
        for (int i = 1; i <= 4; i++) {
            String policy = ", retry: {max: 1, backoff: 100ms..200ms}";
            tasks.add(
                    new ChaosTask(
                            "failing" + i,
                            entry("lines 2 " + pause + "; exit 3", policy),
                            "failed",
                            2,
                            2));
        }
        for (int i = 1; i <= 6; i++) {
            tasks.add(
                    job(
                            "needing" + i,
                            2,
                            "after short" + i + " NAME; lines 2 " + pause,
                            ", needs: [short" + i + "]"));
        }
        for (int i = 1; i <= 6; i++) {
            tasks.add(
                    job(
                            "locking" + i,
                            1,
                            "alone stove " + pause + "; lines 1 0.01",
                            ", locks: [stove]"));
        }
        for (int i = 1; i <= 3; i++) {
            String policy = ", timeout: 2s, stop: {grace: 500ms}";
            String script = "trap '' TERM; forever";
            tasks.add(new ChaosTask("stubborn" + i, entry(script, policy), "timed-out", 1, -1));
        }
        for (int i = 1; i <= 3; i++) {
            String policy = ", kind: service, ready: {log: line 3}, stop: {grace: 2s}";
            tasks.add(new ChaosTask("service" + i, entry("forever", policy), "killed", 1, -1));
        }
        for (int i = 1; i <= 3; i++) {
            tasks.add(job("client" + i, 2, "lines 2 0.1", ", needs: {service" + i + ": ready}"));
        }
        for (int i = 1; i <= 2; i++) {
            String policy = ", needs: [failing" + i + "]";
            tasks.add(new ChaosTask("hopeless" + i, entry("lines 1 0", policy), "skipped", 0, 0));
        }
        return tasks;
    }

    private static ChaosTask job(String name, int lines, String script, String more) {
        return new ChaosTask(name, entry(script, more), "succeeded", 1, lines);
    }

    private static String entry(String script, String more) {
        return "{run: \"" + READ + script + "\"" + more + "}";
    }

    /** Whether it runs until somebody stops it. */
    boolean service() {
        return name.startsWith("service");
    }

    /** Its line of the task file. */
    String line() {
        return "  " + name + ": " + yaml.replace("NAME", name) + "\n";
    }
}
