package dev.simmer.agent.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.agent.definition.Definition.Place;
import dev.simmer.model.CodePoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Reads random mutations of the table's files; a failure names the seed that repeats it. */
class MutatedDefinitionsTest {
    private static final int SEEDS = 5_000;
    private static final Pattern LINE = Pattern.compile("line (\\d+): .+", Pattern.DOTALL);

    private static final List<String> PIECES =
            List.of(
                    "\t",
                    "\n",
                    "\r\n",
                    "\r",
                    "  ",
                    ": ",
                    ":",
                    "- ",
                    "{",
                    "}",
                    "[",
                    "]",
                    "[[[[",
                    "\"",
                    "'",
                    "'''",
                    "\"\"\"",
                    "#",
                    "&a ",
                    "*a",
                    "*",
                    "<<: ",
                    "!!binary ",
                    "!x ",
                    "|\n",
                    ">-\n",
                    "---\n",
                    "\n---\n",
                    "--",
                    "----\n",
                    "...\n",
                    "%YAML 1.1\n",
                    "? ",
                    ",",
                    "\\",
                    "\\n",
                    "\\U",
                    "\\uD800",
                    "\0",
                    "\u001b[2J",
                    "\u0085",
                    "\u2028",
                    "\u202e",
                    "\uFEFF",
                    "\uD83D\uDE00",
                    "~",
                    "null",
                    "-1",
                    "99999999999999999999",
                    "1e9",
                    "name: ",
                    "tools: ",
                    "description: ",
                    "timeout: ",
                    "budget: ",
                    "command: ",
                    "= ",
                    "[a.b]\n",
                    "[[a]]\n",
                    "```\n",
                    "<!--",
                    "$",
                    "(",
                    ")");

    private static byte[] mutated(byte[] whole, Random random) {
        StringBuilder text = new StringBuilder(new String(whole, StandardCharsets.UTF_8));
        int count = 1 + random.nextInt(5);
        for (int i = 0; i < count && text.length() > 0; i++) {
            int at = random.nextInt(text.length());
            int end = Math.min(text.length(), at + 1 + random.nextInt(12));
            switch (random.nextInt(6)) {
                case 0 -> text.delete(at, end);
                case 1 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
                case 2 -> text.insert(at, text.substring(at, end).repeat(1 + random.nextInt(40)));
                case 3 -> text.setCharAt(at, (char) random.nextInt(0x180));
                case 4 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())).repeat(200));
                default -> text.replace(at, end, PIECES.get(random.nextInt(PIECES.size())));
            }
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0 && random.nextInt(20) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void mutationIsReadOrRefusedInWords() throws IOException {
        List<Path> files = DefinitionTableTest.files();
        List<byte[]> contents = new ArrayList<>();
        for (Path file : files) {
            contents.add(Files.readAllBytes(file));
        }
        Set<String> told = new HashSet<>();
        int read = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            int which = seed % files.size();
            byte[] bytes = mutated(contents.get(which), new Random(seed));
            String about = "seed " + seed + " of " + files.get(which);
            DefinitionFile.Reading reading;
            try {
                reading = DefinitionFile.parse(files.get(which), bytes, Place.USER);
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError(about, e);
            }
            switch (reading) {
                case DefinitionFile.Agent(Definition agent) -> {
                    read++;
                    name(agent.name(), about);
                    words(agent.repairs(), bytes, about, told);
                }
                case DefinitionFile.SkillFound(Skill skill) -> {
                    name(skill.name(), about);
                    words(skill.repairs(), bytes, about, told);
                }
                case DefinitionFile.Bad(Broken broken) ->
                        words(List.of(broken.why()), bytes, about, told);
                case DefinitionFile.Paper _ ->
                        assertThat(files.get(which)).as(about).hasFileName("README.md");
            }
        }
        assertThat(read).as("mutations that are agents still").isGreaterThan(SEEDS / 2);
        assertThat(told).as("different repairs").hasSizeGreaterThan(60);
    }

    private static void name(String name, String about) {
        assertThat(name).as(about).isNotBlank().hasSizeLessThanOrEqualTo(200);
        assertThat(name.codePoints().anyMatch(CodePoint::acts)).as("%s: %s", about, name).isFalse();
    }

    /** All that is told is visible on one line and names a line that the file has. */
    private static void words(List<String> words, byte[] bytes, String about, Set<String> told) {
        // Counted as widely as any encoding and line end could.
        int lines = 2;
        for (byte each : bytes) {
            lines += each == '\n' || each == '\r' ? 1 : 0;
        }
        for (String each : words) {
            told.add(each.replaceAll("`.*`|\\d+", ""));
            assertThat(each).as(about).isNotBlank();
            assertThat(each.codePoints().noneMatch(CodePoint::acts))
                    .as("%s: %s", about, each)
                    .isTrue();
            Matcher line = LINE.matcher(each);
            if (line.matches()) {
                assertThat(Integer.parseInt(line.group(1))).as(about).isBetween(1, lines);
            }
        }
    }
}
