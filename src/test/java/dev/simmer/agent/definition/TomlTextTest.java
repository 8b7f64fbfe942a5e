package dev.simmer.agent.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The part of TOML that agent files use. */
class TomlTextTest {
    private static String read(String text) {
        return switch (TomlText.read(text.replace("¶", "\n"))) {
            case TomlText.Fault fault -> fault.line() + ": " + fault.why();
            case TomlText.Good good ->
                    good.fields().stream()
                            .map(field ->
                                    field.line() + " " + field.key() + "=" + field.value().shown())
                            .collect(Collectors.joining("; "));
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "a = 1 # c¶b='x' | 1 a=1; 2 b=x",
                "a = \"\\u00e9\\t\\\\\" | ~1 a=é\t\\~",
                "a = \"\"\"¶x \\¶   y\"\"z\"\"\"¶b = 2 | ~1 a=x y\"\"z; 4 b=2~",
                "a = '''x\\ny'''' | 1 a=x\\ny'",
                "a.b.c = 1¶a.d = 2 | 1 a={b: {c: 1}, d: 2}",
                "\"a b\" = true¶'c.d' = 1979-05-27T07:32:00Z | 1 a b=true; 2"
                        + " c.d=1979-05-27T07:32:00Z",
                "[t]¶x = [1,¶ 2, # two¶]¶[t.u]¶y = {} | 1 t={x: [1, 2], u: {y: {}}}",
                "[[t]]¶x=1¶[[t]]¶x=2¶[t.u]¶y=3 | 1 t=[{x: 1}, {x: 2, u: {y: 3}}]",
                "a = {b = 1, c = [{d = 2}]} | 1 a={b: 1, c: [{d: 2}]}",
                "a = 1¶a = 2 | 2: `a` stands twice",
                "a = 1¶a.b = 2 | 2: `a` is a value already, no table",
                "a = ¶b = 1 | 1: a value is missing",
                "a = 'x | 1: the string that begins before this is not closed",
                "a = '''x¶¶ | 3: the string that begins before this is not closed",
                "a = 1 2 | 1: the line should end here",
                "a | 1: `=` is missing",
                "[a¶b = 1 | 1: `]` is missing",
                "a = [1 2] | 1: `,` is missing",
                "a = \"\\q\" | 1: there is no such escape",
                "a = \"\\uD800\" | 1: there is no such character",
                "= 1 | 1: no `key = value` stands here",
            })
    void textMeans(String text, String meaning) {
        assertThat(read(text)).isEqualTo(meaning);
    }

    @ParameterizedTest
    @CsvSource({"[", "{a=", "a.a = {"})
    void depthHasALimit(String piece) {
        assertThat(read("a = " + piece.repeat(100_000))).startsWith("1: ");
        assertThat(read(piece.repeat(100_000))).startsWith("1: ");
    }

    @Test
    void keyHasALimit() {
        assertThat(read("a.".repeat(100_000) + "a = 1"))
                .isEqualTo("1: this key has more than 50 parts");
    }
}
