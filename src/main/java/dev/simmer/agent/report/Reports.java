package dev.simmer.agent.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The reports in a workspace's folder: which wait to be read, and what they found in all. */
public final class Reports {
    /** More are not looked at in one go. */
    private static final int MOST = 10_000;

    private Reports() {}

    /**
     * One report.
     *
     * @param keys of its front matter; {@code title}, {@code background_agent_id} …
     * @param body its text after the front matter, control characters removed
     */
    public record Entry(
            SafePath.Inside place, Map<String, String> keys, String body, List<Finding> findings) {
        public Entry {
            keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
            findings = List.copyOf(findings);
        }

        public boolean unprocessed() {
            return ReportFacts.UNPROCESSED.equals(keys.get("status"));
        }
    }

    /**
     * What lies in the folder, by name, which is by time.
     *
     * @param unreadable files that are no report, each with the reason
     */
    public record Listing(List<Entry> reports, List<String> unreadable) {
        public List<Entry> unprocessed() {
            return reports.stream().filter(Entry::unprocessed).toList();
        }

        /** All findings of these reports by severity. */
        public static Map<Severity, Integer> sums(List<Entry> reports) {
            return Findings.sums(
                    reports.stream().flatMap(report -> report.findings().stream()).toList());
        }
    }

    /** All reports of a workspace; none where it has no folder for them. */
    public static Listing list(Path workspace) {
        List<Entry> reports = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        SafePath any = SafePath.check(workspace, ReportName.FOLDER + "/any.md", "report");
        switch (any) {
            case SafePath.Refused refused -> unreadable.add(refused.words());
            case SafePath.Inside inside -> list(inside, reports, unreadable);
        }
        return new Listing(List.copyOf(reports), List.copyOf(unreadable));
    }

    private static void list(SafePath.Inside any, List<Entry> reports, List<String> unreadable) {
        try (SafeFolder folder = SafeFolder.of(any, false)) {
            List<String> names =
                    folder.names().stream()
                            .filter(name -> name.endsWith(".md") && !name.startsWith("."))
                            .limit(MOST)
                            .toList();
            for (String name : names) {
                read(folder, any.beside(name), reports, unreadable);
            }
        } catch (NoSuchFileException e) {
            // No agent has run here yet.
        } catch (IOException e) {
            unreadable.add(ReportName.FOLDER + ": " + Words.of(e));
        }
    }

    private static void read(
            SafeFolder folder,
            SafePath.Inside place,
            List<Entry> reports,
            List<String> unreadable) {
        try {
            Optional<byte[]> bytes = folder.read(place.name());
            if (bytes.isEmpty()) {
                return;
            }
            ReportCheck check = ReportCheck.of(bytes.get(), Optional.empty());
            if (check.fault().isPresent()) {
                unreadable.add(Clean.line(place.text()) + ": " + check.fault().get());
            } else {
                reports.add(entry(place, bytes.get(), check));
            }
        } catch (IOException e) {
            unreadable.add(Clean.line(place.text()) + ": " + Words.of(e));
        }
    }

    /** Reads one report; empty where there is none or its front matter is of no use. */
    public static Optional<Entry> read(SafePath.Inside place) {
        List<Entry> reports = new ArrayList<>();
        try (SafeFolder folder = SafeFolder.of(place, false)) {
            read(folder, place, reports, new ArrayList<>());
        } catch (IOException e) {
            return Optional.empty();
        }
        return reports.stream().findFirst();
    }

    private static Entry entry(SafePath.Inside place, byte[] bytes, ReportCheck check) {
        int from = 0;
        try {
            from = FrontMatter.find(bytes).map(FrontMatter::after).orElse(0);
        } catch (YamlFault e) {
            // Then the whole file is the body.
        }
        String body = new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
        Map<String, String> keys = new LinkedHashMap<>();
        check.keys().forEach((key, value) -> keys.put(Clean.line(key), Clean.line(value)));
        return new Entry(place, keys, Clean.lines(body), Findings.of(body));
    }

    /**
     * Sets a report's status to processed; every byte but that word stays.
     *
     * @return the reason where it was left alone
     */
    public static Optional<String> markProcessed(SafePath.Inside place) {
        String name = place.name();
        try (SafeFolder folder = SafeFolder.of(place, false);
                FileTurn _ = FileTurn.take(place.absolute(), folder, Duration.ofSeconds(30))) {
            Optional<byte[]> before = folder.read(name);
            if (before.isEmpty()) {
                return left(place, "it does not exist");
            }
            byte[] after = withStatus(before.get(), ReportFacts.PROCESSED);
            boolean done =
                    Arrays.equals(after, before.get())
                            || folder.write(
                                    name,
                                    after,
                                    () ->
                                            Arrays.equals(
                                                    before.get(),
                                                    folder.read(name).orElse(new byte[0])));
            return done ? Optional.empty() : left(place, "somebody else is writing it");
        } catch (YamlFault e) {
            return left(place, e.words(1));
        } catch (IOException e) {
            return left(place, Words.of(e));
        }
    }

    /** A report with another status, every other byte the same. */
    static byte[] withStatus(byte[] file, String status) throws YamlFault {
        FrontMatter matter =
                FrontMatter.find(file)
                        .orElseThrow(() -> new YamlFault("no front matter", Optional.empty()));
        Optional<Yaml> root = YamlPlaces.read(matter.text());
        Yaml.Mapping report =
                ReportCheck.report(root)
                        .orElseThrow(() -> new YamlFault("it is no report", Optional.empty()));
        YamlEdit edit = new YamlEdit(matter.text(), matter.lineEnd());
        edit.set(report, Map.of("status", status));
        byte[] result = matter.with(file, edit.result());
        ReportCheck check = ReportCheck.of(result, Optional.empty());
        if (check.fault().isPresent() || !status.equals(check.keys().get("status"))) {
            throw new YamlFault("its form does not let the status be changed", Optional.empty());
        }
        return result;
    }

    private static Optional<String> left(SafePath.Inside place, String reason) {
        return Optional.of(
                "the report "
                        + Clean.line(place.text())
                        + " was left alone: "
                        + reason
                        + "; set its status by hand");
    }
}
