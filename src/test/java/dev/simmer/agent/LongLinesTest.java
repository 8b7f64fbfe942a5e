package dev.simmer.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.agent.stream.StreamReader;
import dev.simmer.model.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines of an agent's output that are too long to be kept while they grow. */
class LongLinesTest {
    private static final String FIRST =
            "{\"type\":\"system\",\"subtype\":\"init\",\"session_id\":\"s\",\"model\":\"m\"}\n";
    private static final String LAST =
            "{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":false,\"result\":\"fine\"}\n";

    @TempDir Path folder;

    private static String said(int length) {
        return "{\"type\":\"assistant\",\"message\":{\"id\":\"m1\",\"content\":[{\"type\":\"text\","
                + "\"text\":\""
                + "b".repeat(length)
                + " over\"}]}}\n";
    }

    private Follower follow(String... portions) throws IOException {
        Path output = folder.resolve("output.log");
        TranscriptFile.clear(folder.resolve("transcript.log"));
        Follower follower =
                new Follower(
                        output, "claude", TranscriptFile.open(folder.resolve("transcript.log")));
        for (String each : portions) {
            Files.writeString(
                    output,
                    each,
                    java.nio.file.StandardOpenOption.CREATE,
                    java.nio.file.StandardOpenOption.APPEND);
            while (follower.look()) {
                // Until all of the portion is read.
            }
        }
        follower.finish(new ExitStatus.Code(0));
        return follower;
    }

    @Test
    void longLineIsReadAgainAtItsEnd() throws Exception {
        String line = said(1_000_000);
        try (Follower follower =
                follow(
                        FIRST + line.substring(0, 300_000),
                        line.substring(300_000, 700_001),
                        line.substring(700_001) + LAST)) {
            assertThat(follower.fault()).isEmpty();
            assertThat(follower.tally().turns()).isEqualTo(1);
            assertThat(follower.tally().ended().orElseThrow().ok()).isTrue();
            assertThat(follower.transcript().lastLines()).anyMatch(each -> each.startsWith("bbb"));
        }
    }

    @Test
    void tooLongLineIsLeftOutAndSaid() throws Exception {
        try (Follower follower =
                follow(FIRST + said(StreamReader.LONGEST * 6) + LAST, said(10) + LAST)) {
            assertThat(follower.fault()).isEmpty();
            assertThat(follower.transcript().lastLines())
                    .contains("a line of 12 MiB is left out here");
            assertThat(follower.tally().turns()).isEqualTo(1);
            assertThat(follower.tally().ended()).isPresent();
        }
    }
}
