package dev.simmer.agent.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent without a model, run as it is shipped. */
class TodoLinksAuditTest {
    private static final Pattern FINDING =
            Pattern.compile(
                    """
                    ### Finding \\d+: .+
                    \\*\\*Severity\\*\\*: (High|Medium|Low|Info)
                    \\*\\*Location\\*\\*: `(.+)`
                    \\*\\*Description\\*\\*: (.+)
                    \\*\\*Recommendation\\*\\*: .+
                    """);

    @TempDir Path folder = Path.of("/");
    private Path work = Path.of("/");
    private Path temporary = Path.of("/");

    /** How a run ended; the two outputs in one. */
    private record Run(int exit, String output) {}

    @BeforeEach
    void makeFolders() throws IOException {
        folder = folder.toRealPath();
        work = Files.createDirectory(folder.resolve("a workspace"));
        temporary = Files.createDirectory(folder.resolve("tmp"));
    }

    private void write(String file, String text) throws IOException {
        Path path = work.resolve(file);
        Files.createDirectories(path.resolveSibling("."));
        Files.writeString(path, text);
    }

    private Run audit(String prompt) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("prompt"), prompt);
        return run(file.toString());
    }

    private Run run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(ShippedAgentsTest.AGENTS.resolve("bin/todo-links-audit").toString());
        command.addAll(List.of(arguments));
        Path output = folder.resolve("output");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(work.toFile())
                        .redirectInput(new File("/dev/null"))
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        builder.environment().put("TMPDIR", temporary.toString());
        Process process = builder.start();
        boolean ended = process.waitFor(1, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(ended).isTrue();
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left).as("temporary files").isEmpty();
        }
        return new Run(process.waitFor(), Files.readString(output));
    }

    /** Severity, location and description of each finding. */
    private static List<String> findings(String report) {
        List<String> findings = new ArrayList<>();
        Matcher match = FINDING.matcher(report);
        while (match.find()) {
            findings.add(match.group(1) + " " + match.group(2) + " " + match.group(3));
        }
        assertThat(findings)
                .as("every finding has its four parts")
                .hasSize(report.split("### Finding ", -1).length - 1);
        return findings;
    }

    private static final String SEEDS_FORM =
            """
            Look for "to-dos" \\ links.

            Files:
            %s
            Write report to: .agents/reports/20260123-143000-todo.md

            Session: .agents/sessions/20260123-140000-work.md
            Background Agent ID: bg-20260123-143000-todo
            """;

    @Test
    void reportHasTheFormOfTheContract() throws IOException, InterruptedException {
        write("src/a.c", "int a; // TODO: widen\nint myTODOs;\n/* FIXME loses `data` */\n");
        write("b.txt", "XXX\nA HACK, and a TODO\n");

        Run run = audit(SEEDS_FORM.formatted(""));

        assertThat(run.exit()).as(run.output()).isZero();
        assertThat(run.output()).contains("Report: .agents/reports/20260123-143000-todo.md");
        String report = Files.readString(work.resolve(".agents/reports/20260123-143000-todo.md"));
        assertThat(report)
                .matches(
                        Pattern.compile(
                                """
                                ---
                                report:
                                  title: "Look for \\\\"to-dos\\\\" \\\\\\\\ links."
                                  type: background-agent-output
                                  status: unprocessed
                                  created: "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ"
                                  background_agent_id: "bg-20260123-143000-todo"
                                  session_reference: "20260123-140000-work.md"
                                ---
                                .*\
                                """,
                                Pattern.DOTALL))
                .contains(
                        "## Summary\n",
                        "## Findings\n",
                        "## Recommendations\n",
                        "## Files Analyzed\n");
        assertThat(FrontMatter.of(report, new Told()).head().map(YamlHead::reads)).contains(true);
        assertThat(findings(report))
                .containsExactly(
                        "Medium src/a.c:3 `/* FIXME loses 'data' */`",
                        "Low b.txt:1 `XXX`",
                        "Low b.txt:2 `A HACK, and a TODO`",
                        "Low src/a.c:1 `int a; // TODO: widen`");
        try (Stream<Path> reports = Files.list(work.resolve(".agents/reports"))) {
            assertThat(reports).hasSize(1);
        }
    }

    @Test
    void deadLinksAreFoundAndOthersAreNot() throws IOException, InterruptedException {
        write("docs/there.md", "x\n");
        write("docs/a b.png", "");
        write("docs/p(1).md", "x\n");
        write("docs/n\u00e9.md", "x\n");
        write("top.md", "x\n");
        write(
                "docs/links.md",
                """
                [a](there.md) [b](./there.md#part) [c](../top.md "Title") ![d](a%20b.png) [e](<a b.png>)
                [f](p(1).md) [g](/top.md) [h](n%C3%A9.md) [i](.) [j](#here) [k](?q) [l](mailto:x@y)
                [m](https://example.org/gone.md) [n](//example.org/x) `[o](gone.md)` ``[p](gone.md)``
                ```
                [q](gone.md)
                ```
                [r](gone.md) and [s](sub/gone.md#x)
                ![t](gone%20one.png)
                [u]: ../gone.md
                [^note]: gone.md
                [v](/gone.md)
                """);

        Run run = audit("Links.\n");

        assertThat(run.exit()).isZero();
        assertThat(findings(run.output()))
                .containsExactly(
                        "Medium docs/links.md:7 The link leads to `gone.md`, where nothing is.",
                        "Medium docs/links.md:7 The link leads to `sub/gone.md`, where nothing is.",
                        "Medium docs/links.md:8 The link leads to `gone one.png`, where nothing"
                                + " is.",
                        "Medium docs/links.md:9 The link leads to `../gone.md`, where nothing is.",
                        "Medium docs/links.md:11 The link leads to `/gone.md`, where nothing is.");
    }

    @Test
    void onlyTheNamedFilesAreExamined() throws IOException, InterruptedException {
        write("in/a.txt", "TODO a\n");
        write("in/b=c.md", "TODO b\n");
        write("-dash.txt", "TODO dash\n");
        write("out.txt", "TODO out\n");
        Files.writeString(folder.resolve("above.txt"), "TODO above\n");

        Run run =
                audit(
                        "X.\n\nFiles:\n- in/\n- `-dash.txt`\n- ../above.txt\n- gone.txt\n- "
                                + work.resolve("in/a.txt")
                                + "\n\nDone.\n");

        assertThat(run.exit()).isZero();
        assertThat(findings(run.output()))
                .containsExactly(
                        "Low -dash.txt:1 `TODO dash`",
                        "Low in/a.txt:1 `TODO a`",
                        "Low in/b=c.md:1 `TODO b`");
        assertThat(run.output())
                .contains(
                        """
                        Not found, or outside of the workspace:

                        - `../above.txt`
                        - `gone.txt`
                        """);
    }

    @Test
    void strangeFilesDoNoHarm() throws IOException, InterruptedException {
        write("large.txt", "TODO\n".repeat(300_000));
        write("binary.dat", "TODO\0\1\2");
        write("escape.txt", "TODO \u001b[31mred\u0007 " + "\u00e9".repeat(200) + "\n");
        write("node_modules/x.js", "// TODO\n");
        write(".agents/reports/old.md", "TODO old\n");
        write("many.txt", "FIXME\n".repeat(450));
        Files.createSymbolicLink(work.resolve("link.txt"), work.resolve("many.txt"));
        Files.writeString(work.resolve("line\nbreak.txt"), "TODO\n");

        Run run = audit("X.\n");

        assertThat(run.exit()).isZero();
        assertThat(run.output())
                .contains("1 binary files and 1 files above 1024 KiB were passed over.");
        assertThat(run.output()).contains("450 FIXME", "251 more findings are not shown.");
        assertThat(run.output())
                .doesNotContain("\u001b", "\u0007", "\uFFFD", "node_modules", "old.md");
        assertThat(findings(run.output())).hasSize(200);
    }

    @Test
    void gitSaysWhatBelongsToTheProject() throws IOException, InterruptedException {
        write("kept.txt", "TODO kept\n");
        write("new.txt", "TODO new\n");
        write("made/x.txt", "TODO made\n");
        write(".gitignore", "made/\n");
        Process git = new ProcessBuilder("git", "init", "-q").directory(work.toFile()).start();
        assertThat(git.waitFor()).isZero();
        Process add = new ProcessBuilder("git", "add", "kept.txt").directory(work.toFile()).start();
        assertThat(add.waitFor()).isZero();

        Run run = audit("X.\n");

        assertThat(findings(run.output()))
                .containsExactly("Low kept.txt:1 `TODO kept`", "Low new.txt:1 `TODO new`");
    }

    @Test
    void nothingFoundIsSaid() throws IOException, InterruptedException {
        Run run = audit("");
        assertThat(run.exit()).isZero();
        assertThat(run.output())
                .contains("## Findings\n\nNone.\n", "Nothing to do.", "0 files read");
    }

    @Test
    void reportsPlaceMustLieInTheWorkspace() throws IOException, InterruptedException {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.createSymbolicLink(work.resolve("way-out"), outside);
        Files.createSymbolicLink(work.resolve("link.md"), outside.resolve("x.md"));
        for (String place :
                List.of(
                        "../x.md",
                        "/x.md",
                        "a/../../x.md",
                        "way-out/x.md",
                        "way-out/new/x.md",
                        "link.md",
                        "way-out")) {
            Run run = audit("X.\n\nWrite report to: " + place + "\n");
            assertThat(run.exit()).as("%s: %s", place, run.output()).isEqualTo(2);
            assertThat(run.output()).contains("todo-links-audit: ");
        }
        try (Stream<Path> made = Files.list(outside)) {
            assertThat(made).isEmpty();
        }
        Run absolute = audit("X.\n\nWrite report to: " + work.resolve("deep/er/r.md") + "\n");
        assertThat(absolute.exit()).as(absolute.output()).isZero();
        assertThat(work.resolve("deep/er/r.md")).isRegularFile();
    }

    @Test
    void wrongCallIsRefused() throws IOException, InterruptedException {
        assertThat(run().exit()).isEqualTo(2);
        assertThat(run("a", "b").exit()).isEqualTo(2);
        Run none = run(folder.resolve("none").toString());
        assertThat(none.exit()).isEqualTo(2);
        assertThat(none.output()).contains("there is no prompt to read at");
    }

    @Test
    void promptWithWindowsLineEndsIsRead() throws IOException, InterruptedException {
        write("a.txt", "TODO a\n");
        Run run = audit(SEEDS_FORM.formatted("- a.txt\n").replace("\n", "\r\n"));
        assertThat(run.exit()).isZero();
        Path report = work.resolve(".agents/reports/20260123-143000-todo.md");
        assertThat(new String(Files.readAllBytes(report), StandardCharsets.UTF_8))
                .doesNotContain("\r")
                .contains("Low");
    }
}
