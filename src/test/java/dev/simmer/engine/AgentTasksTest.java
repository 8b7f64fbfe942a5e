package dev.simmer.engine;

import static dev.simmer.engine.Workshop.attempt;
import static dev.simmer.engine.Workshop.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.engine.ports.Ending;
import dev.simmer.engine.ports.PeakKey;
import dev.simmer.model.AgentEnding;
import dev.simmer.model.AgentRun;
import dev.simmer.model.AgentSpec;
import dev.simmer.model.AgentStop;
import dev.simmer.model.AgentVerdict;
import dev.simmer.model.Command;
import dev.simmer.model.ExitStatus;
import dev.simmer.model.Limits;
import dev.simmer.model.MemoryEstimate;
import dev.simmer.model.Need;
import dev.simmer.model.Outcome;
import dev.simmer.model.Phase;
import dev.simmer.model.Reply;
import dev.simmer.model.Request;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.TaskView;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an engine makes of agents: what they do is seen, and their verdict counts. */
class AgentTasksTest {
    private final Workshop shop = new Workshop();

    @AfterEach
    void close() {
        shop.close();
    }

    private static TaskSpec.Builder agent(String name) {
        return task(name)
                .agent(
                        new AgentSpec.Planned(
                                "audit",
                                "claude",
                                "bg-1",
                                "Audit",
                                ".agents/reports/a.md",
                                Optional.empty(),
                                new AgentSpec.Tools(Optional.empty(), Set.of(), false),
                                AgentSpec.Limits.NONE,
                                false,
                                List.of(),
                                new TreeMap<>(),
                                "/at",
                                Optional.empty()));
    }

    private static AgentRun run(AgentRun.State state, int turns, Optional<AgentVerdict> verdict) {
        return new AgentRun(
                state,
                "Bash ls",
                Instant.ofEpochMilli(1),
                Optional.empty(),
                turns,
                1,
                2_000,
                30,
                OptionalDouble.of(0.25),
                false,
                "id",
                verdict,
                verdict.map(_ -> Path.of("/shop/report.md")),
                Optional.empty(),
                List.of());
    }

    private static Ending ending(int code, int leftovers, AgentVerdict verdict, String why) {
        AgentRun last = run(AgentRun.State.ENDED, 3, Optional.of(verdict));
        return new Ending(new ExitStatus.Code(code), leftovers, Optional.empty())
                .of(new AgentEnding(verdict, why, last));
    }

    @Test
    void whatItDoesIsSeenWhileItRuns() throws Exception {
        shop.runs(agent("audit"));
        shop.processes()
                .listener
                .progress(attempt(1, 1), run(AgentRun.State.WORKING, 2, Optional.empty()));
        TaskView view = shop.view(1, each -> each.agent().isPresent());
        assertThat(view.agent().orElseThrow().turns()).isEqualTo(2);
        assertThat(view.phase()).isEqualTo(Phase.RUNNING);
        assertThat(view.shownLog()).contains(Path.of("/nowhere/runs/1/1/transcript.log"));
        assertThat(view.log()).contains(Path.of("/nowhere/runs/1/1/output.log"));
    }

    @Test
    void verdictCountsAndNotTheExitCode() throws Exception {
        shop.runs(agent("audit"));
        shop.submit(task("ship").need("audit", Need.Condition.SUCCEEDED));
        shop.processes()
                .listener
                .exited(attempt(1, 1), ending(0, 0, AgentVerdict.FAILED, "no terminal event"));
        TaskView failed = shop.view(1, each -> each.phase().ended());
        assertThat(failed.phase()).isEqualTo(Phase.FAILED);
        assertThat(failed.reason()).isEqualTo("no terminal event");
        assertThat(failed.exitCode()).hasValue(0);
        assertThat(shop.view(2, each -> each.phase().ended()).phase()).isEqualTo(Phase.SKIPPED);
    }

    @Test
    void denialsAreASuccessThatNeedsCanCountOn() throws Exception {
        shop.runs(agent("audit"));
        shop.submit(task("ship").need("audit", Need.Condition.SUCCEEDED));
        shop.processes()
                .listener
                .exited(
                        attempt(1, 1),
                        ending(0, 2, AgentVerdict.COMPLETED_WITH_DENIALS, "2 calls were refused"));
        shop.view(1, each -> each.phase() == Phase.STOPPING);
        shop.processes().listener.gone(attempt(1, 1));
        TaskView done = shop.view(1, each -> each.phase().ended());
        assertThat(done.phase()).isEqualTo(Phase.SUCCEEDED);
        assertThat(done.reason()).isEqualTo("with denials: 2 calls were refused");
        shop.view(2, each -> each.phase() == Phase.STARTING);
    }

    @Test
    void oneThatGoesTooFarIsStoppedAndJudged() throws Exception {
        shop.runs(agent("audit"));
        shop.processes().listener.agentStop(attempt(1, 1), AgentStop.TURNS, "5 turns of 4");
        assertThat(shop.processes().next()).isEqualTo("signal 1.1 TERM");
        assertThat(shop.processes().causes)
                .containsExactly("1.1 Agent[why=TURNS, words=5 turns of 4]");
        assertThat(shop.view(1, each -> each.phase() == Phase.STOPPING).reason())
                .startsWith("5 turns of 4");
        shop.processes()
                .listener
                .exited(attempt(1, 1), ending(143, 0, AgentVerdict.FAILED, "stopped: its turns"));
        TaskView view = shop.view(1, each -> each.phase().ended());
        assertThat(view.outcome())
                .contains(
                        new Outcome.AgentEnded(
                                AgentVerdict.FAILED, "stopped: its turns", OptionalInt.of(143)));
    }

    @Test
    void whatIsKnownOfARunOutlivesTheEngine() throws Exception {
        shop.runs(agent("audit"));
        shop.ask(new Request.Stop(Set.of(new TaskId(1)), false));
        assertThat(shop.processes().next()).isEqualTo("signal 1.1 TERM");
        shop.again();
        assertThat(shop.processes().next()).isEqualTo("adopt 1.1");
        shop.processes()
                .listener
                .exited(attempt(1, 1), ending(143, 0, AgentVerdict.FAILED, "stopped on request"));
        shop.view(1, each -> each.phase().ended());
        assertThat(shop.processes().causes).containsExactly("1.1 User[]");
        shop.again();
        TaskView view = shop.view(1, each -> each.phase().ended());
        assertThat(view.phase()).isEqualTo(Phase.KILLED);
        assertThat(view.agent().orElseThrow())
                .isEqualTo(run(AgentRun.State.ENDED, 3, Optional.of(AgentVerdict.FAILED)));
        assertThat(view.spec().planned()).isEqualTo(agent("audit").build().planned());
    }

    private static TaskSpec undeclared(String command) {
        TaskSpec agent = agent("audit").build();
        return TaskSpec.named("audit", agent.workspace(), new Command.Shell(command))
                .agent(agent.agent().orElseThrow())
                .build();
    }

    @Test
    void promptSaysNothingOfTheMemoryThatIsNeeded() {
        TaskSpec build = undeclared("claude -- 'npm run build'");
        TaskSpec other = undeclared("claude -- look");
        MemoryEstimate guess = MemoryGuesses.load().of(build);
        assertThat(guess.bytes()).isEqualTo(400L << 20);
        assertThat(guess.kind()).isEqualTo("coding agent");
        assertThat(PeakKey.of(build)).isEqualTo(PeakKey.of(other));
    }

    @Test
    void whatIsOnlyOrderedIsRefused() throws Exception {
        TaskSpec ordered =
                task("audit")
                        .agent(
                                new AgentSpec.Ordered(
                                        "audit",
                                        "Look.",
                                        List.of(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty()))
                        .build();
        Reply reply =
                shop.engine()
                        .submit(
                                new Request.Spawn(
                                        List.of(ordered),
                                        Limits.DEFAULT,
                                        false,
                                        Request.Existing.REFUSE))
                        .get(20, TimeUnit.SECONDS);
        assertThat(reply).isEqualTo(new Reply.Refused("an agent is to be planned before it runs"));
    }
}
