package dev.simmer.agent.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.agent.stream.Verdict.Report;
import dev.simmer.model.ExitStatus;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whatever a program prints, reading it never throws and never fills the heap. */
class StreamFuzzTest {
    private static final List<String> VALUES =
            List.of(
                    "null",
                    "true",
                    "-1",
                    "0",
                    "9223372036854775807",
                    "1e308",
                    "99999999999999999999",
                    "\"\"",
                    "\"\\ud800\"",
                    "\"a\\nb\"",
                    "[]",
                    "[null,[{}],1]",
                    "{}",
                    "{\"type\":7}");

    private static final Pattern VALUE =
            Pattern.compile("(?<=:)(\"(?:[^\"\\\\]|\\\\.)*\"|-?\\d+(?:\\.\\d+)?|true|false|null)");

    /** Everything that is made of a line, and what must hold whatever the line is. */
    private static final class Reading {
        private final StreamReader reader;
        private final Transcript transcript = new Transcript();
        private Tally tally = Tally.NONE;

        Reading(Program program) {
            reader = StreamReader.of(program);
        }

        void line(String line) {
            events(reader.read(line));
        }

        private void events(List<AgentEvent> events) {
            tally = tally.with(events);
            List<TranscriptLine> lines = new ArrayList<>(transcript.add(events));
            lines.addAll(transcript.open());
            assertThat(lines).allMatch(line -> line.text().lines().count() <= 1);
            assertThat(tally.now().words()).isNotBlank();
        }

        void end() {
            ExitStatus exit = new ExitStatus.Code(0);
            events(reader.end(exit));
            for (Report report : Report.values()) {
                Verdict verdict = Verdict.of(tally, exit, report, Optional.empty());
                assertThat(verdict.reason()).isNotBlank();
                assertThat(verdict.reason().lines()).hasSize(1);
            }
            assertThat(tally.spend().tokensIn()).isNotNegative();
            assertThat(tally.denials()).hasSizeLessThanOrEqualTo(Tally.MOST_DENIALS);
            assertThat(tally.finalText()).hasSizeLessThanOrEqualTo(Tally.LONGEST_TEXT);
        }
    }

    private static List<String> recorded(String name) {
        return Recording.of(name).lines();
    }

    private static Program program(String name) {
        return Program.of(Recording.of(name).program()).orElseThrow();
    }

    @Test
    void linesCutAnywhere() {
        for (String name : Recording.names()) {
            Reading reading = new Reading(program(name));
            for (String line : recorded(name)) {
                for (int cut = 0; cut <= line.length(); cut += 1 + line.length() / 60) {
                    reading.line(line.substring(0, cut));
                    reading.line(line.substring(cut));
                }
            }
            reading.end();
        }
    }

    @Test
    void membersOfOtherTypes() {
        for (String name : Recording.names()) {
            for (String line : recorded(name)) {
                Matcher value = VALUE.matcher(line);
                for (int n = 0; value.find() && n < 120; n++) {
                    Reading reading = new Reading(program(name));
                    String other = VALUES.get(n % VALUES.size());
                    reading.line(
                            line.substring(0, value.start()) + other + line.substring(value.end()));
                    reading.end();
                }
            }
        }
    }

    @Test
    void everyTypeOfEventWithNothingInIt() {
        Pattern type = Pattern.compile("\"(?:type|subtype)\":\"([a-z._-]+)\"");
        for (String name : Recording.names()) {
            for (Program program : Program.values()) {
                Reading reading = new Reading(program);
                for (String line : recorded(name)) {
                    Matcher word = type.matcher(line);
                    while (word.find()) {
                        String text = word.group(1);
                        reading.line("{\"type\":\"" + text + "\"}");
                        for (String value : VALUES) {
                            reading.line(
                                    "{\"type\":\"%s\",\"subtype\":\"%s\",\"message\":%s,\"part\":%s,"
                                                    .formatted(text, text, value, value)
                                            + "\"item\":{\"type\":\"%s\",\"id\":%s},\"error\":%s}"
                                                    .formatted(text, value, value));
                        }
                    }
                }
                reading.end();
            }
        }
    }

    @Test
    void randomBytesAndFlippedBits() {
        Random random = new Random(42);
        for (String name : Recording.names()) {
            Reading reading = new Reading(program(name));
            for (String line : recorded(name)) {
                byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
                for (int round = 0; round < 20 && bytes.length > 0; round++) {
                    byte[] flipped = bytes.clone();
                    flipped[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                    reading.line(new String(flipped, StandardCharsets.UTF_8));
                }
            }
            byte[] noise = new byte[4_000];
            random.nextBytes(noise);
            reading.line(new String(noise, StandardCharsets.ISO_8859_1));
            reading.end();
        }
    }

    @Test
    void hugeAndDeepLines() {
        String huge = "x".repeat(StreamReader.LONGEST);
        String deep = "[".repeat(50_000);
        for (Program program : Program.values()) {
            Reading reading = new Reading(program);
            reading.line("{\"type\":\"text\",\"text\":\"" + huge + "\"}");
            reading.line("{\"type\":\"text\",\"part\":" + deep);
            reading.line(
                    "{\"type\":\"item.completed\",\"item\":{\"type\":\"agent_message\",\"text\":\""
                            + "y\\n".repeat(300_000)
                            + "\"}}");
            for (int i = 0; i < 400; i++) {
                reading.line(
                        "{\"type\":\"system\",\"subtype\":\"permission_denied\",\"tool_use_id\":\"%d\"}"
                                .formatted(i));
            }
            reading.end();
        }
    }
}
