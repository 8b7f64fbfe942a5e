package dev.simmer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentNameTest {
    private static final LocalDateTime NOW = LocalDateTime.of(2026, 1, 23, 14, 30, 0);

    @TempDir Path home;

    @Test
    void secondOfOneSecondGetsANumber() throws Exception {
        assertThat(AgentName.unique(home, NOW, "audit").agentId())
                .isEqualTo("bg-20260123-143000-audit");
        assertThat(AgentName.unique(home, NOW, "audit").reportPath())
                .isEqualTo(".agents/reports/20260123-143000-audit-2.md");
        assertThat(AgentName.unique(home, NOW, "audit").agentId()).endsWith("-audit-3");
        String longest = "x".repeat(200);
        assertThat(AgentName.unique(home, NOW, longest).agentId())
                .isNotEqualTo(AgentName.unique(home, NOW, longest).agentId());
        assertThat(AgentName.unique(home, NOW, "review").agentId()).endsWith("143000-review");
        assertThat(AgentName.unique(home, NOW.plusSeconds(1), "audit").agentId())
                .isEqualTo("bg-20260123-143001-audit");
    }

    @Test
    void whatIsOlderIsForgottenAndRubbishIsNoObstacle() throws Exception {
        Files.write(home.resolve("agent-names"), new byte[] {0, 'x', '\n', (byte) 0xff});
        assertThat(AgentName.unique(home, NOW, "a").agentId()).endsWith("-a");
        for (int second = 1; second < 50; second++) {
            AgentName.unique(home, NOW.plusSeconds(second), "a");
        }
        assertThat(Files.readAllLines(home.resolve("agent-names")))
                .isEqualTo(List.of("bg-20260123-143049-a"));
    }
}
