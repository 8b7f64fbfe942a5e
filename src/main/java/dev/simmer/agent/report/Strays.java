package dev.simmer.agent.report;

import java.io.IOException;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What lies where a run's report does and is not it. */
public final class Strays {
    private static final int MOST_OTHERS = 20;

    private Strays() {}

    /**
     * What of a run lies about where its report does and is not it: what is in the way at the
     * report's place, and files that came into its folder during the run. In words, for a note
     * each.
     *
     * @param own the place that {@link ReportFile#own} found for it
     */
    public static List<String> notes(
            SafePath.Inside wanted, SafePath.Inside own, ReportFacts facts) {
        List<String> notes = new ArrayList<>();
        try (SafeFolder folder = SafeFolder.of(wanted, false)) {
            if (!own.equals(wanted)) {
                for (SafePath.Inside each : List.of(wanted, ReportFile.partialOf(wanted))) {
                    if (!ReportFile.mayBeOurs(folder, each.name(), facts)) {
                        notes.add(
                                "at "
                                        + Clean.line(each.text())
                                        + " lies "
                                        + what(folder, each.name())
                                        + "; it was left there, and the report's place is "
                                        + Clean.line(own.text()));
                    }
                }
            }
            List<String> others = others(folder, wanted, own, facts);
            if (!others.isEmpty()) {
                int more = others.size() - MOST_OTHERS;
                notes.add(
                        "new beside the report, perhaps by this agent: "
                                + String.join(", ", others.stream().limit(MOST_OTHERS).toList())
                                + (more > 0 ? " and " + more + " more" : ""));
            }
        } catch (IOException e) {
            return notes;
        }
        return notes;
    }

    private static String what(SafeFolder folder, String name) throws IOException {
        Optional<BasicFileAttributes> there = folder.attributes(name);
        if (there.isPresent() && there.get().isSymbolicLink()) {
            return "a link";
        }
        if (there.isPresent() && !there.get().isRegularFile()) {
            return "something that is no file";
        }
        long size = there.map(BasicFileAttributes::size).orElse(0L);
        return size > SafeFolder.MAX_BYTES
                ? "a file that is too large to be read (" + (size >> 20) + " MiB, at most 16)"
                : "the report of another run";
    }

    /** Names of files that were written during the run and carry no other run's id. */
    private static List<String> others(
            SafeFolder folder, SafePath.Inside wanted, SafePath.Inside own, ReportFacts facts)
            throws IOException {
        List<String> known =
                List.of(
                        wanted.name(),
                        ReportFile.partialOf(wanted).name(),
                        own.name(),
                        ReportFile.partialOf(own).name());
        List<String> others = new ArrayList<>();
        for (String name : folder.names()) {
            Optional<BasicFileAttributes> there = folder.attributes(name);
            boolean fresh =
                    there.filter(BasicFileAttributes::isRegularFile)
                            .filter(each ->
                                    !each.lastModifiedTime()
                                            .toInstant()
                                            .isBefore(facts.created().toInstant()))
                            .isPresent();
            if (!fresh
                    || name.startsWith(".")
                    || name.contains(ReportFile.AS_WRITTEN)
                    || known.contains(name)) {
                continue;
            }
            Map<String, String> keys =
                    there.orElseThrow().size() > SafeFolder.MAX_BYTES
                            ? Map.of()
                            : folder.read(name)
                                    .map(bytes -> ReportCheck.of(bytes, Optional.empty()).keys())
                                    .orElse(Map.of());
            String id = keys.getOrDefault("background_agent_id", facts.agentId());
            if (id.equals(facts.agentId()) && !ReportFacts.SUPERSEDED.equals(keys.get("status"))) {
                others.add(Clean.line(name));
            }
        }
        return others;
    }
}
