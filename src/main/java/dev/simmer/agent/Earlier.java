package dev.simmer.agent;

import dev.simmer.agent.report.ReportFile;
import dev.simmer.agent.report.SafePath;
import dev.simmer.agent.report.Worktree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a task's earlier attempts have left, for the attempt that comes after them. */
record Earlier(AgentLaunch agent) {
    /** Earlier attempts that are looked at. */
    private static final int MOST = 20;

    /**
     * Has reports of earlier attempts make way, and notes what there is of them. Can be done again
     * at any time before the attempt's program runs.
     */
    RunMemo noted(RunMemo memo) {
        return memo.noting(reports()).noting(worktrees());
    }

    private List<String> reports() {
        int number = agent.launch().id().number();
        String suffix = number > 1 ? "attempt-" + (number - 1) : "earlier";
        String wanted = agent.planned().report();
        if (!(SafePath.check(agent.workspace(), wanted, "report")
                instanceof SafePath.Inside place)) {
            return List.of();
        }
        try {
            return ReportFile.setAside(place, agent.planned().agentId(), suffix, agent.name())
                    .stream()
                    .map(moved -> "an earlier report was renamed to " + moved.text())
                    .toList();
        } catch (IOException e) {
            // The settling finds another name for the new one.
            return List.of("an earlier report could not be renamed: " + e);
        }
    }

    private List<String> worktrees() {
        int number = agent.launch().id().number();
        List<String> kept = new ArrayList<>();
        for (int each = Math.max(1, number - MOST); each < number; each++) {
            Optional<Worktree> worktree =
                    new AgentFolder(agent.launch().folder().resolveSibling(String.valueOf(each)))
                            .memo()
                            .flatMap(RunMemo::parse)
                            .flatMap(RunMemo::worktree);
            if (worktree.isPresent()
                    && Files.isDirectory(worktree.get().folder(), LinkOption.NOFOLLOW_LINKS)) {
                kept.add(
                        "the worktree of attempt "
                                + each
                                + " was kept at "
                                + worktree.get().folder()
                                + ", branch "
                                + worktree.get().branch());
            }
        }
        return kept;
    }
}
