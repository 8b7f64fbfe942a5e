package dev.simmer.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Contestants measured in turn, round by round, so that a machine that slows down slows all of
 * them. The first is what the others are compared with; figures are medians, ratios are medians of
 * the ratios within a round.
 */
final class Rounds {
    /** Something to measure. */
    interface Contestant {
        /** Runs once and says what it cost, in seconds. */
        double seconds() throws Exception;
    }

    private final String title;
    private final int rounds;
    private final List<Row> rows = new ArrayList<>();

    /** A contestant with what it took in each round. */
    private record Row(String name, Contestant contestant, List<Double> seconds) {}

    Rounds(String title, int rounds) {
        this.title = title;
        this.rounds = rounds;
    }

    /** Adds a contestant; the first one added is the yardstick. */
    Rounds with(String name, Contestant contestant) {
        rows.add(new Row(name, contestant, new ArrayList<>()));
        return this;
    }

    /** A contestant that runs a command to its end; its output is thrown away. */
    static Contestant command(String... argv) {
        return command(Map.of(), argv);
    }

    /** The same with more variables than this process has. */
    static Contestant command(Map<String, String> environment, String... argv) {
        return () -> {
            long begun = System.nanoTime();
            ProcessBuilder command =
                    new ProcessBuilder(argv)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectInput(
                                    ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
            command.environment().putAll(environment);
            int code = command.start().waitFor();
            if (code != 0) {
                throw new IllegalStateException(String.join(" ", argv) + " exited with " + code);
            }
            return (System.nanoTime() - begun) / 1e9;
        };
    }

    /** Runs a warm-up and all rounds, and prints a row for each contestant. */
    void run() throws Exception {
        for (Row row : rows) {
            row.contestant().seconds();
        }
        for (int round = 0; round < rounds; round++) {
            for (Row row : rows) {
                row.seconds().add(row.contestant().seconds());
            }
        }
        System.out.println();
        System.out.println(title + " (" + rounds + " rounds, medians)");
        List<Double> yardstick = rows.getFirst().seconds();
        for (Row row : rows) {
            double[] ratios = new double[rounds];
            for (int round = 0; round < rounds; round++) {
                ratios[round] = row.seconds().get(round) / yardstick.get(round);
            }
            System.out.printf(
                    Locale.ROOT,
                    "  %-44s %9.1f ms   %5.2f x  (%.2f to %.2f)%n",
                    row.name(),
                    median(row.seconds()) * 1e3,
                    median(Arrays.stream(ratios).boxed().toList()),
                    Arrays.stream(ratios).min().orElseThrow(),
                    Arrays.stream(ratios).max().orElseThrow());
        }
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
