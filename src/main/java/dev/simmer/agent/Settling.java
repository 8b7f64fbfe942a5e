package dev.simmer.agent;

import dev.simmer.agent.report.AgentEntry;
import dev.simmer.agent.report.GitStatus;
import dev.simmer.agent.report.ReportCheck;
import dev.simmer.agent.report.ReportFacts;
import dev.simmer.agent.report.ReportFile;
import dev.simmer.agent.report.ReportName;
import dev.simmer.agent.report.RunEnding;
import dev.simmer.agent.report.SafePath;
import dev.simmer.agent.report.Strays;
import dev.simmer.agent.report.Worktree;
import dev.simmer.agent.stream.Tally;
import dev.simmer.agent.stream.Verdict;
import dev.simmer.json.AgentJson;
import dev.simmer.json.JsonFault;
import dev.simmer.json.JsonLimits;
import dev.simmer.json.JsonObject;
import dev.simmer.json.JsonReader;
import dev.simmer.model.AgentEnding;
import dev.simmer.model.AgentSpec;
import dev.simmer.model.AgentVerdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What is done when an agent's attempt has ended: its report, its entry in the session file, what
 * it changed, and what is thought of it. Each step can be done again after a crash and then comes
 * to the same; the mark that all is done is written last. Blocks.
 */
final class Settling {
    private final AgentLaunch agent;
    private final AgentTiming timing;
    private final RunMemo memo;
    private final List<String> notes;

    /** What the report alone says, as it goes without saying where one looks at the agent. */
    private final List<String> remarks = new ArrayList<>();

    /**
     * @param memo what was prepared; a beginning where nothing is known
     */
    Settling(AgentLaunch agent, AgentTiming timing, RunMemo memo) {
        this.agent = agent;
        this.timing = timing;
        this.memo = memo;
        this.notes = new ArrayList<>(memo.notes());
    }

    /**
     * Where a report is to lie.
     *
     * @param facts of the run
     */
    private record Place(SafePath.Inside inside, ReportFacts facts) {}

    /** What came of an isolated agent's changes. */
    private record Changes(List<String> lines, Optional<Path> diff) {
        private static final Changes NONE = new Changes(List.of(), Optional.empty());
    }

    /** How it ended, if that has been settled before. */
    static Optional<AgentEnding> before(AgentFolder folder) {
        return folder.settled()
                .flatMap(text -> {
                    try {
                        return Optional.of(
                                new JsonReader(JsonLimits.OWN).object(text).as(AgentJson::ending));
                    } catch (JsonFault e) {
                        return Optional.empty();
                    }
                });
    }

    /**
     * Settles it.
     *
     * @param alive whether something of it still lives, so that its worktree has to stay
     */
    AgentEnding settle(RunEnd end, Tally tally, List<String> transcript, boolean alive) {
        Optional<SafePath.Inside> wanted = wanted();
        Optional<Path> workplace = memo.worktree().map(Worktree::workplace);
        if (wanted.isPresent() && workplace.isPresent()) {
            bring(workplace.get(), wanted.get());
        }
        Changes changes = memo.worktree().map(each -> changes(each, alive)).orElse(Changes.NONE);
        List<String> elsewhere = elsewhere();
        new Entry(agent.workspace(), agent.planned()).fault().ifPresent(this::note);
        Optional<SafePath.Inside> own = wanted.map(each -> own(each, facts(List.of(), List.of())));
        ReportFacts facts = facts(elsewhere, changes.lines());
        Optional<Place> place = own.map(each -> new Place(each, facts));
        boolean whole = place.map(Settling::whole).orElse(false);
        boolean onlyPartial = !whole && place.map(Settling::partial).orElse(false);
        Verdict verdict = end.verdict(tally, kind(whole || onlyPartial, tally));
        if (verdict.word().good() && onlyPartial) {
            verdict =
                    new Verdict(
                            AgentVerdict.PARTIAL,
                            "the agent calls its report a partial one, though it ended in order");
        }
        RunEnding ending = ending(verdict, end, tally, transcript);
        Put report = report(place, facts, ending);
        if (report instanceof Put.Failed failed) {
            verdict = unwritten(verdict, failed);
        }
        boolean good = verdict.word().good();
        new Entry(agent.workspace(), agent.planned())
                .set(
                        good ? AgentEntry.Status.COMPLETED : AgentEntry.Status.FAILED,
                        report instanceof Put.Done(SafePath.Inside at)
                                ? Optional.of(at.text())
                                : Optional.empty())
                .ifPresent(this::note);
        AgentEnding settled =
                Progress.of(agent, timing, memo.created())
                        .ended(
                                tally,
                                verdict.word(),
                                verdict.reason(),
                                report.file(),
                                changes.diff(),
                                end.at().truncatedTo(ChronoUnit.MILLIS),
                                notes);
        mark(settled);
        return settled;
    }

    private void mark(AgentEnding settled) {
        try {
            JsonObject json = new JsonObject();
            AgentJson.write(json, settled);
            agent.folder().settled(json.toString());
        } catch (IOException e) {
            // The folder is gone, or the disk is full: settled again, it comes to the same.
            note("that it is settled could not be written down: " + e);
        }
    }

    private void note(String words) {
        if (!notes.contains(words)) {
            notes.add(words);
        }
    }

    /** The report's place; one of the usual folder where a link has been put into its way. */
    private Optional<SafePath.Inside> wanted() {
        String report = agent.planned().report();
        return switch (SafePath.check(agent.workspace(), report, "report")) {
            case SafePath.Inside inside -> Optional.of(inside);
            case SafePath.Refused(String why) -> otherwise(why);
        };
    }

    private Optional<SafePath.Inside> otherwise(String why) {
        note(why);
        String report = agent.planned().report();
        String stem = report.substring(report.lastIndexOf('/') + 1).replaceFirst("\\.md$", "");
        for (String folder : List.of(ReportName.FOLDER + "/", ".agents/", "")) {
            for (String name : List.of(stem, stem + "-2", agent.planned().agentId())) {
                if (SafePath.check(agent.workspace(), folder + name + ".md", "report")
                        instanceof SafePath.Inside inside) {
                    return Optional.of(inside);
                }
            }
        }
        note("there is no place in the workspace where the report may lie");
        return Optional.empty();
    }

    /** From the agent's own worktree to the user's workspace. */
    private void bring(Path workplace, SafePath.Inside place) {
        String report = relative(agent.planned().report());
        if (SafePath.check(workplace, report, "report") instanceof SafePath.Inside from) {
            try {
                ReportFile.bring(from, place, facts(List.of(), List.of()));
            } catch (IOException e) {
                note("its report could not be taken out of its worktree: " + e);
            }
        }
    }

    private Changes changes(Worktree worktree, boolean alive) {
        Worktree.Ending ending = alive ? worktree.look() : worktree.end();
        List<String> lines = new ArrayList<>();
        Optional<Path> diff = Optional.empty();
        if (!ending.note().isEmpty()) {
            note(ending.note());
        }
        if (!ending.removed() && !ending.stat().isEmpty()) {
            lines.add("kept at " + worktree.folder() + ", branch " + worktree.branch());
            ending.stat().lines().map(String::strip).forEach(lines::add);
            if (ending.cut()) {
                lines.add("(the diff is too long to be kept whole)");
            }
            try {
                diff = Optional.of(agent.folder().diff(ending.diff()));
            } catch (IOException e) {
                note("its changes could not be kept as a diff: " + e);
            }
        }
        return new Changes(lines, diff);
    }

    private ReportFacts facts(List<String> elsewhere, List<String> worktree) {
        List<String> told = new ArrayList<>(notes);
        told.addAll(remarks);
        AgentSpec.Planned planned = agent.planned();
        return new ReportFacts(
                planned.title(),
                planned.agentId(),
                agent.name(),
                planned.session(),
                memo.created().atZone(ZoneId.systemDefault()).toOffsetDateTime(),
                elsewhere,
                told,
                worktree);
    }

    private List<String> elsewhere() {
        Path workspace = agent.workspace();
        if (memo.before() instanceof GitStatus.Unseen(String why)) {
            if (hasGit(workspace)) {
                note("what it changed elsewhere is not known: " + why);
            }
            return List.of();
        }
        GitStatus after = GitStatus.of(workspace, timing.gitAfter());
        AgentSpec.Planned planned = agent.planned();
        Set<String> except = new TreeSet<>(List.of(ReportName.FOLDER + "/"));
        except.add(relative(planned.report()));
        except.add(relative(planned.report()).replaceFirst("\\.md$", "") + "-partial.md");
        planned.session()
                .map(this::relative)
                .ifPresent(session -> {
                    int name = session.lastIndexOf('/') + 1;
                    except.add(session);
                    except.add(
                            session.substring(0, name) + "." + session.substring(name) + ".lock");
                });
        GitStatus.Changes between = GitStatus.between(workspace, memo.before(), after, except);
        if (!between.note().isEmpty()) {
            note(between.note());
        }
        if (!between.files().isEmpty()) {
            remarks.add(
                    "the files that changed elsewhere are those of the whole workspace: others that"
                            + " worked there meanwhile may have changed some of them");
        }
        return between.files();
    }

    private static boolean hasGit(Path workspace) {
        return Stream.iterate(workspace, Objects::nonNull, Path::getParent)
                .anyMatch(each -> Files.exists(each.resolve(".git"), LinkOption.NOFOLLOW_LINKS));
    }

    private String relative(String path) {
        Path given = Path.of(path);
        Path normal =
                given.isAbsolute() && given.startsWith(agent.workspace())
                        ? agent.workspace().relativize(given)
                        : given;
        return normal.normalize().toString();
    }

    private SafePath.Inside own(SafePath.Inside wanted, ReportFacts facts) {
        SafePath.Inside own = wanted;
        try {
            own = ReportFile.own(wanted, facts);
        } catch (IOException e) {
            // Why it cannot be used is told when the report is put there.
        }
        Strays.notes(wanted, own, facts).forEach(this::note);
        return own;
    }

    private static boolean written(SafePath.Inside place, ReportFacts facts) {
        return ReportFile.check(place, Optional.of(facts))
                .filter(check -> check.form() != ReportCheck.Form.EMPTY)
                .filter(check -> !ReportFile.made(check))
                .isPresent();
    }

    private static boolean whole(Place place) {
        return written(place.inside(), place.facts());
    }

    private static boolean partial(Place place) {
        return written(ReportFile.partialOf(place.inside()), place.facts());
    }

    private static Verdict.Report kind(boolean written, Tally tally) {
        if (written) {
            return Verdict.Report.WRITTEN;
        }
        return tally.finalText().isBlank() ? Verdict.Report.MISSING : Verdict.Report.MADE;
    }

    private RunEnding ending(Verdict verdict, RunEnd end, Tally tally, List<String> transcript) {
        List<String> blockers = new ArrayList<>();
        if (!verdict.word().good()) {
            blockers.add(verdict.reason());
        }
        tally.denials().stream()
                .map(each ->
                        "refused: "
                                + (each.tool().isBlank() ? "a tool" : each.tool())
                                + (each.why().isBlank() ? "" : ": " + each.why()))
                .distinct()
                .limit(20)
                .forEach(blockers::add);
        String error =
                end.words()
                        + (tally.complaint().isEmpty()
                                ? ""
                                : "\nits last words: " + tally.complaint());
        Duration time = Duration.between(memo.created(), end.at());
        List<String> lines = new ArrayList<>(transcript);
        if (lines.isEmpty() && !time.isNegative()) {
            lines.add("(nothing was said)");
        }
        return new RunEnding(
                verdict.word().good(),
                verdict.word().word().replace('-', ' '),
                verdict.reason(),
                verdict.word().good() ? Optional.empty() : Optional.of(error),
                blockers,
                tally.finalText(),
                lines);
    }

    /** What became of the report. */
    private sealed interface Put {
        Optional<Path> file();

        /** It lies in the workspace. */
        record Done(SafePath.Inside place) implements Put {
            @Override
            public Optional<Path> file() {
                return Optional.of(place.absolute());
            }
        }

        /** It does not, and is perhaps kept elsewhere. */
        record Failed(String why, Optional<Path> file) implements Put {}
    }

    private Put report(Optional<Place> place, ReportFacts facts, RunEnding ending) {
        if (place.isEmpty()) {
            String why = "there is no place in the workspace where the report may lie";
            return kept(why, place, facts, ending);
        }
        SafePath.Inside wanted = place.get().inside();
        String why;
        switch (ReportFile.settle(wanted, facts, ending)) {
            case ReportFile.Settled.Written written -> {
                return new Put.Done(written.place());
            }
            case ReportFile.Settled.Unwritten(String reason) -> why = reason;
        }
        note(why);
        Optional<SafePath.Inside> other =
                otherwise("another place was taken for the report")
                        .filter(each -> !each.equals(wanted));
        if (other.isPresent()
                && ReportFile.settle(other.get(), facts, ending)
                        instanceof ReportFile.Settled.Written written) {
            return new Put.Done(written.place());
        }
        return kept(why, place, facts, ending);
    }

    /** Keeps the report's text in the run folder. */
    private Put kept(String why, Optional<Place> place, ReportFacts facts, RunEnding ending) {
        byte[] text = ReportFile.text(place.map(Place::inside), facts, ending);
        try {
            Path file = agent.folder().report(text);
            note("the report is kept as " + file);
            return new Put.Failed(why, Optional.of(file));
        } catch (IOException e) {
            note("the report could not be kept in the run folder either: " + e);
            return new Put.Failed(why, Optional.empty());
        }
    }

    private static Verdict unwritten(Verdict verdict, Put.Failed failed) {
        String how =
                failed.why()
                        + failed.file()
                                .map(file -> "; it is kept as " + file)
                                .orElse("; it could not be kept in the run folder either");
        return verdict.word().good()
                ? new Verdict(AgentVerdict.PARTIAL, how + "; the agent had ended in order")
                : new Verdict(verdict.word(), verdict.reason() + "; " + how);
    }
}
