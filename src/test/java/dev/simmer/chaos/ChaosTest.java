package dev.simmer.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The short form of the chaos run; {@code -Dsimmer.chaos.kills=200} for the long one, {@code
 * -Dsimmer.chaos.seed=N} for other moments.
 */
@Tag("slow")
class ChaosTest {
    @TempDir Path folder;

    @Test
    @Timeout(900)
    void supervisorThatIsKilledAgainAndAgainLosesNothing() throws Exception {
        int kills = Integer.getInteger("simmer.chaos.kills", 20);
        long seed = Long.getLong("simmer.chaos.seed", System.nanoTime());
        ChaosRun run = new ChaosRun(folder, kills, seed);

        assertThat(run.run()).as("%d kills, seed %d", kills, seed).isEmpty();
        assertThat(run.useful).as("kills while tasks were under way").isGreaterThan(kills / 4);
    }
}
