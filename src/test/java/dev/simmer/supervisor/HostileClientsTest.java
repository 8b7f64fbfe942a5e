package dev.simmer.supervisor;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.model.Reply;
import dev.simmer.model.Request;
import dev.simmer.model.Snapshot;
import dev.simmer.model.TaskId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that write rubbish: nothing changes, everybody else is answered. */
@Timeout(300)
class HostileClientsTest {
    private static final Set<String> LOOKING =
            Set.of(
                    Protocol.HELLO,
                    Protocol.SNAPSHOT,
                    Protocol.SUBSCRIBE,
                    Protocol.UNSUBSCRIBE,
                    Protocol.STATUS,
                    "explain");

    private static final int MESSAGES = 100_000;
    private static final int CLIENTS = 40;
    private static final int LONG_LINES = 6;
    private static final int LONG_LINE = 64 << 20;

    private static final List<String> VALUES =
            List.of(
                    "null",
                    "true",
                    "\"3\"",
                    "-1",
                    "0",
                    "3.5",
                    "1e999",
                    "123456789012345678901234567890",
                    "[]",
                    "[\"1\"]",
                    "[0]",
                    "[-5]",
                    "[1.5]",
                    "[[1]]",
                    "{}",
                    "{\"ids\":[1]}",
                    "\"\\u0000\"",
                    "\"relative/path\"");

    /** The methods that change tasks: rubbish must never get one of them right. */
    private static final List<String> CHANGING =
            Call.PARAMETERS.keySet().stream()
                    .filter(method -> !LOOKING.contains(method))
                    .filter(method -> !method.equals(Protocol.SHUTDOWN))
                    .toList();

    @TempDir Path home;

    @Test
    void rubbishChangesNothingAndHoldsNobodyUp() throws Exception {
        try (ServedHome served = new ServedHome(home);
                ExecutorService hostile = Executors.newVirtualThreadPerTaskExecutor();
                SupervisorClient polite = served.connect()) {
            TaskId build = served.engine.add("build");
            served.engine.publish();
            Snapshot before = served.engine.snapshot();

            List<Future<Integer>> running = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                long seed = 20_260_301L + i;
                running.add(
                        hostile.submit(
                                () -> rubbish(served.files.socket(), seed, MESSAGES / CLIENTS)));
            }
            for (int i = 0; i < LONG_LINES; i++) {
                running.add(hostile.submit(() -> longLine(served.files.socket())));
            }
            int answered = 0;
            while (running.stream().anyMatch(each -> !each.isDone())) {
                assertThat(polite.snapshot(TaskFilter.ALL).tasks()).isEqualTo(before.tasks());
                answered++;
            }
            int sent = 0;
            for (Future<Integer> each : running) {
                sent += each.get();
            }
            assertThat(sent).isGreaterThanOrEqualTo(MESSAGES);
            assertThat(answered).isPositive();
            assertThat(served.engine.unseenRequests()).as("what reached the engine").isZero();
            assertThat(served.engine.snapshot()).isSameAs(before);
            assertThat(polite.submit(new Request.Stop(Set.of(build), false)))
                    .isInstanceOf(Reply.Accepted.class);
        }
    }

    /** Writes so many messages; connects again where the supervisor has had enough. */
    private static int rubbish(Path socket, long seed, int count) throws IOException {
        Random random = new Random(seed);
        int sent = 0;
        while (sent < count) {
            try (RawClient client = new RawClient(socket)) {
                Thread reading =
                        random.nextBoolean()
                                ? Thread.startVirtualThread(() -> readAll(client))
                                : null;
                for (int i = 0; i < 500 && sent < count; i++) {
                    client.write(message(random));
                    sent++;
                }
                if (reading != null) {
                    client.channel.shutdownOutput();
                    reading.join();
                }
            } catch (IOException e) {
                // It was let go of: it did not read.
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
        return sent;
    }

    private static void readAll(RawClient client) {
        try {
            while (true) {
                assertThat(client.read()).startsWith("{\"jsonrpc\":\"2.0\"");
            }
        } catch (IOException e) {
            // The end.
        }
    }

    private static byte[] message(Random random) {
        return switch (random.nextInt(7)) {
            case 0 -> {
                byte[] bytes = new byte[1 + random.nextInt(2_000)];
                random.nextBytes(bytes);
                bytes[bytes.length - 1] = '\n';
                yield bytes;
            }
            case 1 -> {
                byte[] whole = line("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"status\"}");
                byte[] cut = Arrays.copyOf(whole, 1 + random.nextInt(whole.length - 2));
                cut[cut.length - 1] = '\n';
                yield cut;
            }
            case 2 -> line("[".repeat(random.nextInt(5_000)) + "1");
            case 3 -> line("{\"a\":".repeat(1 + random.nextInt(5_000)) + "1");
            case 4 ->
                    line(
                            "{\"jsonrpc\":\"2.0\",\"id\":"
                                    + "9".repeat(1 + random.nextInt(3_000))
                                    + ",\"method\":\"nothing\"}");
            case 5 ->
                    line(
                            "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"stop\",\"params\":{\"ids\":"
                                    + pick(random)
                                    + ",\"nwo\":true}}");
            default -> {
                String method = CHANGING.get(random.nextInt(CHANGING.size()));
                StringBuilder params = new StringBuilder();
                for (String name : requireNonNull(Call.PARAMETERS.get(method))) {
                    params.append(params.isEmpty() ? "" : ",")
                            .append('"' + name + "\":")
                            .append(pick(random));
                }
                yield line(
                        "{\"jsonrpc\":\"2.0\",\"id\":\"x\",\"method\":\""
                                + method
                                + "\",\"params\":{"
                                + params
                                + "}}");
            }
        };
    }

    private static String pick(Random random) {
        return VALUES.get(random.nextInt(VALUES.size()));
    }

    private static byte[] line(String text) {
        return (text + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** One line of 64 MiB, and that the connection goes on after it. */
    private static int longLine(Path socket) throws IOException {
        try (RawClient client = new RawClient(socket)) {
            byte[] piece = new byte[1 << 20];
            Arrays.fill(piece, (byte) '[');
            for (int i = 0; i < LONG_LINE / piece.length; i++) {
                client.write(piece);
            }
            client.write("");
            assertThat(client.read()).contains("-32001");
            assertThat(client.ask("{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"hello\"}"))
                    .contains("\"id\":5");
            return 1;
        }
    }

    @Test
    void fiveHundredThatNeverReadCostLittleAndTheLastStateIsNotLost() throws Exception {
        int clients = 500;
        int tasks = 200;
        int states = 300;
        List<RawClient> silent = new ArrayList<>();
        try (ServedHome served = new ServedHome(home);
                SupervisorClient polite = served.connect()) {
            List<TaskId> ids = new ArrayList<>();
            for (int i = 0; i < tasks; i++) {
                ids.add(served.engine.add("task " + i));
            }
            served.engine.publish();
            for (int i = 0; i < clients; i++) {
                RawClient client = served.raw();
                silent.add(client);
                client.write("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"subscribe\"}");
            }
            polite.watch(TaskFilter.ALL);
            long most = 0;
            for (int i = 1; i <= states; i++) {
                String reason = "state " + i;
                ids.forEach(each -> served.engine.say(each, reason));
                served.engine.publish();
                // The reader gets this state or a newer one, however the others behave.
                Snapshot seen = polite.next();
                while (!seen.tasks().getLast().reason().equals(reason)) {
                    seen = polite.next(Duration.ofSeconds(20)).orElseThrow();
                }
                most = Math.max(most, served.server.heldBytes().get(20, TimeUnit.SECONDS));
            }
            assertThat(most)
                    .as("bytes held for %s clients at most", clients)
                    .isPositive()
                    .isLessThan((long) clients * (Desk.PART_BYTES + 4096));

            RawClient late = silent.get(clients / 2);
            String last = "\"state " + states + "\"";
            long seen = 0;
            while (seen < tasks) {
                String line = late.read();
                seen = line.contains("\"whole\":true") ? 0 : seen;
                seen += line.split(last, -1).length - 1;
            }
            assertThat(seen).isEqualTo(tasks);
        } finally {
            silent.forEach(RawClient::close);
        }
    }

    @Test
    void whoAsksAndNeverReadsIsLetGoOf() throws Exception {
        try (ServedHome served = new ServedHome(home);
                SupervisorClient polite = served.connect();
                RawClient greedy = served.raw()) {
            for (int i = 0; i < 200; i++) {
                served.engine.add("a task with a name that takes some room " + i);
            }
            served.engine.publish();
            Throwable end = null;
            while (end == null) {
                try {
                    greedy.write("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"snapshot\"}");
                } catch (IOException e) {
                    end = e;
                }
            }
            assertThat(polite.status().clients()).isEqualTo(1);
            assertThat(served.server.heldBytes().get(20, TimeUnit.SECONDS)).isZero();
        }
    }
}
