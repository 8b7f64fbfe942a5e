package dev.simmer.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DotenvTest {
    private static final Path FILE = Path.of(".env");

    @Test
    void plainValuesEndAtAComment() {
        assertThat(
                        parsed(
                                """
                                # comment
                                A=1

                                  B = two words   # comment
                                C=a#b
                                D=
                                E= # nothing
                                export F=6
                                a.b-c=7
                                """))
                .containsExactly(
                        Map.entry("A", "1"),
                        Map.entry("B", "two words"),
                        Map.entry("C", "a#b"),
                        Map.entry("D", ""),
                        Map.entry("E", ""),
                        Map.entry("F", "6"),
                        Map.entry("a.b-c", "7"));
    }

    @Test
    void singleQuotesKeepEverything() {
        assertThat(parsed("A='a\\n\"$B # c' # comment\nB=2"))
                .containsEntry("A", "a\\n\"$B # c")
                .containsEntry("B", "2");
    }

    @Test
    void doubleQuotesKnowEscapes() {
        assertThat(parsed("A=\"a\\tb\\nc\\\"\\\\\\$d\\re\"\nP=\"C:\\dir\""))
                .containsEntry("A", "a\tb\nc\"\\$d\re")
                .containsEntry("P", "C:\\dir");
    }

    @Test
    void quotedValuesRunOverLines() {
        assertThat(parsed("A=\"one\ntwo\"\nB='three\r\nfour'\r\nC=5\r\n"))
                .containsExactly(
                        Map.entry("A", "one\ntwo"),
                        Map.entry("B", "three\nfour"),
                        Map.entry("C", "5"));
    }

    @Test
    void lastOfOneNameCounts() {
        assertThat(parsed("A=1\nA=2\n")).containsExactly(Map.entry("A", "2"));
    }

    @Test
    void nothingIsReplaced() {
        assertThat(parsed("A=1\nB=${A}\nC=\"$A\"\n"))
                .containsEntry("B", "${A}")
                .containsEntry("C", "$A");
    }

    @Test
    void mistakesStandAtTheirPlaceAfterValuesOverLines() {
        Mistakes mistakes = new Mistakes(Path.of("simmer.yaml"));
        Dotenv.parse(FILE, "A='x\ny'\nB='z' tail\nexport C\n", mistakes);

        assertThat(mistakes.sorted().stream().map(Mistake::message))
                .isEqualTo(
                        List.of(
                                ".env:3:7: `t` stands after the closing quote; put the whole value"
                                        + " in quotes",
                                ".env:4:9: after `C` comes no `=` but the line's end; write"
                                        + " `NAME=value`"));
    }

    private static Map<String, String> parsed(String text) {
        Mistakes mistakes = new Mistakes(FILE);
        Map<String, String> variables = Dotenv.parse(FILE, text, mistakes);
        assertThat(mistakes.sorted()).isEmpty();
        return variables;
    }
}
