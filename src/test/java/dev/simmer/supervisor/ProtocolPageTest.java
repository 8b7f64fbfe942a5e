package dev.simmer.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.json.JsonLimits;
import dev.simmer.json.JsonObject;
import dev.simmer.json.JsonReader;
import dev.simmer.json.JsonValue;
import dev.simmer.json.RequestJson;
import dev.simmer.json.ViewJson;
import dev.simmer.model.AgentRun;
import dev.simmer.model.AgentSpec;
import dev.simmer.model.AgentVerdict;
import dev.simmer.model.AttemptView;
import dev.simmer.model.Backoff;
import dev.simmer.model.CallerEnvironment;
import dev.simmer.model.Command;
import dev.simmer.model.Explanation;
import dev.simmer.model.HostView;
import dev.simmer.model.Limits;
import dev.simmer.model.LogLimit;
import dev.simmer.model.MemoryEstimate;
import dev.simmer.model.MemorySource;
import dev.simmer.model.Need;
import dev.simmer.model.Outcome;
import dev.simmer.model.Phase;
import dev.simmer.model.Readiness;
import dev.simmer.model.Request;
import dev.simmer.model.RestartPolicy;
import dev.simmer.model.RetryPolicy;
import dev.simmer.model.Signal;
import dev.simmer.model.Snapshot;
import dev.simmer.model.Stall;
import dev.simmer.model.StartFailure;
import dev.simmer.model.StopPolicy;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.TaskView;
import dev.simmer.model.WorkspaceId;
import dev.simmer.model.WorkspaceView;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/PROTOCOL.md names what is on the wire, and nothing else. */
class ProtocolPageTest {
    private static final JsonReader READER = new JsonReader(JsonLimits.OWN);
    private static final WorkspaceId SHOP = new WorkspaceId(Path.of("/shop"));
    private static final Instant NOW = Instant.ofEpochMilli(1);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Backoff BACKOFF = new Backoff(SECOND, SECOND);

    private static final List<Outcome> OUTCOMES =
            List.of(
                    new Outcome.Succeeded(),
                    new Outcome.ExitedWith(1),
                    new Outcome.DiedOf(9),
                    new Outcome.AgentEnded(AgentVerdict.FAILED, "no report", OptionalInt.of(1)),
                    new Outcome.NotStarted(
                            new StartFailure(StartFailure.Cause.DISK_FULL, "no room")),
                    new Outcome.NotReady(SECOND, "a port"),
                    new Outcome.Stopped("by hand"),
                    new Outcome.TimedOut(SECOND),
                    new Outcome.LogFull(1, true),
                    new Outcome.Evicted(1, 2),
                    new Outcome.OutOfMemory(1, OptionalLong.of(1)),
                    new Outcome.Skipped("no need"),
                    new Outcome.Lost("gone"));

    private static final MemoryEstimate EXPECTED =
            new MemoryEstimate(
                    1,
                    MemorySource.RAISED,
                    Optional.of(new MemoryEstimate.Evidence(1, 1, 1, 1, 1)),
                    "build",
                    OptionalLong.of(1));

    private static final AgentSpec AGENT =
            new AgentSpec.Planned(
                    "audit",
                    "claude",
                    "bg-1",
                    "Audit",
                    ".agents/reports/a.md",
                    Optional.of("s.md"),
                    new AgentSpec.Tools(Optional.of(Set.of("Read")), Set.of("Bash"), true),
                    new AgentSpec.Limits(
                            OptionalInt.of(3), OptionalDouble.of(1), Optional.of(SECOND)),
                    true,
                    List.of(".env"),
                    new TreeMap<>(Map.of("prompt.txt", "Audit it.")),
                    "/at",
                    Optional.of("11111111-1111-1111-1111-111111111111"));

    private static final AgentRun RUN =
            new AgentRun(
                    AgentRun.State.RATE_LIMITED,
                    "waits",
                    NOW,
                    Optional.of(NOW),
                    1,
                    1,
                    1,
                    1,
                    OptionalDouble.of(0.5),
                    true,
                    "id",
                    Optional.of(AgentVerdict.PARTIAL),
                    Optional.of(Path.of("/shop/report.md")),
                    Optional.of(Path.of("/changes.diff")),
                    List.of("the session file is no YAML"));

    private static final List<Readiness.Probe> PROBES =
            List.of(
                    new Readiness.Probe.Log(Pattern.compile("up", Pattern.CASE_INSENSITIVE)),
                    new Readiness.Probe.Tcp(80),
                    new Readiness.Probe.Http(URI.create("http://127.0.0.1/")),
                    new Readiness.Probe.Exec("true"));

    private static final List<Limits> LIMITS =
            List.of(
                    new Limits(1, 1, new Limits.Reserve.Size(1), 1),
                    new Limits(1, 1, new Limits.Reserve.Share(0.5), 1, OptionalDouble.of(4)));

    /** A specification in which nothing is as it is by default. */
    private static TaskSpec fullSpec(Readiness.Probe probe) {
        return TaskSpec.named("build", SHOP, new Command.Shell("make"))
                .agent(AGENT)
                .cwd(Path.of("/shop/web"))
                .env(Map.of("A", "b"))
                .need("test", Need.Condition.READY)
                .lock("git")
                .priority(1)
                .memory(1)
                .heavy(true)
                .evictable(true)
                .isolateMemory(true)
                .timeout(SECOND)
                .retry(
                        new RetryPolicy(
                                1,
                                BACKOFF,
                                new TreeSet<>(Set.of(75)),
                                Optional.of(Pattern.compile("x", Pattern.MULTILINE))))
                .restart(new RestartPolicy(RestartPolicy.On.ALWAYS, 2, BACKOFF))
                .ready(new Readiness(probe, SECOND))
                .stop(new StopPolicy(Signal.INT, SECOND))
                .input(true)
                .tty(true)
                .keepTmpOnFailure(true)
                .autostart(false)
                .logLimit(new LogLimit(2 << 20, LogLimit.WhenFull.STOP))
                .session("monday")
                .inherited(new CallerEnvironment(Map.of("HOME", "/home/me")))
                .build();
    }

    private static TaskView fullTask(Outcome outcome) {
        AttemptView attempt =
                new AttemptView(
                        1,
                        Path.of("/log"),
                        Optional.of(NOW),
                        Optional.of(NOW),
                        Optional.of(outcome),
                        1,
                        Optional.of(Path.of("/transcript.log")),
                        Optional.of(RUN));
        return new TaskView(
                new TaskId(1),
                fullSpec(PROBES.getFirst()),
                Phase.RUNNING,
                "because",
                OptionalLong.of(1),
                List.of(attempt),
                0.5,
                1,
                EXPECTED,
                true,
                Optional.of(NOW),
                Optional.of(NOW),
                Optional.of(outcome));
    }

    private static Snapshot fullSnapshot() {
        List<WorkspaceView> workspaces = new ArrayList<>();
        LIMITS.forEach(each -> workspaces.add(new WorkspaceView(SHOP, "monday", each)));
        return new Snapshot(
                1,
                NOW,
                new HostView(
                        true,
                        1,
                        1,
                        1,
                        1,
                        OptionalLong.of(1),
                        1,
                        0.5,
                        1,
                        1,
                        new Stall(0.5, 0.5),
                        new Stall(0.5, 0.5),
                        "memory is short"),
                List.of(fullTask(OUTCOMES.getFirst())),
                workspaces,
                Optional.of("the disk is full"));
    }

    /** A request of each sort in which nothing is as it is by default. */
    private static List<Request> requests() {
        Set<TaskId> ids = Set.of(new TaskId(1));
        List<TaskSpec> specs = PROBES.stream().map(ProtocolPageTest::fullSpec).toList();
        return List.of(
                new Request.Spawn(specs, LIMITS.getFirst(), true, Request.Existing.KEEP),
                new Request.Start(ids),
                new Request.Stop(ids, true),
                new Request.Restart(ids),
                new Request.Pause(ids),
                new Request.Resume(ids),
                new Request.Rename(new TaskId(1), "b"),
                new Request.OpenSession(SHOP, "b", Request.SessionChange.OPEN),
                new Request.RenameSession(SHOP, "a", "b"),
                new Request.Send(new TaskId(1), "b"),
                new Request.Explain(new TaskId(1)),
                new Request.Forget(ids));
    }

    private final Map<String, Set<String>> written = new LinkedHashMap<>();

    private static JsonValue value(Consumer<JsonObject> writer) throws Exception {
        JsonObject object = new JsonObject();
        writer.accept(object);
        return READER.read(object.toBytes());
    }

    /** The value's members belong to that shape. */
    private void note(String shape, JsonValue value) {
        written.computeIfAbsent(shape, _ -> new TreeSet<>())
                .addAll(((JsonValue.Members) value).values().keySet());
    }

    private static JsonValue in(JsonValue value, String... path) {
        JsonValue at = value;
        for (String each : path) {
            JsonValue next = member(at, each);
            at = next instanceof JsonValue.Items(var items) ? items.getFirst() : next;
        }
        return at;
    }

    private void noteAll() throws Exception {
        Snapshot snapshot = fullSnapshot();
        for (Outcome outcome : OUTCOMES) {
            JsonValue task = value(to -> ViewJson.write(to, fullTask(outcome)));
            note("task", task);
            note("outcome", in(task, "outcome"));
            note("attempt", in(task, "attempts"));
            note("agent run", in(task, "attempts", "agent"));
            note("expected", in(task, "expected"));
            note("evidence", in(task, "expected", "evidence"));
        }
        for (WorkspaceView workspace : snapshot.workspaces()) {
            JsonValue view = value(to -> ViewJson.write(to, workspace));
            note("workspace", view);
            note("limits", in(view, "limits"));
        }
        JsonValue host = value(to -> ViewJson.write(to, snapshot.host()));
        note("host", host);
        note("stall", in(host, "memory_stall"));
        noteExplanation(snapshot);
        JsonValue spawn = value(to -> RequestJson.write(to, requests().getFirst()));
        for (JsonValue each : ((JsonValue.Items) member(spawn, "tasks")).values()) {
            note("task specification", each);
            note("agent", in(each, "agent"));
            note("retry", in(each, "retry"));
            note("restart", in(each, "restart"));
            note("ready", in(each, "ready"));
        }
        Hello hello = new Hello("1", 1, 1, Path.of("/home"));
        note("hello", value(to -> ServerText.write(to, hello)));
        SupervisorStatus status =
                new SupervisorStatus(
                        "1", 1, 1, Path.of("/home"), SECOND, 1, 1, 1, Map.of(), 1, 1, Map.of());
        note("status", value(to -> ServerText.write(to, status)));
        note("snapshot", in(READER.read(snapshotReply(snapshot)), "result"));
        Subscription.Part part =
                new Subscription.Part(
                        1,
                        true,
                        List.of("{}".getBytes(StandardCharsets.UTF_8)),
                        List.of(1L),
                        true,
                        true,
                        false);
        note("changes", in(READER.read(ServerText.changes(part, snapshot)), "params"));
        note("changes", in(READER.read(ServerText.ending(1)), "params"));
    }

    private void noteExplanation(Snapshot snapshot) throws Exception {
        Explanation explanation =
                new Explanation(
                        snapshot.tasks().getFirst(),
                        snapshot.host(),
                        NOW,
                        NOW,
                        List.of(
                                new Explanation.Blocker(
                                        new TaskId(1), "build", "1.0 GiB", Optional.of(NOW))),
                        Optional.of(NOW),
                        Optional.of(NOW),
                        List.of("a note"));
        JsonValue json = value(to -> ViewJson.write(to, explanation));
        note("explanation", json);
        note("blocker", in(json, "blockers"));
    }

    private static JsonValue member(JsonValue of, String name) {
        JsonValue value = ((JsonValue.Members) of).values().get(name);
        assertThat(value).as(name).isNotNull();
        return java.util.Objects.requireNonNull(value);
    }

    private static byte[] snapshotReply(Snapshot snapshot) {
        ChangeBook book = new ChangeBook();
        book.take(snapshot);
        return java.util.Objects.requireNonNull(
                new SnapshotReply(new JsonValue.Whole(1), TaskFilter.ALL, book, ServerText::task)
                        .next());
    }

    private static String page() throws Exception {
        return Files.readString(Path.of("docs", "PROTOCOL.md"));
    }

    /** The names in the first column of the tables, by the heading above them. */
    private static Map<String, Set<String>> documented() throws Exception {
        Map<String, Set<String>> shapes = new LinkedHashMap<>();
        Pattern row = Pattern.compile("\\| `([a-z0-9_]+)` \\|.*");
        String heading = "";
        for (String line : page().lines().toList()) {
            if (line.startsWith("#")) {
                heading = line.replaceFirst("#+ ", "");
            }
            Matcher matcher = row.matcher(line);
            if (matcher.matches()) {
                shapes.computeIfAbsent(heading, _ -> new TreeSet<>()).add(matcher.group(1));
            }
        }
        return shapes;
    }

    @Test
    void everyMemberOfEveryShapeIsDocumented() throws Exception {
        noteAll();
        Map<String, Set<String>> documented = documented();
        documented.remove("Methods");
        assertThat(new TreeMap<>(documented)).isEqualTo(new TreeMap<>(written));
    }

    @Test
    void everyMethodIsDocumentedWithItsParameters() throws Exception {
        Map<String, Set<String>> documented = new TreeMap<>();
        Pattern row = Pattern.compile("\\| `([a-z_]+)` \\| ([^|]*)\\|.*");
        String methods = page().split("## Methods", 2)[1].split("\n### ", 2)[0];
        for (String line : methods.lines().toList()) {
            Matcher matcher = row.matcher(line);
            if (matcher.matches()) {
                Set<String> names = new TreeSet<>();
                Matcher name = Pattern.compile("`([a-z_]+)`").matcher(matcher.group(2));
                while (name.find()) {
                    names.add(name.group(1));
                }
                documented.put(matcher.group(1), names);
            }
        }
        Map<String, Set<String>> known = new TreeMap<>();
        Call.PARAMETERS.forEach((method, names) -> known.put(method, new TreeSet<>(names)));
        assertThat(documented).isEqualTo(known);
    }

    @Test
    void everyRequestIsWrittenWithTheParametersThatAreRead() throws Exception {
        Set<String> methods = new TreeSet<>();
        for (Request request : requests()) {
            String method = RequestJson.method(request);
            methods.add(method);
            Set<String> names =
                    ((JsonValue.Members) value(to -> RequestJson.write(to, request)))
                            .values()
                            .keySet();
            assertThat(names)
                    .as(method)
                    .containsExactlyInAnyOrderElementsOf(
                            java.util.Objects.requireNonNull(Call.PARAMETERS.get(method)));
        }
        assertThat(methods).hasSize(Request.class.getPermittedSubclasses().length);
    }

    @Test
    void everyWordErrorAndLimitIsDocumented() throws Exception {
        String page = page();
        for (Outcome outcome : OUTCOMES) {
            JsonValue type =
                    in(value(to -> ViewJson.write(to, fullTask(outcome))), "outcome", "type");
            assertThat(page).contains("`" + ((JsonValue.Text) type).value() + "`");
        }
        assertThat(OUTCOMES).hasSize(Outcome.class.getPermittedSubclasses().length);
        for (MemorySource source : MemorySource.values()) {
            assertThat(page).contains("`" + source.word() + "`");
        }
        for (Phase phase : Phase.values()) {
            assertThat(page).contains("`" + phase.word() + "`");
        }
        for (AgentRun.State state : AgentRun.State.values()) {
            assertThat(page).contains("`" + state.word() + "`");
        }
        for (AgentVerdict verdict : AgentVerdict.values()) {
            assertThat(page).contains("`" + verdict.word() + "`");
        }
        for (Fault fault : Fault.values()) {
            assertThat(page).contains("| " + fault.code() + " |");
        }
        ServerLimits limits = ServerLimits.USUAL;
        List<Object> figures =
                List.of(
                        limits.messageBytes() + " bytes |",
                        limits.incomingBytes() + " bytes |",
                        limits.clients() + " |",
                        limits.subscriptions() + " |",
                        limits.requests() + " |",
                        limits.replies() + ", or " + limits.outgoingBytes() + " bytes |",
                        limits.allOutgoingBytes() + " bytes |",
                        JsonLimits.MESSAGE.depth() + " |",
                        JsonLimits.MESSAGE.text() + " characters |",
                        JsonLimits.MESSAGE.members() + " |",
                        JsonLimits.MESSAGE.tokens() + " |",
                        Call.LONGEST_ID + " characters |",
                        RequestChecks.LONGEST_NAME + " characters |",
                        RequestChecks.MOST_TASKS + " |",
                        RequestChecks.LONGEST_INPUT + " characters |",
                        RequestChecks.MOST_BYTES + " bytes |");
        for (Object figure : figures) {
            assertThat(page).contains("| " + figure);
        }
        assertThat(page).contains("describes version " + Protocol.VERSION);
    }
}
