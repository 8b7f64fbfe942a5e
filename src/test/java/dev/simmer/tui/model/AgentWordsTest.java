package dev.simmer.tui.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.model.AgentRun;
import dev.simmer.model.AgentRun.State;
import dev.simmer.model.Phase;
import dev.simmer.model.TaskView;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class AgentWordsTest {
    private static final Instant NOW = Samples.NOW;

    private static String full(State state, String doing, long sinceSeconds, Instant now) {
        AgentRun run =
                AgentSamples.run(state, doing, NOW.minusSeconds(sinceSeconds), Optional.empty());
        return AgentWords.full(run, now, ZoneOffset.UTC);
    }

    private static AgentRun until(State state, String doing, long seconds) {
        return AgentSamples.run(state, doing, NOW, Optional.of(NOW.plusSeconds(seconds)));
    }

    private static String limited(long seconds, Instant now, ZoneId zone) {
        String doing = "waiting at a rate limit: five-hour limit";
        return AgentWords.full(until(State.RATE_LIMITED, doing, seconds), now, zone);
    }

    @Test
    void eachStateHasWordsOfItsOwn() {
        assertThat(full(State.STARTING, "", 1, NOW)).isEqualTo("starting: no word from it yet");
        assertThat(full(State.WORKING, "working", 1, NOW)).isEqualTo("working");
        assertThat(full(State.WORKING, "Bash ls", 1, NOW)).isEqualTo("working: Bash ls");
        assertThat(full(State.RETRYING, "", 1, NOW)).isEqualTo("retrying the model");
        assertThat(full(State.RETRYING, "retrying the model (2 of 10): 529", 1, NOW))
                .isEqualTo("retrying the model 2 of 10: 529");
        assertThat(full(State.NEEDS_PERMISSION, "needs permission for Bash: rm", 1, NOW))
                .isEqualTo("needs permission for Bash: rm");
        assertThat(full(State.NEEDS_PERMISSION, "", 1, NOW)).isEqualTo("needs permission to go on");
        assertThat(full(State.LINGERING, "ended", 4, NOW))
                .isEqualTo("lingering: ended 4s ago, and its program lives on");
        List<String> words = new ArrayList<>();
        for (State state : State.values()) {
            TaskView task =
                    AgentSamples.task(
                            1,
                            "a",
                            Phase.RUNNING,
                            Path.of("/none"),
                            AgentSamples.run(state, "", NOW, Optional.empty()));
            words.add(AgentWords.state(task, false));
            assertThat(AgentWords.state(task, false)).hasSizeLessThanOrEqualTo(10);
            assertThat(AgentWords.state(task, true)).hasSizeLessThanOrEqualTo(16);
        }
        assertThat(words).doesNotHaveDuplicates();
    }

    @Test
    void momentsCountWithTheClock() {
        assertThat(full(State.SILENT, "Bash ls", 725, NOW))
                .isEqualTo("silent for 12m 05s: Bash ls");
        assertThat(full(State.SILENT, "", 725, NOW.plusSeconds(60)))
                .isEqualTo("silent for 13m 05s");
        assertThat(limited(754, NOW, ZoneOffset.UTC))
                .isEqualTo("waiting at a rate limit until 12:12, 12m 34s left: five-hour limit");
        assertThat(limited(754, NOW.plusSeconds(750), ZoneOffset.UTC))
                .contains("until 12:12, 4s left");
        assertThat(limited(754, NOW.plusSeconds(800), ZoneOffset.UTC)).contains("until 12:12, due");
        assertThat(limited(754, NOW, ZoneId.of("Asia/Kolkata"))).contains("until 17:42");
        assertThat(limited(200_000, NOW, ZoneOffset.UTC))
                .contains("until 03-03 19:33, 2d 07h left");
        String again = "retrying the model (3 of 10): 529";
        AgentRun retry = until(State.RETRYING, again, 12);
        assertThat(AgentWords.brief(retry, NOW.plusSeconds(5), ZoneOffset.UTC))
                .isEqualTo("3 of 10, in 7s: 529");
        assertThat(AgentWords.brief(retry, NOW.plusSeconds(50), ZoneOffset.UTC))
                .isEqualTo("3 of 10: 529");
    }

    @Test
    void wordsOfTheAgentAreMadeSafe() {
        assertThat(full(State.WORKING, "Bash \u001b]0;title\u0007echo\nx\u0007", 1, NOW))
                .isEqualTo("working: Bash ␛]0;titleecho x");
    }

    @Test
    void tokensAreShort() {
        assertThat(AgentWords.tokens(0)).isEqualTo("0");
        assertThat(AgentWords.tokens(999)).isEqualTo("999");
        assertThat(AgentWords.tokens(1_000)).isEqualTo("1.0k");
        assertThat(AgentWords.tokens(12_345)).isEqualTo("12.3k");
        assertThat(AgentWords.tokens(99_949)).isEqualTo("99.9k");
        assertThat(AgentWords.tokens(99_951)).isEqualTo("100k");
        assertThat(AgentWords.tokens(999_499)).isEqualTo("999k");
        assertThat(AgentWords.tokens(999_500)).isEqualTo("1.0M");
        assertThat(AgentWords.tokens(4_560_000)).isEqualTo("4.6M");
        assertThat(AgentWords.tokens(Long.MAX_VALUE)).isEqualTo("9.2E");
    }

    private static String cost(double usd, boolean estimated) {
        AgentRun run = AgentSamples.run(State.WORKING, "", NOW, Optional.empty());
        return AgentWords.cost(
                new AgentRun(
                        run.state(),
                        run.doing(),
                        run.since(),
                        run.until(),
                        1,
                        1,
                        1,
                        1,
                        OptionalDouble.of(usd),
                        estimated,
                        "",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of()));
    }

    @Test
    void costSaysWhetherItIsReckoned() {
        assertThat(cost(0.042, false)).isEqualTo("$0.04");
        assertThat(cost(0.042, true)).isEqualTo("~$0.04");
        assertThat(cost(0.001, false)).isEqualTo("<$0.01");
        assertThat(cost(0, false)).isEqualTo("$0.00");
        assertThat(cost(1_234.5, false)).isEqualTo("$1235");
        AgentRun none =
                AgentSamples.withoutCost(
                        AgentSamples.run(State.WORKING, "", NOW, Optional.empty()));
        assertThat(AgentWords.cost(none)).isEmpty();
    }

    @Test
    void attentionIsOnlyForAgentsThatRun() {
        AgentRun asks = AgentSamples.run(State.NEEDS_PERMISSION, "", NOW, Optional.empty());
        Path folder = Path.of("/none");
        TaskView runs = AgentSamples.task(1, "a", Phase.RUNNING, folder, asks);
        assertThat(AgentWords.wantsAttention(runs)).isTrue();
        TaskView killed = AgentSamples.task(1, "a", Phase.KILLED, folder, asks);
        assertThat(AgentWords.wantsAttention(killed)).isFalse();
        assertThat(AgentWords.state(killed, true)).isEqualTo("killed");
    }

    @Test
    void whatWaitsForAClockWaitsForNobody() {
        List<State> wanting = new ArrayList<>();
        for (State state : State.values()) {
            AgentRun run = AgentSamples.run(state, "", NOW, Optional.empty());
            if (AgentWords.wantsAttention(
                    AgentSamples.task(1, "a", Phase.RUNNING, Path.of("/none"), run))) {
                wanting.add(state);
            }
        }
        assertThat(wanting).containsExactly(State.NEEDS_PERMISSION, State.SILENT);
    }

    private static List<String> detail(int columns) {
        AgentRun asks = AgentSamples.run(State.NEEDS_PERMISSION, "Bash: rm", NOW, Optional.empty());
        TaskView task = AgentSamples.task(1, "a", Phase.RUNNING, Path.of("/none"), asks);
        return AgentDetail.rows(task, asks, Optional.empty(), NOW, ZoneOffset.UTC, columns, 9)
                .stream()
                .filter(row -> row.sort() == AgentDetail.Sort.ADVICE)
                .map(AgentDetail.Row::text)
                .toList();
    }

    private static String head(TaskView task) {
        AgentRun run = task.agent().orElseThrow();
        return AgentDetail.rows(task, run, Optional.empty(), NOW, ZoneOffset.UTC, 40, 9)
                .getFirst()
                .text();
    }

    @Test
    void stoppedOneIsCalledTheSameEverywhere() {
        Path folder = Path.of("/none");
        TaskView asked = AgentSamples.stopped(1, folder, "stopped");
        assertThat(AgentWords.state(asked, false)).isEqualTo("killed");
        assertThat(AgentWords.reason(asked)).isEmpty();
        assertThat(head(asked)).isEqualTo("killed");
        TaskView late = AgentSamples.stopped(1, folder, "stopped because build failed");
        assertThat(AgentWords.reason(late)).isEqualTo("because build failed");
        assertThat(head(late)).isEqualTo("killed: because build failed");
        TaskView over = AgentSamples.stopped(1, folder, "stopped: its time was up: 5m");
        assertThat(head(over)).isEqualTo("killed: its time was up: 5m");
    }

    @Test
    void permissionComesWithWhatCanBeDone() {
        assertThat(detail(154))
                .containsExactly(
                        "nobody can answer here: stop it, allow the tool in its definition"
                                + " (tools:), start it again");
        assertThat(detail(74))
                .containsExactly("stop it, allow the tool in its definition, start it again");
        assertThat(detail(34)).containsExactly("stop it, allow the tool, restart");
        assertThat(detail(10)).containsExactly("stop it, allow the tool, restart");
    }

    @Test
    void diffsAreCountedByTheirHunks() {
        DiffStat.Counter counter = new DiffStat.Counter();
        AgentSamples.diff().forEach(counter::add);
        assertThat(counter.stat()).isEqualTo(new DiffStat(2, 4, 1));
        assertThat(counter.stat().words()).isEqualTo("2 files, +4 −1");
    }

    @Test
    void changedLinesMayLookLikeHeaders() {
        DiffStat.Counter counter = new DiffStat.Counter();
        List.of(
                        "diff --git a/x b/x",
                        "--- a/x",
                        "+++ b/x",
                        "@@ -1,3 +1 @@ -1 +1 @@",
                        "--- a/y",
                        "-diff --git a/z b/z",
                        " @@ -1 +1 @@",
                        "\\ No newline at end of file",
                        "diff --git a/bin b/bin",
                        "Binary files a/bin and b/bin differ")
                .forEach(counter::add);
        assertThat(counter.stat()).isEqualTo(new DiffStat(2, 0, 2));
        assertThat(new DiffStat.Counter().stat().words()).isEqualTo("0 files, +0 −0");
    }
}
