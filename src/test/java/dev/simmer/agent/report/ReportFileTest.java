package dev.simmer.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

class ReportFileTest {
    private static final String REPORT = ".agents/reports/20260123-143000-security.md";
    private static final String PARTIAL = ".agents/reports/20260123-143000-security-partial.md";
    private static final String ID = "bg-20260123-143000-security";

    private static final String VALID =
            """
            ---
            report:
              title: "Security audit"
              type: background-agent-output
              status: unprocessed # for now
              created: 2026-01-23T14:30:00Z
              background_agent_id: "bg-20260123-143000-security"
              session_reference: "20260123-140000-auth.md"
            ---

            # Security audit

            ## Findings

            ### Finding 1: Weak hash
            **Severity**: High
            **Location**: `a.py:1`
            """;

    private static final ReportFacts FACTS =
            new ReportFacts(
                    "Security audit",
                    ID,
                    Optional.of(".agents/sessions/20260123-140000-auth.md"),
                    OffsetDateTime.parse("2026-01-23T15:30:00+01:00"),
                    List.of());

    private static final RunEnding DONE =
            new RunEnding(
                    true,
                    "completed",
                    Optional.empty(),
                    List.of(),
                    "I looked at all of it.",
                    List.of("$ ls", "a.py"));

    private static final RunEnding KILLED =
            new RunEnding(
                    false,
                    "killed by signal 9",
                    Optional.of("Segmentation fault\nat x"),
                    List.of("no access to the network"),
                    "Half of it is read.",
                    List.of("$ make ``` \u001b[2J", "boom"));

    @TempDir Path base;
    private Path workspace = Path.of("");

    @BeforeEach
    void makeWorkspace() throws IOException {
        workspace = Files.createDirectory(base.resolve("workspace"));
    }

    @Test
    void keepsAValidOneThatTheAgentWrote() throws IOException {
        write(REPORT, VALID);
        ReportFile.Settled.Written settled = settle(FACTS, DONE);
        assertThat(settled.origin()).isEqualTo(ReportFile.Origin.AGENT);
        assertThat(settled.partial()).isFalse();
        assertThat(reports()).isEqualTo(Map.of(name(REPORT), VALID));
    }

    @Test
    void makesOneOfTheFinalWordsAndTheTranscript() throws IOException {
        ReportFile.Settled.Written settled = settle(FACTS, DONE);
        assertThat(settled.origin()).isEqualTo(ReportFile.Origin.MADE);
        assertThat(settled.check().reasons()).isEmpty();
        assertThat(settled.check().form()).isEqualTo(ReportCheck.Form.FIVE_PART);
        assertThat(reports().get(name(REPORT)))
                .contains(
                        "I looked at all of it.", "$ ls\na.py", "created: \"2026-01-23T14:30:00Z\"")
                .contains("session_reference: \"20260123-140000-auth.md\"");
        Map<String, String> once = reports();
        assertThat(settle(FACTS, DONE).place().text()).isEqualTo(REPORT);
        assertThat(reports()).isEqualTo(once);
    }

    @Test
    void takesFinalWordsThatAreAReportAsTheBody() throws IOException {
        String body = VALID.substring(VALID.indexOf("# Security"));
        RunEnding ending =
                new RunEnding(true, "completed", Optional.empty(), List.of(), VALID, List.of());
        assertThat(settle(FACTS, ending).check().form()).isEqualTo(ReportCheck.Form.FINDINGS);
        assertThat(reports().get(name(REPORT))).endsWith("---\n\n" + body);
    }

    @Test
    void makesAPartialOneOfARunThatFailed() throws IOException {
        ReportFile.Settled.Written settled = settle(FACTS, KILLED);
        assertThat(settled.partial()).isTrue();
        assertThat(settled.check().reasons()).isEmpty();
        Map<String, String> once = reports();
        assertThat(once).containsOnlyKeys(name(PARTIAL));
        assertThat(once.get(name(PARTIAL)))
                .contains("## What Was Accomplished\n\nHalf of it is read.")
                .contains("## Blockers\n\n- no access to the network")
                .contains("## Error\n\n```text\nSegmentation fault\nat x\n```")
                .contains("````text\n$ make ``` [2J\nboom\n````");
        assertThat(settle(FACTS, KILLED).place()).isEqualTo(settled.place());
        assertThat(reports()).isEqualTo(once);
    }

    @Test
    void putsAnUnfinishedReportIntoThePartialOne() throws IOException {
        write(REPORT, "# Audit\n\nSo far: noth");
        assertThat(settle(FACTS, KILLED).place().text()).isEqualTo(PARTIAL);
        assertThat(reports()).containsOnlyKeys(name(PARTIAL));
        assertThat(reports().get(name(PARTIAL))).contains("# Audit\n\nSo far: noth");
    }

    @Test
    void reportOfARunThatJustEndedIsUnprocessedWhateverTheAgentSays() throws IOException {
        write(REPORT, VALID.replace("unprocessed", "processed"));
        settle(FACTS, DONE);
        assertThat(reports()).isEqualTo(Map.of(name(REPORT), VALID));
        write(REPORT, VALID.replace("unprocessed", "processed"));
        assertThat(settle(FACTS, KILLED).partial()).isFalse();
        assertThat(reports().get(name(REPORT))).contains("status: unprocessed #", "Weak hash");
    }

    @Test
    void aWriteRemovesWhatAnEarlierCrashHasLeft() throws IOException {
        String reports = ".agents/reports/";
        String left = ".simmer-6f1f9a52-3c0e-4f0e-9d5e-0a1b2c3d4e5f.tmp";
        String now = ".simmer-7f1f9a52-3c0e-4f0e-9d5e-0a1b2c3d4e5f.tmp";
        for (String name : List.of(left, now, ".simmer-mine.tmp", "x" + left)) {
            write(reports + name, "half");
            if (!name.equals(now)) {
                Files.setLastModifiedTime(
                        workspace.resolve(reports + name),
                        FileTime.from(Instant.parse("2025-01-01T00:00:00Z")));
            }
        }
        settle(FACTS, DONE);
        assertThat(reports()).containsOnlyKeys(now, ".simmer-mine.tmp", "x" + left, name(REPORT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u001b[31m\u0000x", "`", "🎉\u202e", "é\n", "\ufffd\u0007 "})
    void garbageMakesNoLargeReportAndNoControlCharacters(String garbage) throws IOException {
        String much = garbage.repeat(200_000);
        List<String> lines = java.util.Collections.nCopies(2000, garbage.repeat(500));
        for (boolean completed : List.of(true, false)) {
            write(REPORT, completed ? "# " + much.replace("\n", "") : much);
            RunEnding ending =
                    new RunEnding(completed, "ended", Optional.of(much), lines, much, lines);
            SafePath.Inside place = settle(FACTS, ending).place();
            String text = reports().getOrDefault(place.name(), "");
            if (completed && !text.contains("made_by")) {
                continue;
            }
            assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(70 << 10);
            assertThat(text).doesNotContainPattern("[\\p{Cntrl}\\x{202e}&&[^\n\t]]");
        }
    }

    @Test
    void saysEachThingOnceAndAtItsPlace() throws IOException {
        String why = "no terminal event; the program ended with exit code 1";
        RunEnding failed =
                new RunEnding(
                        false,
                        "failed",
                        why,
                        Optional.of("the program ended with exit code 1\nits last words: oh"),
                        List.of(),
                        "",
                        List.of());
        settle(FACTS, failed);
        assertThat(reports().get(name(PARTIAL)))
                .contains("error: \"" + why + "; its last words: oh\"\n")
                .contains("## Status\n\nfailed: no terminal event");
        RunEnding denied =
                new RunEnding(
                        true,
                        "completed with denials",
                        "ended in order; 1 call was refused (Bash)",
                        Optional.empty(),
                        List.of("refused: Bash"),
                        "Done.",
                        List.of());
        settle(FACTS, denied);
        assertThat(reports().get(name(REPORT)))
                .contains("## Status\n\ncompleted with denials: ended in order")
                .contains("## Issues\n\n- The agent wrote no report of its own")
                .contains("- refused: Bash\n\n## Next Steps\n\n- Read the transcript");
    }

    @Test
    void quotesWhatIsNoReportWhereItIsReplaced() throws IOException {
        write(REPORT, "# Only a heading\n");
        settle(FACTS, DONE);
        assertThat(reports()).containsOnlyKeys(name(REPORT));
        assertThat(reports().get(name(REPORT)))
                .contains("I looked at all of it.", "# Only a heading")
                .contains("as far as the agent had written it (there is no front matter; the body");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void keepsAllBytesOfWhatCannotBeQuotedWhole(boolean completes) throws IOException {
        String found = "# Only \u0000 a heading " + "x".repeat(ReportText.MOST_UNFINISHED) + "\n";
        write(REPORT, found);
        String kept = name(REPORT).replace(".md", "-as-written.txt");
        SafePath.Inside place = settle(FACTS, completes ? DONE : KILLED).place();
        assertThat(reports()).containsOnlyKeys(place.name(), kept).containsEntry(kept, found);
        assertThat(reports().get(place.name()))
                .contains("all of it is in .agents/reports/" + kept, "bytes left out)")
                .doesNotContain("\u0000");
        settle(FACTS, completes ? DONE : KILLED);
        assertThat(reports()).hasSize(2);
    }

    @Test
    void keepsAValidOneOfARunThatFailedAndSaysWhatHappened() throws IOException {
        write(REPORT, VALID);
        settle(FACTS, KILLED);
        settle(FACTS, KILLED);
        assertThat(reports())
                .isEqualTo(
                        Map.of(
                                name(REPORT),
                                VALID.replace(
                                        "-auth.md\"\n",
                                        "-auth.md\"\n  outcome: failed\n  error: \"killed by signal"
                                                + " 9; Segmentation fault at x\"\n")));
    }

    @Test
    void keepsThePartialOneOfTheAgent() throws IOException {
        write(PARTIAL, VALID);
        assertThat(settle(FACTS, DONE).origin()).isEqualTo(ReportFile.Origin.AGENT);
        assertThat(settle(FACTS, DONE).partial()).isTrue();
        assertThat(reports()).containsOnlyKeys(name(PARTIAL));
    }

    @Test
    void anAttemptThatSucceedsReplacesThePartialOneOfAnEarlierAttempt() throws IOException {
        settle(FACTS, KILLED);
        settle(FACTS, DONE);
        assertThat(reports()).containsOnlyKeys(name(REPORT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "---\n---\n",
                "---\n# nothing yet\n---\r\n",
                "---\ntitle: Mine\ntags: [a]\n---\n",
                "---\nreport:\n---\n",
                "---\nreport: yes\nx: y\n---\n",
                "---\nreport:\n  title: My own\n  type: report # wrong\n---\n",
                "---\r\nreport:\r\n  status: 'done'\r\n  created: yesterday\r\n---\r\n",
                "---\nreport: {title: T, type: background-agent-output}\n---\n",
                "---\nreport:\n  title: Audit: the whole\n  status: unprocessed\n---\n",
                "---\nreport:\n  background_agent_id: bg-YYYYMMDD-HHMMSS-description\n---\n",
                "---\n- list\n---\n",
                "{}\n---\n",
            })
    void completesTheFrontMatterAndNothingElse(String matter) throws IOException {
        String body = "\n# Mine\r\n\nbody \uFEFF 🎉\n---\nreport:\n---\n";
        write(REPORT, matter + body);
        ReportFacts facts =
                new ReportFacts(
                        "T\"itle: x", ID, FACTS.session(), FACTS.created(), List.of("b \"c\".txt"));
        ReportFile.Settled.Written settled = settle(facts, DONE);
        assertThat(settled.origin()).isEqualTo(ReportFile.Origin.AGENT_COMPLETED);
        assertThat(settled.check().reasons()).isEmpty();
        String now = reports().getOrDefault(name(REPORT), "");
        assertThat(now).endsWith(body);
        Map<?, ?> report = (Map<?, ?>) load(now).getOrDefault("report", Map.of());
        assertThat(report.get("files_changed_elsewhere")).isEqualTo(List.of("b \"c\".txt"));
        assertThat(report.get("background_agent_id")).isEqualTo(ID);
        settle(facts, DONE);
        assertThat(reports()).isEqualTo(Map.of(name(REPORT), now));
    }

    @Test
    void keepsTheTitleThatTheAgentGave() throws IOException {
        write(REPORT, "---\ntitle: 'Mine: own'\n---\n\ntext\n");
        settle(FACTS, DONE);
        assertThat(reports().get(name(REPORT))).contains("  title: \"Mine: own\"\n");
    }

    @Test
    void leavesTheReportOfAnotherRunAlone() throws IOException {
        String other = VALID.replace(ID, "bg-20250101-000000-old");
        write(REPORT, other);
        Files.setLastModifiedTime(
                workspace.resolve(REPORT), FileTime.from(Instant.parse("2025-01-01T00:00:00Z")));
        assertThat(settle(FACTS, DONE).place().name()).isEqualTo("20260123-143000-security-2.md");
        assertThat(reports()).hasSize(2).containsEntry(name(REPORT), other);
        assertThat(ReportFile.free(place(REPORT)).name())
                .isEqualTo("20260123-143000-security-3.md");
    }

    @Test
    void writesThroughNoLink() throws IOException {
        Path victim = Files.writeString(base.resolve("victim.md"), "mine");
        SafePath.Inside place = place(REPORT);
        Files.createDirectories(workspace.resolve(".agents/reports"));
        Files.createSymbolicLink(workspace.resolve(REPORT), victim);
        assertThat(ReportFile.settle(place, FACTS, DONE))
                .isInstanceOfSatisfying(
                        ReportFile.Settled.Written.class,
                        written -> assertThat(written.place()).isNotEqualTo(place));
        assertThat(victim).hasContent("mine");
    }

    @Test
    void saysWhyThereIsNone() throws IOException {
        SafePath.Inside place = place(REPORT);
        Path outside = Files.createDirectory(base.resolve("outside"));
        Files.createSymbolicLink(workspace.resolve(".agents"), outside);
        assertThat(ReportFile.settle(place, FACTS, DONE))
                .isInstanceOf(ReportFile.Settled.Unwritten.class);
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void listsAndMarksThem() throws IOException {
        write(REPORT, VALID);
        write(".agents/reports/b.md", VALID.replace("High", "Low").replace("\n", "\r\n"));
        write(".agents/reports/c.md", VALID.replace("unprocessed", "processed"));
        write(".agents/reports/notes.md", "# Notes\n");
        Reports.Listing listing = Reports.list(workspace);
        assertThat(listing.reports()).hasSize(3);
        assertThat(listing.unprocessed())
                .extracting(entry -> entry.place().text())
                .containsExactly(REPORT, ".agents/reports/b.md");
        assertThat(listing.unreadable())
                .containsExactly(".agents/reports/notes.md: there is no front matter");
        assertThat(Reports.Listing.sums(listing.unprocessed()))
                .containsEntry(Severity.HIGH, 1)
                .containsEntry(Severity.LOW, 1);
        for (Reports.Entry entry : listing.unprocessed()) {
            assertThat(Reports.markProcessed(entry.place())).isEmpty();
        }
        assertThat(Reports.list(workspace).unprocessed()).isEmpty();
        assertThat(reports())
                .containsEntry(name(REPORT), VALID.replace("unprocessed", "processed"))
                .containsEntry(
                        "b.md",
                        VALID.replace("High", "Low")
                                .replace("unprocessed", "processed")
                                .replace("\n", "\r\n"));
        assertThat(Reports.markProcessed(place(".agents/reports/notes.md"))).isPresent();
    }

    private ReportFile.Settled.Written settle(ReportFacts facts, RunEnding ending) {
        ReportFile.Settled settled = ReportFile.settle(place(REPORT), facts, ending);
        assertThat(settled).isInstanceOf(ReportFile.Settled.Written.class);
        return (ReportFile.Settled.Written) settled;
    }

    private SafePath.Inside place(String path) {
        return (SafePath.Inside) SafePath.check(workspace, path, "report");
    }

    private void write(String path, String text) throws IOException {
        Path file = workspace.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private Map<String, String> reports() throws IOException {
        Map<String, String> all = new java.util.TreeMap<>();
        try (var files = Files.list(workspace.resolve(".agents/reports"))) {
            for (Path file : files.toList()) {
                all.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return all;
    }

    private static Map<String, Object> load(String report) {
        try {
            String text =
                    FrontMatter.find(report.getBytes(StandardCharsets.UTF_8)).orElseThrow().text();
            return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
        } catch (YamlFault e) {
            throw new AssertionError(e);
        }
    }
}
