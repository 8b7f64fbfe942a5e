package dev.simmer.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.simmer.model.AgentSpec;
import dev.simmer.model.AttemptView;
import dev.simmer.model.CallerEnvironment;
import dev.simmer.model.Command;
import dev.simmer.model.ExitStatus;
import dev.simmer.model.Explanation;
import dev.simmer.model.HostView;
import dev.simmer.model.Limits;
import dev.simmer.model.MemoryEstimate;
import dev.simmer.model.Outcome;
import dev.simmer.model.Reply;
import dev.simmer.model.Request;
import dev.simmer.model.Snapshot;
import dev.simmer.model.StopCause;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.TaskView;
import dev.simmer.model.WorkspaceId;
import dev.simmer.model.WorkspaceView;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class CodecTest {
    private static final int SAMPLES = 40;
    private static final JsonReader READER = new JsonReader(JsonLimits.MESSAGE);

    /** A codec, and what its way there and back leaves out by intent. */
    private record Codec<T>(
            Class<T> type,
            BiConsumer<JsonObject, T> writer,
            JsonShape<T> reader,
            UnaryOperator<T> carried) {
        Codec(Class<T> type, BiConsumer<JsonObject, T> writer, JsonShape<T> reader) {
            this(type, writer, reader, UnaryOperator.identity());
        }

        byte[] write(T value) {
            JsonObject json = new JsonObject();
            writer.accept(json, value);
            return json.toBytes();
        }

        T read(byte[] json) throws JsonFault {
            return READER.object(json).as(reader);
        }

        /** A value of each variant, many times. */
        List<T> samples(Samples samples) {
            return Samples.variants(type).stream()
                    .flatMap(each -> Stream.generate(() -> samples.of(each)).limit(SAMPLES))
                    .map(type::cast)
                    .toList();
        }
    }

    private static List<Codec<?>> codecs() {
        return List.of(
                new Codec<>(
                        TaskSpec.class, SpecJson::write, SpecJson::spec, CodecTest::notInherited),
                new Codec<>(Limits.class, PolicyJson::write, PolicyJson::limits),
                new Codec<>(MemoryEstimate.class, PolicyJson::write, PolicyJson::expected),
                new Codec<>(Outcome.class, OutcomeJson::write, OutcomeJson::outcome),
                new Codec<>(ExitStatus.class, OutcomeJson::write, OutcomeJson::exitStatus),
                new Codec<>(StopCause.class, OutcomeJson::write, OutcomeJson::stopCause),
                new Codec<>(HostView.class, ViewJson::write, ViewJson::host),
                new Codec<>(AttemptView.class, ViewJson::write, ViewJson::attempt),
                new Codec<>(WorkspaceView.class, ViewJson::write, ViewJson::workspace),
                new Codec<>(TaskView.class, ViewJson::write, ViewJson::task, CodecTest::shown),
                new Codec<>(Snapshot.class, ViewJson::write, ViewJson::snapshot, CodecTest::shown),
                new Codec<>(CallerEnvironment.class, RequestJson::write, RequestJson::environment),
                new Codec<>(Reply.class, RequestJson::write, RequestJson::reply, CodecTest::shown),
                new Codec<Request>(
                        Request.class,
                        (to, request) ->
                                to.put("method", RequestJson.method(request))
                                        .putObject("params", request, RequestJson::write),
                        from -> RequestJson.request(from.text("method"), from.object("params"))));
    }

    private static TaskSpec notInherited(TaskSpec spec) {
        return new TaskSpec(
                spec.name(),
                spec.kind(),
                spec.command(),
                spec.workspace(),
                spec.cwd(),
                spec.env(),
                spec.needs(),
                spec.locks(),
                spec.priority(),
                spec.memory(),
                spec.heavy(),
                spec.evictable(),
                spec.isolateMemory(),
                spec.timeout(),
                spec.retry(),
                spec.restart(),
                spec.ready(),
                spec.stop(),
                spec.input(),
                spec.tty(),
                spec.keepTmpOnFailure(),
                spec.autostart(),
                spec.logLimit(),
                spec.session(),
                Optional.empty(),
                spec.agent());
    }

    private static TaskView shown(TaskView view) {
        Map<String, String> names = new LinkedHashMap<>();
        view.spec().env().keySet().forEach(name -> names.put(name, ""));
        return new TaskView(
                view.id(),
                withoutPrompt(notInherited(view.spec())).edit().env(names).build(),
                view.phase(),
                view.reason(),
                view.pid(),
                view.attempts(),
                view.cpu(),
                view.rssBytes(),
                view.expected(),
                view.heavy(),
                view.startedAt(),
                view.endedAt(),
                view.outcome());
    }

    /** What an agent's files hold is no part of a view. */
    private static TaskSpec withoutPrompt(TaskSpec spec) {
        if (spec.planned().isEmpty()) {
            return spec;
        }
        AgentSpec.Planned planned = spec.planned().get();
        SortedMap<String, String> names = new TreeMap<>(planned.files());
        names.replaceAll((_, _) -> "");
        return spec.edit()
                .agent(
                        new AgentSpec.Planned(
                                planned.definition(),
                                planned.runner(),
                                planned.agentId(),
                                planned.title(),
                                planned.report(),
                                planned.session(),
                                planned.tools(),
                                planned.limits(),
                                planned.worktree(),
                                planned.copy(),
                                names,
                                planned.filesAt(),
                                planned.programSession()))
                .build();
    }

    private static Reply shown(Reply reply) {
        return reply instanceof Reply.Explained(Explanation whole)
                ? new Reply.Explained(
                        new Explanation(
                                shown(whole.task()),
                                whole.host(),
                                whole.at(),
                                whole.since(),
                                whole.blockers(),
                                whole.startsAt(),
                                whole.endsAt(),
                                whole.notes()))
                : reply;
    }

    private static Snapshot shown(Snapshot snapshot) {
        return new Snapshot(
                snapshot.version(),
                snapshot.at(),
                snapshot.host(),
                snapshot.tasks().stream().map(CodecTest::shown).toList(),
                snapshot.workspaces(),
                snapshot.trouble());
    }

    @TestFactory
    Stream<DynamicTest> everyComponentOfEveryVariantComesBack() {
        return codecs().stream()
                .map(codec -> DynamicTest.dynamicTest(name(codec), () -> comesBack(codec)));
    }

    private static String name(Codec<?> codec) {
        return codec.type().getSimpleName();
    }

    private static <T> void comesBack(Codec<T> codec) throws JsonFault {
        List<T> samples = codec.samples(new Samples(7));
        assertThat(samples.stream().map(Object::getClass).distinct().count())
                .isEqualTo(Samples.variants(codec.type()).size());
        for (T sample : samples) {
            byte[] json = codec.write(sample);
            assertThat(json).doesNotContain((byte) '\n', (byte) 27);
            assertThat(Samples.describe(codec.read(json)))
                    .isEqualTo(Samples.describe(codec.carried().apply(sample)));
        }
    }

    @TestFactory
    Stream<DynamicTest> brokenDocumentsAreReadOrRefused() {
        return codecs().stream()
                .map(codec -> DynamicTest.dynamicTest(name(codec), () -> breakIt(codec)));
    }

    private static <T> void breakIt(Codec<T> codec) {
        Random random = new Random(11);
        int refused = 0;
        for (T sample : codec.samples(new Samples(13))) {
            byte[] whole = codec.write(sample);
            for (int i = 0; i < 15; i++) {
                byte[] broken = broken(whole, random);
                try {
                    assertThat(codec.read(broken)).isNotNull();
                } catch (JsonFault e) {
                    refused++;
                } catch (RuntimeException | Error e) {
                    throw new AssertionError(new String(broken, StandardCharsets.UTF_8), e);
                }
            }
        }
        assertThat(refused).isPositive();
    }

    private static final String[] PIECES = {
        "null",
        "-1",
        "1e999",
        "99999999999999999999999",
        "true",
        "\"\"",
        "[]",
        "{}",
        "[[[[[",
        "0.5",
        "{\"a\":",
        "\"\\ud800\"",
        "9223372036854775807",
        "\"/\"",
        "-2147483649",
        "\"a\":1,"
    };

    private static byte[] broken(byte[] whole, Random random) {
        String text = new String(whole, StandardCharsets.ISO_8859_1);
        int changes = random.nextInt(1, 3);
        for (int i = 0; i < changes && !text.isEmpty(); i++) {
            int at = random.nextInt(text.length());
            text =
                    switch (random.nextInt(6)) {
                        case 0 -> text.substring(0, at);
                        case 1 -> text.substring(0, at) + text.substring(at + 1);
                        case 2 -> changed(text, at, (char) random.nextInt(256));
                        case 3 -> text.substring(0, at) + piece(random) + text.substring(at);
                        default -> valueReplaced(text, at, piece(random));
                    };
        }
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String piece(Random random) {
        return PIECES[random.nextInt(PIECES.length)];
    }

    private static String changed(String text, int at, char to) {
        return text.substring(0, at) + to + text.substring(at + 1);
    }

    /** The first simple value behind a place becomes another: what is left is mostly valid JSON. */
    private static String valueReplaced(String text, int at, String value) {
        int colon = text.indexOf(':', at);
        if (colon < 0) {
            return text;
        }
        int end = colon + 1;
        boolean quoted = end < text.length() && text.charAt(end) == '"';
        end += quoted ? 1 : 0;
        while (end < text.length()
                && (quoted ? text.charAt(end) != '"' : ",}]".indexOf(text.charAt(end)) < 0)) {
            end += quoted && text.charAt(end) == '\\' ? 2 : 1;
        }
        end = Math.min(end + (quoted ? 1 : 0), text.length());
        return text.substring(0, colon + 1) + value + text.substring(end);
    }

    @Test
    void viewNeverHoldsWhatAVariableIsSetTo() {
        TaskSpec spec =
                TaskSpec.named("a", new WorkspaceId(Path.of("/w")), new Command.Shell("true"))
                        .env(Map.of("TOKEN", "geheim1"))
                        .inherited(new CallerEnvironment(Map.of("PATH", "geheim2")))
                        .build();
        TaskView sample = new Samples(1).of(TaskView.class);
        TaskView view =
                new TaskView(
                        sample.id(),
                        spec,
                        sample.phase(),
                        "",
                        sample.pid(),
                        List.of(),
                        0,
                        0,
                        sample.expected(),
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        JsonObject json = new JsonObject();
        ViewJson.write(json, view);
        assertThat(json.toString()).contains("TOKEN").doesNotContain("geheim", "PATH");
    }

    @Test
    void oneEnvironmentIsWrittenOnceForManyTasks() {
        CallerEnvironment env = new CallerEnvironment(Map.of("PATH", "/bin"));
        TaskSpec.Builder spec =
                TaskSpec.named("a", new WorkspaceId(Path.of("/w")), new Command.Shell("true"))
                        .inherited(env);
        Request request =
                new Request.Spawn(
                        List.of(spec.build(), spec.name("b").build()),
                        Limits.DEFAULT,
                        false,
                        Request.Existing.NUMBER);
        JsonObject json = new JsonObject();
        RequestJson.write(json, request);
        assertThat(json.toString().split("/bin", -1)).hasSize(2);
    }

    @Test
    void oldestAndNewestTextsAreRead() throws JsonFault {
        String least =
                """
                {"name":"a","workspace":"/w","command":{"shell":"true"},"of_a_newer_one":[{}]}\
                """;
        TaskSpec read = READER.object(least).as(SpecJson::spec);
        assertThat(read)
                .isEqualTo(
                        TaskSpec.named(
                                        "a",
                                        new WorkspaceId(Path.of("/w")),
                                        new Command.Shell("true"))
                                .build());
    }

    @Test
    void faultSaysWhereItIs() {
        String json =
                """
                {"params":{"tasks":[
                {"name":"a","workspace":"/w","command":{"shell":"true"}},
                {"name":"b","workspace":"/w","command":{"shell":"true"},"priority":11}]}}\
                """;
        assertThatThrownBy(() -> spawn(json))
                .isInstanceOf(JsonFault.class)
                .hasMessage("params.tasks[1]: priority lies in -10 to 10, not 11");
        assertThatThrownBy(() -> spawn(json.replace("11", "\"x\"")))
                .hasMessage("params.tasks[1].priority: a whole number is expected, not a string");
        assertThatThrownBy(() -> spawn(json.replace("\"name\":\"b\",", "")))
                .hasMessage("params.tasks[1].name: a string is missing");
        assertThatThrownBy(() -> spawn(json.replace("\"b\"", "b")))
                .hasMessageStartingWith("params.tasks[1].name: Unrecognized token 'b'")
                .hasMessageContaining("at offset");
    }

    private static Request spawn(String json) throws JsonFault {
        return RequestJson.request("spawn", READER.object(json).object("params"));
    }
}
