package dev.simmer.process;

import dev.simmer.engine.ports.Ending;
import dev.simmer.engine.ports.Launch;
import dev.simmer.engine.ports.Processes;
import dev.simmer.model.AgentRun;
import dev.simmer.model.AgentStop;
import dev.simmer.model.AttemptId;
import dev.simmer.model.Command;
import dev.simmer.model.LogLimit;
import dev.simmer.model.Signal;
import dev.simmer.model.StartFailure;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.WorkspaceId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/**
 * A task that writes 5 GB with {@code log_limit: 200M}, beside the same command with its output in
 * a plain file. Counted are what the run folder takes on the disk at most, looked at every
 * millisecond, and whether the newest 200 MiB are what was written, byte for byte.
 */
public final class LogLimitBench {
    private static final long LIMIT = 200L << 20;

    /** 500 million numbers of nine digits, each with a line feed. */
    private static final String NUMBERS = "seq 100000000 599999999";

    private static final long FIRST = 100_000_000;
    private static final int LINE = 10;
    private static final long BYTES = 5_000_000_000L;

    /** As fast as it goes. */
    private static final String ZEROS = "head -c 5000000000 /dev/zero";

    private LogLimitBench() {}

    /** Prints the ratios of so many rounds. */
    public static void run(Path scratch, int rounds) throws Exception {
        System.out.println();
        System.out.println("5 GB with log_limit: 200M (" + rounds + " rounds, medians)");
        measure(scratch, NUMBERS, true, rounds);
        measure(scratch, ZEROS, false, rounds);
    }

    private static void measure(Path scratch, String writer, boolean check, int rounds)
            throws Exception {
        double[] ratios = new double[rounds];
        double[] plain = new double[rounds];
        long most = 0;
        for (int i = 0; i < rounds; i++) {
            plain[i] = plain(scratch.resolve("plain.log"), writer);
            Task task = new Task(scratch.resolve("loglimit"), writer);
            ratios[i] = task.seconds() / plain[i];
            most = Math.max(most, task.most);
            if (check) {
                task.checkNewest();
            }
            task.remove();
        }
        Arrays.sort(ratios);
        Arrays.sort(plain);
        System.out.printf(
                Locale.ROOT,
                "  %-26s plain file %7.0f ms (%.2f GB/s), task %5.2f x (%.2f to %.2f),"
                        + " at most %.1f MB on disk%s%n",
                writer,
                plain[rounds / 2] * 1e3,
                BYTES / 1e9 / plain[rounds / 2],
                ratios[rounds / 2],
                ratios[0],
                ratios[rounds - 1],
                most / 1e6,
                check ? ", newest 200 MiB intact" : "");
    }

    private static double plain(Path file, String writer) throws Exception {
        settle();
        long begun = System.nanoTime();
        shell("exec >'" + file + "'; " + writer);
        double seconds = (System.nanoTime() - begun) / 1e9;
        Files.delete(file);
        return seconds;
    }

    /** Lets the disk finish what was written before. */
    private static void settle() throws Exception {
        shell("sync");
    }

    private static void shell(String line) throws Exception {
        if (new ProcessBuilder("sh", "-c", line).inheritIO().start().waitFor() != 0) {
            throw new IllegalStateException(line);
        }
    }

    private static final class Task {
        private final Path top;
        private final Launch launch;
        private long most;

        private Task(Path top, String writer) throws IOException {
            this.top = Files.createDirectories(top);
            TaskSpec spec =
                    TaskSpec.named("writer", new WorkspaceId(top), new Command.Shell(writer))
                            .logLimit(new LogLimit(LIMIT, LogLimit.WhenFull.DROP_OLDEST))
                            .build();
            launch = new Launch(new AttemptId(new TaskId(1), 1), spec, top.resolve("runs/1/1"));
        }

        private double seconds() throws Exception {
            settle();
            CountDownLatch over = new CountDownLatch(1);
            Thread sampler = Thread.ofPlatform().daemon().start(() -> sample(over));
            double seconds;
            try (ShimProcesses processes = new ShimProcesses(new End(over))) {
                long begun = System.nanoTime();
                processes.spawn(launch);
                over.await();
                seconds = (System.nanoTime() - begun) / 1e9;
            }
            sampler.join();
            return seconds;
        }

        private void sample(CountDownLatch over) {
            Posix posix = new Posix();
            byte[] log = PathBytes.of(launch.log());
            try {
                do {
                    if (posix.stat(log) == 0) {
                        most = Math.max(most, posix.allocated);
                    }
                } while (!over.await(1, java.util.concurrent.TimeUnit.MILLISECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void checkNewest() throws IOException {
            try (var log = Files.newByteChannel(launch.log())) {
                if (log.size() != BYTES) {
                    throw new IllegalStateException("the log has " + log.size() + " bytes");
                }
                long at = (BYTES - LIMIT) / LINE * LINE + LINE;
                java.nio.ByteBuffer piece = java.nio.ByteBuffer.allocate(LINE << 16);
                while (at < BYTES) {
                    piece.clear();
                    log.position(at);
                    while (piece.hasRemaining() && log.read(piece) >= 0) {}
                    for (int i = 0; i < piece.position(); i += LINE) {
                        String expected = (FIRST + (at + i) / LINE) + "\n";
                        String found =
                                new String(piece.array(), i, LINE, StandardCharsets.US_ASCII);
                        if (!found.equals(expected)) {
                            throw new IllegalStateException(
                                    "at " + (at + i) + ": " + found + " and not " + expected);
                        }
                    }
                    at += piece.position();
                }
            }
        }

        private void remove() throws IOException {
            try (Stream<Path> all = Files.walk(top)) {
                all.sorted(java.util.Comparator.reverseOrder())
                        .forEach(path -> {
                            try {
                                Files.delete(path);
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        });
            }
        }
    }

    /** Waits for the end and for nothing else. */
    private record End(CountDownLatch over) implements Processes.Listener {
        @Override
        public void started(AttemptId attempt, long pid) {}

        @Override
        public void startFailed(AttemptId attempt, StartFailure failure) {
            throw new IllegalStateException(failure.text());
        }

        @Override
        public void ready(AttemptId attempt) {}

        @Override
        public void exited(AttemptId attempt, Ending ending) {
            over.countDown();
        }

        @Override
        public void adopted(AttemptId attempt) {}

        @Override
        public void neverBegan(AttemptId attempt) {}

        @Override
        public void signalled(AttemptId attempt, Signal signal) {}

        @Override
        public void logFull(AttemptId attempt, boolean byChoice) {
            throw new IllegalStateException("this file system cannot give back parts of files");
        }

        @Override
        public void notIsolated(AttemptId attempt, String why) {}

        @Override
        public void progress(AttemptId attempt, AgentRun run) {}

        @Override
        public void agentStop(AttemptId attempt, AgentStop why, String words) {}

        @Override
        public void gone(AttemptId attempt) {}
    }
}
