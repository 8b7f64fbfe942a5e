package dev.simmer.headless;

import dev.simmer.logs.TerminalText;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A run as JUnit XML, which CI servers read: one test case a task. There is no standard; this is
 * the part that Jenkins, GitLab and GitHub's reporters agree on.
 */
final class JunitReport {
    /** How much of a failed task's output is put into the report, from its end. */
    static final int TAIL_BYTES = 64 * 1024;

    private JunitReport() {}

    /** Writes the report; folders on the way are made. */
    static void write(Path file, RunSummary summary) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.writeString(file, xml(summary), StandardCharsets.UTF_8);
    }

    /** The report's text. */
    static String xml(RunSummary summary) {
        List<RunSummary.Row> rows = summary.rows();
        long skipped = rows.stream().filter(row -> row.word().equals("skipped")).count();
        long failed = rows.stream().filter(RunSummary.Row::failed).count() - skipped;
        String counts =
                String.format(
                        Locale.ROOT,
                        "tests=\"%d\" failures=\"%d\" errors=\"0\" skipped=\"%d\" time=\"%.3f\"",
                        rows.size(),
                        failed,
                        skipped,
                        summary.took().toMillis() / 1000.0);
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        String name = escaped(summary.name());
        xml.append("<testsuites name=\"simmer\" ").append(counts).append(">\n");
        xml.append("  <testsuite name=\"").append(name).append("\" ").append(counts);
        xml.append(" timestamp=\"").append(summary.startedAt()).append("\">\n");
        for (RunSummary.Row row : rows) {
            testCase(xml, name, row);
        }
        return xml.append("  </testsuite>\n</testsuites>\n").toString();
    }

    private static void testCase(StringBuilder xml, String suite, RunSummary.Row row) {
        double seconds = row.took().map(took -> took.toMillis() / 1000.0).orElse(0.0);
        xml.append("    <testcase classname=\"").append(suite);
        xml.append("\" name=\"").append(escaped(row.task()));
        xml.append(String.format(Locale.ROOT, "\" time=\"%.3f\"", seconds));
        if (!row.failed()) {
            xml.append("/>\n");
            return;
        }
        String message = escaped(row.reason());
        if (row.word().equals("skipped")) {
            xml.append(">\n      <skipped message=\"").append(message).append("\"/>\n");
        } else {
            xml.append(">\n      <failure type=\"").append(escaped(row.word()));
            xml.append("\" message=\"").append(message).append("\">");
            row.shown().ifPresent(log -> xml.append(escaped(tail(log))));
            xml.append("</failure>\n");
        }
        xml.append("    </testcase>\n");
    }

    /** The end of a log, from the beginning of a line, as plain text. */
    private static String tail(Path log) {
        byte[] bytes;
        boolean cut;
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long from = Math.max(0, file.length() - TAIL_BYTES);
            cut = from > 0;
            bytes = new byte[(int) (file.length() - from)];
            file.seek(from);
            file.readFully(bytes);
        } catch (IOException e) {
            return "the output cannot be read: " + e.getMessage();
        }
        StringBuilder text = new StringBuilder(cut ? "…\n" : "");
        String[] lines = new String(bytes, StandardCharsets.UTF_8).split("\n", -1);
        for (int i = cut && lines.length > 1 ? 1 : 0; i < lines.length; i++) {
            text.append(TerminalText.plain(lines[i])).append(i + 1 < lines.length ? "\n" : "");
        }
        return text.toString();
    }

    /** Text for XML 1.0, which has no place for most control characters and lone surrogates. */
    private static String escaped(String text) {
        StringBuilder xml = new StringBuilder(text.length() + 16);
        text.codePoints()
                .forEach(point -> {
                    switch (point) {
                        case '<' -> xml.append("&lt;");
                        case '>' -> xml.append("&gt;");
                        case '&' -> xml.append("&amp;");
                        case '"' -> xml.append("&quot;");
                        default -> xml.appendCodePoint(allowed(point) ? point : 0xFFFD);
                    }
                });
        return xml.toString();
    }

    private static boolean allowed(int point) {
        return point == '\n'
                || point == '\t'
                || (point >= 0x20 && point <= 0xD7FF)
                || (point >= 0xE000 && point <= 0xFFFD)
                || point >= 0x10000;
    }
}
