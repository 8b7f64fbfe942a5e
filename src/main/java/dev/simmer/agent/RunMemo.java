package dev.simmer.agent;

import dev.simmer.agent.report.GitStatus;
import dev.simmer.agent.report.Worktree;
import dev.simmer.json.JsonFault;
import dev.simmer.json.JsonLimits;
import dev.simmer.json.JsonMembers;
import dev.simmer.json.JsonObject;
import dev.simmer.json.JsonReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was prepared for an agent's attempt, as it is written down for a later engine.
 *
 * @param created when its preparation began
 * @param before what git said of the workspace before the start
 * @param claimed the worktree that is being made for it, and in which nothing has worked yet
 * @param worktree where it works, if in a worktree of its own
 * @param notes what went wrong meanwhile, in words
 */
record RunMemo(
        Instant created,
        GitStatus before,
        Optional<Worktree> claimed,
        Optional<Worktree> worktree,
        List<String> notes) {
    RunMemo {
        notes = List.copyOf(notes);
    }

    /** Of an attempt whose preparation has begun. */
    static RunMemo begun(Instant created) {
        return new RunMemo(
                created,
                new GitStatus.Unseen("nobody has looked before the start"),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    RunMemo claiming(Optional<Worktree> place) {
        return new RunMemo(created, before, place, worktree, notes);
    }

    RunMemo in(Worktree made) {
        return new RunMemo(created, before, Optional.empty(), Optional.of(made), notes);
    }

    RunMemo seen(GitStatus status) {
        return new RunMemo(created, status, claimed, worktree, notes);
    }

    RunMemo noting(List<String> more) {
        List<String> all = new ArrayList<>(notes);
        more.stream().filter(each -> !all.contains(each)).forEach(all::add);
        return new RunMemo(created, before, claimed, worktree, all);
    }

    String text() {
        JsonObject json = new JsonObject().putMillis("created_ms", created);
        switch (before) {
            case GitStatus.Seen seen -> json.put("git", seen.text());
            case GitStatus.Unseen(String why) -> json.put("git_unseen", why);
        }
        claimed.ifPresent(each -> json.put("worktree_claimed", each.text()));
        worktree.ifPresent(each -> json.put("worktree", each.text()));
        return json.putTexts("notes", notes).toString();
    }

    /** What {@link #text} wrote; empty for anything else. */
    static Optional<RunMemo> parse(String text) {
        try {
            JsonMembers json = new JsonReader(JsonLimits.OWN).object(text);
            GitStatus before =
                    json.has("git")
                            ? GitStatus.parse(json.text("git"))
                            : new GitStatus.Unseen(json.text("git_unseen", ""));
            return Optional.of(
                    new RunMemo(
                            json.moment("created_ms"),
                            before,
                            json.textIfAny("worktree_claimed").flatMap(Worktree::parse),
                            json.textIfAny("worktree").flatMap(Worktree::parse),
                            json.texts("notes")));
        } catch (JsonFault e) {
            return Optional.empty();
        }
    }
}
