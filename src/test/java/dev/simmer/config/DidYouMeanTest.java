package dev.simmer.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DidYouMeanTest {
    @ParameterizedTest
    @CsvSource({
        "memory,memory,0",
        "memroy,memory,1",
        "memry,memory,1",
        "memoory,memory,1",
        "memary,memory,1",
        "kitten,sitting,3",
        "ca,abc,3",
        "'',abc,3",
        "abc,'',3"
    })
    void distance(String a, String b, int distance) {
        assertThat(DidYouMean.distance(a, b)).isEqualTo(distance);
        assertThat(DidYouMean.distance(b, a)).isEqualTo(distance);
    }

    @Test
    void nearestWithinAThirdOfTheWord() {
        List<String> words = List.of("memory", "heavy", "run", "x", "on_output");

        assertThat(DidYouMean.nearest("memroy", words)).contains("memory");
        assertThat(DidYouMean.nearest("HEAVY", words)).contains("heavy");
        assertThat(DidYouMean.nearest("ran", words)).contains("run");
        assertThat(DidYouMean.nearest("onoutptu", words)).contains("on_output");
        assertThat(DidYouMean.nearest("rat", words)).isEmpty();
        assertThat(DidYouMean.nearest("y", words)).as("one letter means nothing").isEmpty();
        assertThat(DidYouMean.nearest("banana", words)).isEmpty();
        assertThat(DidYouMean.nearest("", words)).isEmpty();
    }

    @Test
    void firstOfEquallyNearWins() {
        assertThat(DidYouMean.nearest("tast", List.of("test", "task"))).contains("test");
        assertThat(DidYouMean.nearest("tast", List.of("task", "test"))).contains("task");
    }

    @Test
    void veryLongWordsAreNotCompared() {
        assertThat(DidYouMean.nearest("a".repeat(100_000), List.of("a".repeat(99_999)))).isEmpty();
    }
}
