package dev.simmer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.model.MemoryEstimate;
import dev.simmer.model.MemorySource;
import dev.simmer.model.TaskSpec;
import org.junit.jupiter.api.Test;

class HardLimitTest {
    private static final long GIB = 1L << 30;
    private static final TaskSpec ISOLATED = Workshop.task("t").isolateMemory(true).build();

    private static long limit(long bytes, MemorySource source) {
        return Deeds.limit(ISOLATED, new MemoryEstimate(bytes, source)).orElseThrow();
    }

    @Test
    void onlyATaskThatWantsOneHasALimit() {
        TaskSpec usual = Workshop.task("t").build();
        assertThat(Deeds.limit(usual, new MemoryEstimate(GIB, MemorySource.DECLARED))).isEmpty();
    }

    @Test
    void declaredFigureIsTheLimitWhateverIsExpected() {
        TaskSpec declares = Workshop.task("t").memory(GIB).isolateMemory(true).build();
        for (MemorySource source : MemorySource.values()) {
            assertThat(Deeds.limit(declares, new MemoryEstimate(3 * GIB, source))).hasValue(GIB);
        }
    }

    @Test
    void otherFiguresLeaveRoom() {
        assertThat(limit(GIB / 4, MemorySource.LEARNED)).isEqualTo(GIB / 2);
        assertThat(limit(3 * GIB, MemorySource.RAISED)).isEqualTo(6 * GIB);
    }

    @Test
    void guessKillsNobodyEarly() {
        assertThat(limit(GIB / 10, MemorySource.GUESSED)).isEqualTo(2 * GIB);
        assertThat(limit(2 * GIB, MemorySource.GUESSED)).isEqualTo(4 * GIB);
    }
}
