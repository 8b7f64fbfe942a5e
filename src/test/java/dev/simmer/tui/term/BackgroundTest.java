package dev.simmer.tui.term;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackgroundTest {
    @ParameterizedTest
    @CsvSource({
        "11;rgb:1515/1717/1c1c, 15171c",
        "11;rgb:ff/80/00, ff8000",
        "11;rgb:f/8/0, ff8800",
        "11;rgba:fdfd/f6f6/e3e3/ffff, fdf6e3"
    })
    void answersAreUnderstood(String body, String rgb) {
        assertThat(Background.colour(body)).isEqualTo(OptionalInt.of(Integer.parseInt(rgb, 16)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "11;",
                "11;rgb:",
                "11;rgb:12/34",
                "11;rgb:12345/0/0",
                "11;rgb:gg/00/00",
                "11;rgb://",
                "10;rgb:ff/ff/ff",
                "52;c;aGVsbG8="
            })
    void whatIsNoAnswerIsNone(String body) {
        assertThat(Background.colour(body)).isEmpty();
    }

    @Test
    void variableTellsItToo() {
        assertThat(Background.told(Map.of())).isEmpty();
        assertThat(Background.told(Map.of("COLORFGBG", "15;0"))).isEqualTo(Optional.of(false));
        assertThat(Background.told(Map.of("COLORFGBG", "0;15"))).isEqualTo(Optional.of(true));
        assertThat(Background.told(Map.of("COLORFGBG", "0;default;7")))
                .isEqualTo(Optional.of(true));
        assertThat(Background.told(Map.of("COLORFGBG", "7;8"))).isEqualTo(Optional.of(false));
        assertThat(Background.told(Map.of("COLORFGBG", "15;default"))).isEmpty();
    }

    @Test
    void consoleThatWouldPrintTheQuestionIsNotAsked() {
        assertThat(Background.answers(Map.of("TERM", "linux"))).isFalse();
        assertThat(Background.answers(Map.of())).isFalse();
        assertThat(Background.answers(Map.of("TERM", "xterm-256color"))).isTrue();
    }
}
