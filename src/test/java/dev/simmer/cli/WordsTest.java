package dev.simmer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
    private static final Usage USAGE =
            Usage.of("simmer test", "tests")
                    .operands("[ID...]", 0, 2)
                    .flag("", "-f", "--follow")
                    .flag("", "-a", "--all")
                    .value("N", "", "-n", "--lines")
                    .values("K=V", "", "--env")
                    .json()
                    .build();

    private static Words parse(String... words) throws CommandRefused {
        return Words.parse(USAGE, List.of(words));
    }

    @Test
    void optionsAndOperandsInAnyOrder() throws Exception {
        Words words = parse("a", "--follow", "--lines", "5", "b", "--env", "x=1", "--env=y=2");
        assertThat(words.operands()).containsExactly("a", "b");
        assertThat(words.has("--follow")).isTrue();
        assertThat(words.has("--all")).isFalse();
        assertThat(words.text("--lines")).contains("5");
        assertThat(words.texts("--env")).containsExactly("x=1", "y=2");
    }

    @Test
    void shortOptionsInOneWord() throws Exception {
        Words words = parse("-fan5", "a");
        assertThat(words.has("--follow")).isTrue();
        assertThat(words.has("--all")).isTrue();
        assertThat(words.text("--lines")).contains("5");
        assertThat(parse("-n", "7").text("--lines")).contains("7");
        assertThat(parse("-n", "-7").text("--lines")).contains("-7");
        assertThat(parse("--lines=").text("--lines")).contains("");
    }

    @Test
    void everythingBehindTwoDashesIsAnOperand() throws Exception {
        assertThat(parse("--", "--follow", "-x").operands()).containsExactly("--follow", "-x");
        assertThat(parse("-").operands()).containsExactly("-");
    }

    @Test
    void verbatimOperandsEndTheOptions() throws Exception {
        Usage run = Usage.of("r", "").operands("CMD", 1, 9).verbatim().flag("", "--fg").build();
        Words words = Words.parse(run, List.of("--fg", "npm", "--fg", "--x"));
        assertThat(words.operands()).containsExactly("npm", "--fg", "--x");
        words = Words.parse(run, List.of("--", "--fg"));
        assertThat(words.operands()).containsExactly("--fg");
        assertThat(words.has("--fg")).isFalse();
        assertThat(Words.parse(run, List.of("--help")).operands()).isEmpty();
        assertThat(Words.parse(run, List.of("x", "--", "y")).operands())
                .containsExactly("x", "--", "y");
    }

    @ParameterizedTest
    @CsvSource({
        "--folow,there is no option --folow; did you mean --follow?",
        "-x,there is no option -x",
        "--follow=1,--follow takes no value",
        "--lines,--lines takes a value: --lines N",
        "--lines --all,--lines takes a value: --lines N",
        "-n1 -n2,--lines is given twice",
        "a b c,`c` is one word too many",
    })
    void mistakesAreToldInWords(String line, String told) {
        assertThatThrownBy(() -> parse(line.split(" ", -1)))
                .isInstanceOf(CommandRefused.class)
                .hasMessage("simmer: " + told + "\nTry `simmer test --help`.");
    }

    @Test
    void valuesThatAreMoreThanText() throws Exception {
        Usage usage =
                Usage.of("t", "")
                        .value("T", "", "--time")
                        .value("S", "", "--size")
                        .value("N", "", "--number")
                        .build();
        Words words =
                Words.parse(usage, List.of("--time", "10m", "--size", "2G", "--number", "-3"));
        assertThat(Values.duration(words, "--time"))
                .hasValueSatisfying(t -> assertThat(t).hasMinutes(10));
        assertThat(Values.size(words, "--size")).contains(2L << 30);
        assertThat(Values.number(words, "--number", -10, 10)).contains(-3);
        Words wrong = Words.parse(usage, List.of("--time", "0s", "--size", "x", "--number", "11"));
        assertThatThrownBy(() -> Values.duration(wrong, "--time"))
                .hasMessage("simmer: --time is longer than zero, such as 90s, 10m or 2h");
        assertThatThrownBy(() -> Values.size(wrong, "--size"))
                .hasMessage("simmer: --size is a size such as 500M or 2G, not x");
        assertThatThrownBy(() -> Values.number(wrong, "--number", -10, 10))
                .hasMessage("simmer: --number is a whole number from -10 to 10, not 11");
        assertThat(Values.number(Words.parse(usage, List.of()), "--number", 0, 1))
                .isEqualTo(Optional.empty());
    }
}
