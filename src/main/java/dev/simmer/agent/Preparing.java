package dev.simmer.agent;

import dev.simmer.agent.report.AgentEntry;
import dev.simmer.agent.report.GitStatus;
import dev.simmer.agent.report.SafePath;
import dev.simmer.agent.report.Worktree;
import dev.simmer.engine.ports.Launch;
import dev.simmer.model.AgentSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * What is done before an agent's program starts. Each step can be done again after a crash: what
 * was made is written down before the next step begins. Blocks, some seconds in the worst case and
 * longer for a worktree.
 */
final class Preparing {
    private final AgentLaunch agent;
    private final Path worktrees;
    private final AgentTiming timing;

    /**
     * @param worktrees the folder that worktrees are made in
     */
    Preparing(AgentLaunch agent, Path worktrees, AgentTiming timing) {
        this.agent = agent;
        this.worktrees = worktrees;
        this.timing = timing;
    }

    /** What came of it. */
    sealed interface Result {
        /** It may start. */
        record Ready(Launch launch) implements Result {}

        /** It must not; why, and what to do. */
        record Refused(String words) implements Result {}
    }

    Result prepare() {
        try {
            return steps();
        } catch (IOException e) {
            return new Result.Refused(
                    "the run folder "
                            + agent.launch().folder()
                            + " could not be made ready for the agent ("
                            + e
                            + "); see to it that the disk has room and the folder may be written");
        }
    }

    private Result steps() throws IOException {
        AgentFolder folder = agent.folder();
        AgentSpec.Planned planned = agent.planned();
        folder.make();
        // An attempt that was prepared and never begun is prepared again.
        folder.unsettle();
        folder.paused(false);
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        RunMemo memo = folder.memo().flatMap(RunMemo::parse).orElseGet(() -> RunMemo.begun(now));
        folder.memo(memo.text());
        SafePath report = SafePath.check(agent.workspace(), planned.report(), "report");
        if (report instanceof SafePath.Refused(String words)) {
            return new Result.Refused(words);
        }
        memo = new Earlier(agent).noted(memo);
        TranscriptFile.clear(folder.transcript());
        folder.give(planned.files());
        if (planned.worktree() && memo.worktree().isEmpty()) {
            // What an engine before this one began has never been worked in.
            memo.claimed().ifPresent(Worktree::abandon);
            Worktree.Adding adding = Worktree.claim(agent.workspace(), worktrees, name());
            if (adding instanceof Worktree.Adding.Added(Worktree claimed, List<String> _)) {
                memo = memo.claiming(Optional.of(claimed));
                folder.memo(memo.text());
                adding = claimed.make(planned.copy());
            }
            switch (adding) {
                case Worktree.Adding.Refused(String reason) -> {
                    return new Result.Refused(reason);
                }
                case Worktree.Adding.Added(Worktree made, List<String> notes) -> {
                    memo = memo.in(made).noting(notes);
                    folder.memo(memo.text());
                }
            }
        }
        memo = memo.seen(GitStatus.of(agent.workspace(), timing.gitBefore()));
        Optional<String> unset =
                new Entry(agent.workspace(), planned)
                        .set(AgentEntry.Status.RUNNING, Optional.empty());
        memo = memo.noting(unset.map(List::of).orElse(List.of()));
        folder.memo(memo.text());
        return new Result.Ready(agent.own(memo.worktree()));
    }

    private String name() {
        int number = agent.launch().id().number();
        String id = agent.planned().agentId().replaceFirst("^bg-", "");
        return number == 1 ? id : id + "-attempt-" + number;
    }
}
