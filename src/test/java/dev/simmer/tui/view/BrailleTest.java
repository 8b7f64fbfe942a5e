package dev.simmer.tui.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BrailleTest {
    @Test
    void twoSamplesShareACellAndTheTopFillsIt() {
        assertThat(Braille.line(new float[] {1, 1, 2, 2, 3, 3, 4, 4}, 4)).isEqualTo("⣀⣤⣶⣿");
        assertThat(Braille.line(new float[] {4, 1, 1, 4}, 4)).isEqualTo("⣇⣸");
        assertThat(Braille.line(new float[] {9, 9}, 4)).isEqualTo("⣿");
    }

    @Test
    void whatIsNotKnownIsAGapAndNothingUsedIsALine() {
        assertThat(Braille.line(new float[] {-1, -1, 0, 0, -1, 0}, 1)).isEqualTo(" ⣀⢀");
        assertThat(Braille.line(new float[0], 1)).isEmpty();
    }

    @Test
    void aSampleThatIsMoreThanALevelShowsTheNextOne() {
        assertThat(Braille.line(new float[] {1.01f, 2.01f}, 4)).isEqualTo("⣴");
        assertThat(Braille.line(new float[] {3, -1}, 4)).isEqualTo("⡆");
    }

    @Test
    void theTopIsTheLargestAndNeverNothing() {
        assertThat(Braille.top(new float[] {1, 7, 3}, 5)).isEqualTo(7);
        assertThat(Braille.top(new float[] {1, 7, 3}, 9)).isEqualTo(9);
        assertThat(Braille.top(new float[] {-1}, 0)).isPositive();
        assertThat(Braille.line(new float[] {0, 0}, Braille.top(new float[] {0, 0}, 0)))
                .isEqualTo("⣀");
    }
}
