package dev.simmer.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.simmer.json.JsonMembers;
import dev.simmer.model.Phase;
import dev.simmer.model.Request;
import dev.simmer.model.Signal;
import dev.simmer.model.StopPolicy;
import dev.simmer.model.TaskId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The wire as other programs see it. */
@Timeout(60)
class ProtocolTest {
    @TempDir Path home;

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            textBlock =
                    """
                    nonsense ~ -32700 ~ null ~ Unrecognized
                    {"a":1,"a":2} ~ -32700 ~ null ~ twice
                    [] ~ -32600 ~ null ~ batches are not taken
                    3 ~ -32600 ~ null ~ a request is an object
                    {"jsonrpc":"1.0","id":1,"method":"hello"} ~ -32600 ~ 1 ~ jsonrpc must be
                    {"jsonrpc":"2.0","id":{},"method":"hello"} ~ -32600 ~ null ~ id is a whole number
                    {"jsonrpc":"2.0","id":1} ~ -32600 ~ 1 ~ method is missing
                    {"jsonrpc":"2.0","id":"a","method":"halt"} ~ -32601 ~ "a" ~ no method
                    {"jsonrpc":"2.0","id":1,"method":"stop","params":[1]} ~ -32602 ~ 1 ~ named members
                    {"jsonrpc":"2.0","id":1,"method":"stop"} ~ -32602 ~ 1 ~ ids:
                    {"jsonrpc":"2.0","id":1,"method":"stop","params":{"ids":[]}} ~ -32602 ~ 1 ~ one at least
                    {"jsonrpc":"2.0","id":1,"method":"stop","params":{"ids":[0]}} ~ -32602 ~ 1 ~ at least 1
                    {"jsonrpc":"2.0","id":1,"method":"stop","params":{"ids":[1],"nwo":true}} ~ -32602 ~ 1 ~ knows no
                    {"jsonrpc":"2.0","id":1,"method":"rename","params":{"id":1,"name":" "}} ~ -32602 ~ 1 ~ it is empty
                    {"jsonrpc":"2.0","id":1,"method":"open_session","params":{"workspace":"shop","name":"x","how":"open"}} ~ -32602 ~ 1 ~ absolute
                    {"jsonrpc":"2.0","id":1,"method":"snapshot","params":{"newest_ended":-1}} ~ -32602 ~ 1 ~ not negative
                    {"jsonrpc":"2.0","id":1,"method":"unsubscribe","params":{"subscription":4}} ~ -32602 ~ 1 ~ no subscription 4
                    {"jsonrpc":"2.0","id":1,"method":"spawn","params":{"tasks":[{"name":"a","command":{"argv":["x\\u0000"]},"workspace":"/w"}]}} ~ -32602 ~ 1 ~ zero character
                    {"jsonrpc":"2.0","id":1,"method":"spawn","params":{"tasks":[{"name":"a","command":{"shell":"x"},"workspace":"/w","timeout_ms":9223372036854775807}]}} ~ -32602 ~ 1 ~ ten years
                    {"jsonrpc":"2.0","id":1,"method":"spawn","params":{"tasks":[{"name":"a","kind":"agent","command":{"shell":"x"},"workspace":"/w","agent":{"definition":"d","runner":"claude","agent_id":"i","report":"r.md","files_at":"/at","files":{"../../x":"y"}}}]}} ~ -32602 ~ 1 ~ plain file name
                    {"jsonrpc":"2.0","id":1,"method":"spawn","params":{"tasks":[{"name":"a","kind":"agent","command":{"shell":"x"},"workspace":"/w","agent":{"definition":"d","runner":"claude","agent_id":"i","report":"r.md","files_at":"","files":{"x":"y"}}}]}} ~ -32602 ~ 1 ~ files_at
                    {"jsonrpc":"2.0","id":1,"method":"spawn","params":{"tasks":[{"name":"a","kind":"agent","command":{"shell":"x"},"workspace":"/w","agent":{"definition":"d","task":"t"}}]}} ~ -32602 ~ 1 ~ planned
                    """)
    void whatIsWrongIsSaidAndNothingIsDone(String line, int code, String id, String words)
            throws Exception {
        try (ServedHome served = new ServedHome(home);
                RawClient client = served.raw()) {
            String answer = client.ask(line);
            assertThat(answer).startsWith("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"error\":");
            JsonMembers error = RawClient.parse(answer).object("error");
            assertThat(error.count("code")).isEqualTo(code);
            assertThat(error.text("message")).contains(words);
            assertThat(client.ask("{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"hello\"}"))
                    .as("the connection goes on")
                    .contains("\"id\":9,\"result\"");
            assertThat(served.engine.unseenRequests()).isZero();
        }
    }

    @Test
    void patternThatOverflowsTheStackEndsOneRequest() throws Exception {
        try (ServedHome served = new ServedHome(home);
                RawClient client = served.raw()) {
            String pattern = "(".repeat(100_000) + ")".repeat(100_000);
            String answer =
                    client.ask(
                            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"spawn\",\"params\":{\"tasks\":"
                                + "[{\"name\":\"a\",\"command\":{\"shell\":\"x\"},\"workspace\":\"/w\","
                                + "\"retry\":{\"on_output\":{\"pattern\":\""
                                    + pattern
                                    + "\"}}}]}}");
            assertThat(answer).contains("\"error\"");
            assertThat(client.ask("{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"hello\"}"))
                    .contains("\"id\":9,\"result\"");
        }
    }

    @Test
    void requestWithoutIdIsDoneAndNotAnswered() throws Exception {
        try (ServedHome served = new ServedHome(home);
                RawClient client = served.raw()) {
            client.write("");
            client.write("{\"jsonrpc\":\"2.0\",\"method\":\"stop\",\"params\":{\"ids\":[3]}}");
            assertThat(client.ask("{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"status\"}"))
                    .contains("\"id\":9,\"result\"");
            assertThat(served.engine.nextRequest())
                    .isEqualTo(new Request.Stop(Set.of(new TaskId(3)), false));
        }
    }

    @Test
    void tooManyRequestsSubscriptionsAndClientsAreRefusedWithWords() throws Exception {
        ServerLimits limits = new ServerLimits(4096, 1 << 20, 2, 1, 2, 100, 1 << 20, 1 << 20);
        try (ServedHome served = new ServedHome(home, limits, Duration.ZERO);
                RawClient client = served.raw();
                RawClient second = served.raw()) {
            served.engine.fallSilent();
            for (int i = 1; i <= 3; i++) {
                client.write(
                        "{\"jsonrpc\":\"2.0\",\"id\":"
                                + i
                                + ",\"method\":\"start\",\"params\":{\"ids\":[1]}}");
            }
            assertThat(client.read()).contains("\"id\":3").contains("-32001").contains("wait");
            String subscribe = "{\"jsonrpc\":\"2.0\",\"id\":4,\"method\":\"subscribe\"}";
            assertThat(second.ask(subscribe)).contains("\"subscription\":1");
            assertThat(second.read()).contains("\"changes\"").contains("\"whole\":true");
            assertThat(second.ask(subscribe)).contains("-32001");
            assertThat(
                            second.ask(
                                    "{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"unsubscribe\",\"params\":"
                                        + "{\"subscription\":1}}"))
                    .contains("\"id\":5,\"result\":{}");
            assertThat(second.ask("x".repeat(4097))).contains("longer than 4096 bytes");
            try (RawClient third = served.raw()) {
                assertThat(third.read()).contains("-32001").contains("too many clients");
            }
        }
    }

    @Test
    void stateOfManyTasksComesInPartsAndIsComplete() throws Exception {
        try (ServedHome served = new ServedHome(home);
                RawClient client = served.raw()) {
            int tasks = 500;
            for (int i = 0; i < tasks; i++) {
                served.engine.add("task " + i);
            }
            served.engine.publish();
            client.write("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"subscribe\"}");
            assertThat(client.readMessage().object("result").whole("subscription")).isEqualTo(1);
            Mirror mirror = new Mirror();
            int parts = 0;
            dev.simmer.model.Snapshot state = null;
            while (state == null) {
                JsonMembers changes = client.readMessage().object("params");
                assertThat(changes.flag("whole", false)).isEqualTo(parts == 0);
                state = mirror.take(changes);
                parts++;
            }
            assertThat(parts).isGreaterThan(5);
            assertThat(state.tasks()).isEqualTo(served.engine.snapshot().tasks());
        }
    }

    @Test
    void nobodyIsAnsweredBeforeTheEngineHasPublished() throws Exception {
        FakeEngine engine = FakeEngine.thatHasNotSpoken();
        try (ServedHome served = new ServedHome(home, ServerLimits.USUAL, Duration.ZERO, engine);
                RawClient client = served.raw();
                ExecutorService reading = Executors.newVirtualThreadPerTaskExecutor()) {
            client.write("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"snapshot\"}");
            Future<String> answer = reading.submit(client::read);
            assertThatExceptionOfType(TimeoutException.class)
                    .isThrownBy(() -> answer.get(300, TimeUnit.MILLISECONDS));
            engine.add("build");
            engine.publish();
            assertThat(answer.get(20, TimeUnit.SECONDS)).contains("\"build\"");
        }
    }

    @Test
    void deepNestingIsToldInWords() throws Exception {
        try (ServedHome served = new ServedHome(home);
                RawClient client = served.raw()) {
            assertThat(client.ask("[".repeat(100) + "]".repeat(100)))
                    .contains("nested deeper than 32")
                    .doesNotContain("StreamReadConstraints");
        }
    }

    @Test
    void cutAndJoinedWritesAreOneStreamOfLines() throws Exception {
        try (ServedHome served = new ServedHome(home);
                RawClient client = served.raw()) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 300; i++) {
                text.append("{\"jsonrpc\":\"2.0\",\"id\":")
                        .append(i)
                        .append(",\"method\":\"hello\"}\r\n");
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            Thread writing = Thread.startVirtualThread(() -> writeInPieces(client, bytes));
            List<Long> ids = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                ids.add(client.readMessage().whole("id"));
            }
            writing.join();
            assertThat(ids).isSorted().doesNotHaveDuplicates().hasSize(300);
        }
    }

    private static void writeInPieces(RawClient client, byte[] bytes) {
        try {
            int from = 0;
            for (int size = 1; from < bytes.length; size = size % 2_000 + 37) {
                int to = Math.min(bytes.length, from + size);
                client.write(java.util.Arrays.copyOfRange(bytes, from, to));
                from = to;
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void everyPartOfASpecificationArrives() throws Exception {
        try (ServedHome served = new ServedHome(home);
                SupervisorClient client = served.connect()) {
            Request spawn =
                    new Request.Spawn(
                            List.of(
                                    FakeEngine.spec("web")
                                            .edit()
                                            .stop(new StopPolicy(Signal.INT, Duration.ofSeconds(3)))
                                            .inherited(
                                                    new dev.simmer.model.CallerEnvironment(
                                                            java.util.Map.of("PATH", "/bin")))
                                            .build()),
                            dev.simmer.model.Limits.DEFAULT,
                            true,
                            Request.Existing.BEGIN_ENDED);
            client.submit(spawn);
            assertThat(served.engine.nextRequest()).isEqualTo(spawn);
            // What others may see has no values of the environment.
            TaskId id = new TaskId(1);
            served.engine.phase(id, Phase.RUNNING, "");
            served.engine.publish();
            assertThat(
                            client.snapshot(TaskFilter.of(Set.of(id)))
                                    .task(id)
                                    .orElseThrow()
                                    .spec()
                                    .inherited())
                    .isEmpty();
        }
    }

    @Test
    void clientThatGoesAwayIsForgotten() throws Exception {
        try (ServedHome served = new ServedHome(home);
                SupervisorClient stays = served.connect()) {
            served.engine.fallSilent();
            try (RawClient goes = served.raw()) {
                goes.write("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"subscribe\"}");
                assertThat(goes.read()).contains("result");
                goes.write(
                        "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"start\",\"params\":{\"ids\":[1]}}");
                served.engine.nextRequest();
            }
            SupervisorStatus status = stays.status();
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (status.clients() > 1 && System.nanoTime() < deadline) {
                status = stays.status();
            }
            assertThat(status.clients()).isEqualTo(1);
            assertThat(status.subscriptions()).isZero();
        }
    }
}
