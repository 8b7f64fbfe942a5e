package dev.simmer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.model.AgentRun;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told of agents in words. */
class AgentWordsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    WORKING          | working                   | working
                    WORKING          | Bash ls                   | working: Bash ls
                    NEEDS_PERMISSION | needs permission for Bash | needs permission for Bash
                    SILENT           | silent for 10m            | silent for 10m
                    STARTING         | ''                        | starting
                    """)
    void whatItDoesIsSaidOnce(AgentRun.State state, String doing, String words) {
        Optional<Instant> never = Optional.empty();

        assertThat(
                        AgentWords.doing(
                                Agents.run(
                                        state, doing, never, Optional.empty(), Optional.empty())))
                .isEqualTo(words);
    }
}
