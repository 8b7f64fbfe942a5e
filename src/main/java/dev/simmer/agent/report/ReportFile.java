package dev.simmer.agent.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run's report. {@link #settle} leaves exactly one for a run, also when it is called again after
 * a crash in the midst of it: the agent's own where it wrote a valid one, else one made from what
 * Simmer knows, at {@code -partial.md} for a run that failed.
 */
public final class ReportFile {
    private static final String PARTIAL = "-partial.md";
    static final String AS_WRITTEN = "-as-written";
    private static final int MOST_NAMES = 1000;
    private static final long CLOCK_SECONDS = 2;

    private ReportFile() {}

    /** Where a report is and where it comes from. */
    public sealed interface Settled {
        /**
         * There is a report.
         *
         * @param check of what is there now
         */
        record Written(SafePath.Inside place, Origin origin, ReportCheck check) implements Settled {
            /** Whether it lies at the place of a partial one. */
            public boolean partial() {
                return place.name().endsWith(PARTIAL);
            }
        }

        /** There is none; the reason says what to do. */
        record Unwritten(String reason) implements Settled {}
    }

    /** Who wrote a report. */
    public enum Origin {
        /** The agent, and it was valid. */
        AGENT,
        /** The agent, and its front matter was completed. */
        AGENT_COMPLETED,
        /** Simmer. */
        MADE
    }

    /** The place of a partial report beside that of the whole one. */
    public static SafePath.Inside partialOf(SafePath.Inside report) {
        return report.beside(report.name().replaceFirst("\\.md$", "") + PARTIAL);
    }

    /**
     * A place where no report is yet: this one, else with -2, -3 … To be asked before a run begins,
     * so that what lies at its place afterwards is its own. Makes nothing.
     */
    public static SafePath.Inside free(SafePath.Inside wanted) throws IOException {
        String stem = wanted.name().replaceFirst("\\.md$", "");
        try (SafeFolder folder = SafeFolder.of(wanted, false)) {
            for (int number = 1; number < MOST_NAMES; number++) {
                SafePath.Inside place =
                        wanted.beside(stem + (number == 1 ? "" : "-" + number) + ".md");
                if (folder.attributes(place.name()).isEmpty()
                        && folder.attributes(partialOf(place).name()).isEmpty()) {
                    return place;
                }
            }
        } catch (NoSuchFileException e) {
            // Nothing lies where there is no folder.
            return wanted.beside(stem + ".md");
        }
        throw new IOException("there are " + MOST_NAMES + " reports of the name " + stem);
    }

    /** Checks the report at a place; empty where there is no file that can be read. */
    public static Optional<ReportCheck> check(SafePath.Inside place, Optional<ReportFacts> facts) {
        try (SafeFolder folder = SafeFolder.of(place, false)) {
            return folder.read(place.name()).map(bytes -> ReportCheck.of(bytes, facts));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Leaves one report for a run that ended. Folders are made where they are missing. */
    public static Settled settle(SafePath.Inside place, ReportFacts facts, RunEnding ending) {
        try (SafeFolder folder = SafeFolder.of(place, true)) {
            SafePath.Inside own = usable(folder, place, facts);
            return ending.completed()
                    ? completed(folder, own, facts, ending)
                    : failed(folder, own, facts, ending);
        } catch (IOException e) {
            return new Settled.Unwritten(
                    "the report "
                            + Clean.line(place.absolute().toString())
                            + " could not be written ("
                            + Words.of(e)
                            + "); "
                            + Words.cure(e));
        }
    }

    /**
     * What {@link #settle} would leave, for where it cannot: the agent's own report as far as it
     * can be read, else a made one. Changes nothing.
     *
     * @param place where it was to lie; empty where there is none
     */
    public static byte[] text(
            Optional<SafePath.Inside> place, ReportFacts facts, RunEnding ending) {
        Optional<RunEnding> failure = ending.completed() ? Optional.empty() : Optional.of(ending);
        Optional<byte[]> own = place.flatMap(ReportFile::readable);
        Optional<byte[]> part = place.map(ReportFile::partialOf).flatMap(ReportFile::readable);
        for (Optional<byte[]> each : List.of(own, part)) {
            if (each.isPresent() && !isMade(each.get()) && has(each.get(), facts)) {
                return ReportText.completed(each.get(), facts, failure);
            }
        }
        ReportText.Unfinished unfinished =
                own.filter(bytes -> !isMade(bytes))
                        .map(bytes ->
                                new ReportText.Unfinished(
                                        Clean.lines(new String(bytes, StandardCharsets.UTF_8)),
                                        "it is no report, and could not be replaced",
                                        Optional.empty()))
                        .orElse(ReportText.Unfinished.NONE);
        return ending.completed()
                ? ReportText.made(facts, ending, unfinished)
                : ReportText.partial(facts, ending, unfinished);
    }

    private static Optional<byte[]> readable(SafePath.Inside place) {
        try (SafeFolder folder = SafeFolder.of(place, false)) {
            return folder.read(place.name());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Has a report that an agent of the same id has left at a place make way for a new run's: its
     * name gets a suffix and its status says that it is superseded, so that it does not count
     * beside the new one. One that Simmer made of this very run, when it had failed to begin, stays
     * where it is, and is replaced.
     *
     * @param suffix such as {@code attempt-1}
     * @param attempt the new run's {@link ReportFacts#attempt}
     * @return what was renamed, by the new names
     */
    public static List<SafePath.Inside> setAside(
            SafePath.Inside place, String agentId, String suffix, String attempt)
            throws IOException {
        List<SafePath.Inside> moved = new ArrayList<>();
        try (SafeFolder folder = SafeFolder.of(place, false)) {
            for (SafePath.Inside each : List.of(place, partialOf(place))) {
                Optional<BasicFileAttributes> there = folder.attributes(each.name());
                if (there.isEmpty() || !there.get().isRegularFile()) {
                    continue;
                }
                byte[] bytes = folder.read(each.name()).orElse(new byte[0]);
                Map<String, String> keys = ReportCheck.of(bytes, Optional.empty()).keys();
                String id = keys.getOrDefault("background_agent_id", "");
                boolean same =
                        isMade(bytes) && keys.getOrDefault(ReportText.ATTEMPT, "").equals(attempt);
                if (id.equals(agentId) && !same) {
                    SafePath.Inside to = aside(folder, place, each, suffix);
                    supersede(folder, each.name(), bytes);
                    folder.move(each.name(), to.name());
                    moved.add(to);
                }
            }
        } catch (NoSuchFileException e) {
            // There is not even the folder.
            return moved;
        }
        return moved;
    }

    private static void supersede(SafeFolder folder, String name, byte[] bytes) throws IOException {
        byte[] other;
        try {
            other = Reports.withStatus(bytes, ReportFacts.SUPERSEDED);
        } catch (YamlFault e) {
            // Then the other name alone has to tell.
            return;
        }
        put(folder, name, Optional.of(bytes), other);
    }

    private static SafePath.Inside aside(
            SafeFolder folder, SafePath.Inside place, SafePath.Inside from, String suffix)
            throws IOException {
        String stem = place.name().replaceFirst("\\.md$", "") + "-" + suffix;
        String end = from.equals(place) ? ".md" : PARTIAL;
        for (int number = 1; number < MOST_NAMES; number++) {
            String name = stem + (number == 1 ? "" : "-" + number) + end;
            if (folder.attributes(name).isEmpty()) {
                return place.beside(name);
            }
        }
        throw new IOException("there are " + MOST_NAMES + " reports of the name " + stem);
    }

    /**
     * Moves the reports that an agent has written in a workspace of its own to the user's, before
     * they are settled there. Does nothing where there are none, so it can be done again.
     *
     * @param from the report's place in the agent's own workspace
     * @param place its place in the user's
     */
    public static void bring(SafePath.Inside from, SafePath.Inside place, ReportFacts facts)
            throws IOException {
        try (SafeFolder there = SafeFolder.of(from, false);
                SafeFolder here = SafeFolder.of(place, true)) {
            SafePath.Inside own = usable(here, place, facts);
            Map<String, String> names = new LinkedHashMap<>();
            names.put(from.name(), own.name());
            names.put(partialOf(from).name(), partialOf(own).name());
            for (Map.Entry<String, String> each : names.entrySet()) {
                Optional<byte[]> bytes = there.read(each.getKey());
                if (bytes.isPresent()) {
                    boolean _ = here.write(each.getValue(), bytes.get(), () -> true);
                    there.delete(each.getKey());
                }
            }
        } catch (NoSuchFileException e) {
            // The agent has not even made the folder.
            return;
        }
    }

    /**
     * Where a run's report is looked for and will be settled: the place, or a free one where a
     * link, a folder or another run's report lies at it.
     */
    public static SafePath.Inside own(SafePath.Inside place, ReportFacts facts) throws IOException {
        try (SafeFolder folder = SafeFolder.of(place, true)) {
            return usable(folder, place, facts);
        }
    }

    /** Whether a report's front matter says that Simmer made it. */
    public static boolean made(ReportCheck check) {
        return ReportText.SIMMER.equals(check.keys().get(ReportText.MADE_BY));
    }

    /** The place, or a free one where a link, a folder or another run's report lies at it. */
    private static SafePath.Inside usable(
            SafeFolder folder, SafePath.Inside place, ReportFacts facts) throws IOException {
        String stem = place.name().replaceFirst("\\.md$", "");
        for (int number = 1; number < MOST_NAMES; number++) {
            SafePath.Inside each = place.beside(stem + (number == 1 ? "" : "-" + number) + ".md");
            if (mayBeOurs(folder, each.name(), facts)
                    && mayBeOurs(folder, partialOf(each).name(), facts)) {
                return each;
            }
        }
        throw new IOException("no free name beside it");
    }

    static boolean mayBeOurs(SafeFolder folder, String name, ReportFacts facts) throws IOException {
        Optional<BasicFileAttributes> there = folder.attributes(name);
        if (there.isEmpty()) {
            return true;
        }
        if (!there.get().isRegularFile() || there.get().size() > SafeFolder.MAX_BYTES) {
            return false;
        }
        boolean during =
                !there.get()
                        .lastModifiedTime()
                        .toInstant()
                        .isBefore(facts.created().toInstant().minusSeconds(CLOCK_SECONDS));
        return during
                || folder.read(name)
                        .map(bytes -> ReportCheck.of(bytes, Optional.empty()).keys())
                        .map(keys -> facts.agentId().equals(keys.get("background_agent_id")))
                        .orElse(true);
    }

    private static Settled completed(
            SafeFolder folder, SafePath.Inside place, ReportFacts facts, RunEnding ending)
            throws IOException {
        Optional<byte[]> own = folder.read(place.name());
        SafePath.Inside partial = partialOf(place);
        Optional<byte[]> part = folder.read(partial.name());
        boolean madePart = part.filter(ReportFile::isMade).isPresent();
        if (own.isEmpty() && part.isPresent() && !madePart && has(part.get(), facts)) {
            return kept(folder, partial, part.get(), facts, Optional.empty());
        }
        Settled settled;
        if (own.isPresent() && has(own.get(), facts)) {
            settled = kept(folder, place, own.get(), facts, Optional.empty());
        } else {
            byte[] made = ReportText.made(facts, ending, unfinished(folder, place, own, facts));
            put(folder, place.name(), own, made);
            settled = written(place, Origin.MADE, made, facts);
        }
        if (madePart) {
            // Of an earlier attempt; this one went to its end.
            folder.delete(partial.name());
        }
        return settled;
    }

    private static Settled failed(
            SafeFolder folder, SafePath.Inside place, ReportFacts facts, RunEnding ending)
            throws IOException {
        Optional<byte[]> own = folder.read(place.name());
        SafePath.Inside partial = partialOf(place);
        Optional<byte[]> part = folder.read(partial.name());
        boolean madePart = part.filter(ReportFile::isMade).isPresent();
        boolean valid =
                own.filter(bytes -> ReportCheck.of(bytes, Optional.of(facts)).validButForStatus())
                        .isPresent();
        if (own.isPresent() && valid) {
            Settled settled = kept(folder, place, own.get(), facts, Optional.of(ending));
            if (madePart) {
                folder.delete(partial.name());
            }
            return settled;
        }
        if (part.isPresent() && !madePart && has(part.get(), facts)) {
            return kept(folder, partial, part.get(), facts, Optional.of(ending));
        }
        if (own.isEmpty() && madePart && told(part.orElseThrow(), facts, ending)) {
            return written(partial, Origin.MADE, part.orElseThrow(), facts);
        }
        byte[] made = ReportText.partial(facts, ending, unfinished(folder, place, own, facts));
        put(folder, partial.name(), part, made);
        if (own.isPresent()) {
            // All its text is in the partial report now, or in a file beside it.
            folder.delete(place.name());
        }
        return written(partial, Origin.MADE, made, facts);
    }

    /**
     * What the agent had written at the report's place, to be quoted where it is replaced. Its
     * bytes are kept in a file beside it where a quotation does not hold them all.
     */
    private static ReportText.Unfinished unfinished(
            SafeFolder folder, SafePath.Inside place, Optional<byte[]> own, ReportFacts facts)
            throws IOException {
        if (own.isEmpty() || own.get().length == 0) {
            return ReportText.Unfinished.NONE;
        }
        String text = new String(own.get(), StandardCharsets.UTF_8);
        String why = String.join("; ", ReportCheck.of(own.get(), Optional.of(facts)).reasons());
        String shown = Clean.lines(text);
        boolean whole =
                own.get().length <= ReportText.MOST_UNFINISHED
                        && shown.replace("\n", "").equals(text.replaceAll("[\r\n]", ""))
                        && text.indexOf('\uFFFD') < 0;
        if (whole) {
            return new ReportText.Unfinished(shown, why, Optional.empty());
        }
        String stem = place.name().replaceFirst("\\.md$", "") + AS_WRITTEN;
        for (int number = 1; number < MOST_NAMES; number++) {
            SafePath.Inside beside =
                    place.beside(stem + (number == 1 ? "" : "-" + number) + ".txt");
            Optional<byte[]> there = folder.read(beside.name());
            if (there.isEmpty()) {
                put(folder, beside.name(), there, own.get());
            } else if (!Arrays.equals(there.get(), own.get())) {
                continue;
            }
            return new ReportText.Unfinished(shown, why, Optional.of(beside.text()));
        }
        throw new IOException("there are " + MOST_NAMES + " files of the name " + stem);
    }

    /** Whether a made report tells this very ending already, so that a second call adds nothing. */
    private static boolean told(byte[] made, ReportFacts facts, RunEnding ending) {
        ReportCheck check = ReportCheck.of(made, Optional.of(facts));
        return check.valid()
                && facts.createdText().equals(check.keys().get("created"))
                && check.keys().getOrDefault("error", "").startsWith(ending.verdict());
    }

    private static boolean has(byte[] bytes, ReportFacts facts) {
        return ReportCheck.of(bytes, Optional.of(facts)).bodyIsThere();
    }

    private static boolean isMade(byte[] bytes) {
        return ReportText.SIMMER.equals(
                ReportCheck.of(bytes, Optional.empty()).keys().get(ReportText.MADE_BY));
    }

    private static Settled kept(
            SafeFolder folder,
            SafePath.Inside place,
            byte[] own,
            ReportFacts facts,
            Optional<RunEnding> failure)
            throws IOException {
        boolean valid = ReportCheck.of(own, Optional.of(facts)).valid();
        byte[] whole = ReportText.completed(own, facts, failure);
        if (!Arrays.equals(whole, own)) {
            put(folder, place.name(), Optional.of(own), whole);
        }
        Origin origin = isMade(own) ? Origin.MADE : valid ? Origin.AGENT : Origin.AGENT_COMPLETED;
        return written(place, origin, whole, facts);
    }

    private static void put(SafeFolder folder, String name, Optional<byte[]> seen, byte[] bytes)
            throws IOException {
        boolean put =
                folder.write(
                        name,
                        bytes,
                        () -> {
                            Optional<byte[]> now = folder.read(name);
                            return now.isPresent() == seen.isPresent()
                                    && Arrays.equals(
                                            now.orElse(new byte[0]), seen.orElse(new byte[0]));
                        });
        if (!put) {
            throw new IOException("somebody else is writing it");
        }
    }

    private static Settled written(
            SafePath.Inside place, Origin origin, byte[] bytes, ReportFacts facts) {
        return new Settled.Written(place, origin, ReportCheck.of(bytes, Optional.of(facts)));
    }
}
