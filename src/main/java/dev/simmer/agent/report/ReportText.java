package dev.simmer.agent.report;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reports as bytes: an agent's own made complete, and those that Simmer makes. */
final class ReportText {
    /** Says in the front matter that the agent left no report. */
    static final String MADE_BY = "made_by";

    static final String SIMMER = "simmer";

    /** Says in the front matter of which attempt Simmer made the report. */
    static final String ATTEMPT = "attempt";

    private static final int MOST_FILES = 500;
    private static final int MOST_LINES = 400;

    /** The most of each part, in bytes, so that a made report has about 64 KiB at most. */
    private static final int MOST_WORDS = 40 << 10;

    private static final int MOST_SUMMARY = 16 << 10;
    private static final int MOST_TRANSCRIPT = 20 << 10;
    private static final int MOST_LIST = 4 << 10;
    private static final int MOST_LINE = 2 << 10;

    private static final Pattern ENDLESS_FENCE = Pattern.compile("`{20,}");

    private static final String NO_REPORT =
            "- The agent wrote no report of its own; this one was made from what it said.";
    private static final String NEXT =
            "- Read the transcript for what the summary does not say.\n"
                    + "- Run the agent again if a report of its own is needed.";

    /** The most of an unfinished report that is quoted, in bytes. */
    static final int MOST_UNFINISHED = 12 << 10;

    private ReportText() {}

    /**
     * What an agent had written at its report's place, and what is no report.
     *
     * @param text control characters removed; empty where there was nothing
     * @param why it is none
     * @param kept where all its bytes are, where they are more than is quoted
     */
    record Unfinished(String text, String why, Optional<String> kept) {
        static final Unfinished NONE = new Unfinished("", "", Optional.empty());

        boolean nothing() {
            return text.isBlank() && kept.isEmpty();
        }

        String quoted() {
            return "The report as far as the agent had written it"
                    + (why.isEmpty() ? "" : " (" + why + ")")
                    + kept.map(place -> "; all of it is in " + place).orElse("")
                    + ":\n\n"
                    + fenced(Cut.head(text.strip(), MOST_UNFINISHED), "markdown");
        }
    }

    /**
     * The agent's own report with what its front matter lacks; every byte of the body stays.
     *
     * @param failure of the run, told in the front matter; empty for a run that completed
     */
    static byte[] completed(byte[] own, ReportFacts facts, Optional<RunEnding> failure) {
        ReportCheck check = ReportCheck.of(own, Optional.of(facts));
        try {
            Optional<FrontMatter> found = FrontMatter.find(own);
            if (found.isEmpty()) {
                return inFront(own, facts, failure);
            }
            FrontMatter matter = found.get();
            Optional<Yaml> root = readable(matter);
            Optional<String> text = edited(matter, root, check, facts, failure);
            if (text.isPresent()) {
                byte[] result = matter.with(own, text.get());
                if (soundLike(result, own, matter, facts)) {
                    return result;
                }
            }
            // Its lines stay as comments, so that nothing the agent said is lost.
            String lines =
                    matter.text()
                            .lines()
                            .map(line ->
                                    ("# " + Clean.line(line)).stripTrailing() + matter.lineEnd())
                            .collect(Collectors.joining());
            return matter.with(own, fresh(facts, failure, matter.lineEnd()) + lines);
        } catch (YamlFault e) {
            return inFront(own, facts, failure);
        }
    }

    private static boolean soundLike(
            byte[] result, byte[] own, FrontMatter matter, ReportFacts facts) throws YamlFault {
        Optional<FrontMatter> again = FrontMatter.find(result);
        return ReportCheck.of(result, Optional.of(facts)).wrongKeys().isEmpty()
                && ReportCheck.of(result, Optional.of(facts)).fault().isEmpty()
                && again.isPresent()
                && result.length - again.get().after() == own.length - matter.after();
    }

    private static Optional<Yaml> readable(FrontMatter matter) {
        try {
            return YamlPlaces.read(matter.text());
        } catch (YamlFault e) {
            return Optional.of(new Yaml.Scalar(0, 0, e.words(1), '"'));
        }
    }

    private static Optional<String> edited(
            FrontMatter matter,
            Optional<Yaml> root,
            ReportCheck check,
            ReportFacts facts,
            Optional<RunEnding> failure)
            throws YamlFault {
        YamlEdit edit = new YamlEdit(matter.text(), matter.lineEnd());
        Optional<Yaml.Mapping> report = ReportCheck.report(root);
        if (report.isPresent()) {
            Map<String, String> keys = new LinkedHashMap<>(facts.keys());
            keys.keySet().retainAll(check.wrongKeys().keySet());
            keys.putAll(told(failure));
            edit.set(report.get(), keys);
            for (Map.Entry<String, List<String>> list : facts.lists().entrySet()) {
                if (report.get().get(list.getKey()).isEmpty()) {
                    edit.addTexts(report.get(), list.getKey(), most(list.getValue()));
                }
            }
            return Optional.of(edit.result());
        }
        int end = matter.text().length();
        if (root.isEmpty()) {
            edit.put(end, end, fresh(facts, failure, matter.lineEnd()));
            return Optional.of(edit.result());
        }
        if (root.get() instanceof Yaml.Mapping mapping
                && !mapping.flow()
                && mapping.get("report").isEmpty()
                && edit.keyColumn(mapping) == 0) {
            ReportFacts named =
                    new ReportFacts(
                            mapping.text("title").orElse(facts.title()),
                            facts.agentId(),
                            facts.attempt(),
                            facts.session(),
                            facts.created(),
                            facts.changedElsewhere(),
                            facts.notes(),
                            facts.worktree());
            edit.put(end, end, fresh(named, failure, matter.lineEnd()));
            return Optional.of(edit.result());
        }
        return Optional.empty();
    }

    private static Map<String, String> told(Optional<RunEnding> failure) {
        Map<String, String> told = new LinkedHashMap<>();
        failure.ifPresent(ending -> {
            told.put("outcome", "failed");
            told.put("error", Clean.line(Cut.head(ending.failure(), MOST_LINE)));
        });
        return told;
    }

    private static byte[] inFront(byte[] own, ReportFacts facts, Optional<RunEnding> failure) {
        int begin = FrontMatter.markLength(own);
        String end = FrontMatter.lineEndOf(own);
        String text = "---" + end + fresh(facts, failure, end) + "---" + end;
        return FrontMatter.joined(own, begin, begin, text);
    }

    private static String fresh(ReportFacts facts, Optional<RunEnding> failure, String end) {
        StringBuilder text = new StringBuilder("report:" + end);
        Map<String, String> keys = new LinkedHashMap<>(facts.keys());
        keys.putAll(told(failure));
        keys.forEach((key, value) -> {
            boolean word = key.equals("type") || key.equals("status");
            text.append("  ")
                    .append(key)
                    .append(": ")
                    .append(word ? value : YamlEdit.doubleQuoted(value))
                    .append(end);
        });
        facts.lists()
                .forEach((key, values) -> {
                    text.append("  ").append(key).append(':').append(end);
                    most(values)
                            .forEach(each ->
                                    text.append("    - ")
                                            .append(YamlEdit.doubleQuoted(each))
                                            .append(end));
                });
        return text.toString();
    }

    private static List<String> most(List<String> files) {
        int count = 0;
        int chars = 0;
        while (count < Math.min(files.size(), MOST_FILES) && chars < 2 * MOST_LIST) {
            chars += files.get(count).length();
            count++;
        }
        return count == files.size()
                ? files
                : Stream.concat(
                                files.stream().limit(count),
                                Stream.of("and " + (files.size() - count) + " more"))
                        .toList();
    }

    /**
     * A report of a run that completed and left none, from what it said.
     *
     * @param unfinished what it had written at the report's place all the same
     */
    static byte[] made(ReportFacts facts, RunEnding ending, Unfinished unfinished) {
        String words = Cut.head(withoutFrontMatter(ending.finalWords()), MOST_WORDS);
        StringBuilder body = new StringBuilder();
        ReportCheck.Form form = ReportCheck.form(words);
        if (form == ReportCheck.Form.FIVE_PART || form == ReportCheck.Form.FINDINGS) {
            body.append(words).append("\n");
        } else {
            body.append("# ").append(facts.title()).append("\n");
            part(body, "Status", ending.status());
            part(
                    body,
                    "Summary",
                    words.isEmpty()
                            ? "The agent left no final words."
                            : Cut.head(words, MOST_SUMMARY));
            part(body, "Details", transcript(ending));
            part(body, "Issues", NO_REPORT + "\n" + issues(ending));
            part(body, "Next Steps", NEXT);
        }
        if (!unfinished.nothing()) {
            part(body, "Found at the Report's Place", unfinished.quoted());
        }
        elsewhere(body, facts);
        return whole(facts, Optional.empty(), body.toString());
    }

    /**
     * A report of a run that failed.
     *
     * @param unfinished what the agent had written at the report's place
     */
    static byte[] partial(ReportFacts facts, RunEnding ending, Unfinished unfinished) {
        StringBuilder body = new StringBuilder("# " + facts.title() + " (partial)\n");
        part(body, "Status", ending.status());
        String words = Cut.head(withoutFrontMatter(ending.finalWords()), MOST_SUMMARY);
        StringBuilder done = new StringBuilder(words);
        if (!unfinished.nothing()) {
            done.append(done.isEmpty() ? "" : "\n\n").append(unfinished.quoted());
        }
        part(
                body,
                "What Was Accomplished",
                done.isEmpty() ? "Nothing that the agent told." : done.toString());
        part(body, "Blockers", issues(ending));
        part(
                body,
                "Error",
                fenced(Cut.head(ending.error().orElse(ending.verdict()), MOST_LIST), "text"));
        part(body, "Transcript", transcript(ending));
        elsewhere(body, facts);
        return whole(facts, Optional.of(ending), body.toString());
    }

    private static byte[] whole(ReportFacts facts, Optional<RunEnding> failure, String body) {
        String matter = fresh(facts, failure, "\n") + "  " + MADE_BY + ": " + SIMMER + "\n";
        if (!facts.attempt().isEmpty()) {
            matter += "  " + ATTEMPT + ": " + YamlEdit.doubleQuoted(facts.attempt()) + "\n";
        }
        return ("---\n" + matter + "---\n\n" + body).getBytes(StandardCharsets.UTF_8);
    }

    private static void part(StringBuilder body, String heading, String text) {
        body.append("\n## ").append(heading).append("\n\n").append(text.strip()).append("\n");
    }

    private static String issues(RunEnding ending) {
        return ending.blockers().isEmpty()
                ? ending.completed() ? "" : "- " + ending.verdict()
                : list(ending.blockers());
    }

    private static String list(List<String> lines) {
        return Cut.head(
                lines.stream().map(line -> "- " + line).collect(Collectors.joining("\n")),
                MOST_LIST);
    }

    private static void elsewhere(StringBuilder body, ReportFacts facts) {
        if (!facts.notes().isEmpty()) {
            part(body, "Notes", list(facts.notes()));
        }
        if (!facts.worktree().isEmpty()) {
            part(
                    body,
                    "Worktree",
                    fenced(Cut.head(String.join("\n", facts.worktree()), MOST_LIST), "text"));
        }
        if (!facts.changedElsewhere().isEmpty()) {
            part(
                    body,
                    "Files Changed Elsewhere",
                    list(
                            most(facts.changedElsewhere()).stream()
                                    .map(file -> "`" + file.replace('`', '\'') + "`")
                                    .toList()));
        }
    }

    private static String transcript(RunEnding ending) {
        List<String> all = ending.transcript();
        if (all.isEmpty()) {
            return "There is no transcript.";
        }
        int from = Math.max(0, all.size() - MOST_LINES);
        String lead = from == 0 ? "" : "(" + from + " earlier lines left out)\n";
        String last = String.join("\n", all.subList(from, all.size()));
        return fenced(lead + Cut.tail(last, MOST_TRANSCRIPT), "text");
    }

    /** In a fence that is longer than any in the text. */
    private static String fenced(String text, String kind) {
        String shown = ENDLESS_FENCE.matcher(text).replaceAll("````````…");
        String fence = "```";
        while (shown.contains(fence)) {
            fence += "`";
        }
        return fence + kind + "\n" + shown + "\n" + fence;
    }

    /** Some agents answer with the whole report, front matter too. */
    private static String withoutFrontMatter(String words) {
        byte[] bytes = words.getBytes(StandardCharsets.UTF_8);
        try {
            return FrontMatter.find(bytes)
                    .map(matter ->
                            new String(
                                            bytes,
                                            matter.after(),
                                            bytes.length - matter.after(),
                                            StandardCharsets.UTF_8)
                                    .strip())
                    .orElse(words);
        } catch (YamlFault e) {
            return words;
        }
    }
}
