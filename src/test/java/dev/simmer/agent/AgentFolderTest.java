package dev.simmer.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentFolderTest {
    @TempDir Path run;

    @Test
    void readingsThatWereBrokenOffAreCounted() throws Exception {
        AgentFolder folder = new AgentFolder(run);
        assertThat(folder.readingBegun()).as("no folder, nobody counts").isEqualTo(1);
        folder.make();
        assertThat(folder.readingBegun()).isEqualTo(1);
        assertThat(folder.readingBegun()).isEqualTo(2);
        folder.readingEnded();
        assertThat(folder.readingBegun()).isEqualTo(1);
    }
}
