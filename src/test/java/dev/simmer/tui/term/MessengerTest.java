package dev.simmer.tui.term;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.model.TaskId;
import dev.simmer.tui.model.Notice;
import dev.simmer.tui.term.TellingWays.Way;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessengerTest {
    private static final LocalTime NOON = LocalTime.of(12, 0);

    @TempDir private Path folder;

    private static final Notice FAILED =
            new Notice(
                    Notice.Event.FAILED,
                    Optional.of(new TaskId(7)),
                    "unit;$(touch x)\u0007\u001b]0;t\u0007",
                    "exit code 1",
                    1,
                    Instant.EPOCH);

    private static TellingWays ways(Set<Way> ways, List<String> command) {
        return new TellingWays(
                ways,
                command,
                EnumSet.allOf(Notice.Event.class),
                false,
                Optional.empty(),
                List.of());
    }

    private static String sent(Set<Way> ways, Map<String, String> environment, boolean focused)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Messenger messenger = new Messenger(environment, out::writeBytes, () -> NOON);
        messenger.tellBy(ways(ways, List.of()));
        messenger.tell(FAILED, focused);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void eachWayHasItsSequence() throws IOException {
        String words = "unit;$(touch x)␛]0;t failed: exit code 1";
        assertThat(sent(Set.of(Way.BELL), Map.of(), false)).isEqualTo("\u0007");
        assertThat(sent(Set.of(Way.OSC9), Map.of(), false))
                .isEqualTo("\u001b]9;simmer: " + words + "\u0007");
        assertThat(sent(Set.of(Way.OSC777), Map.of(), false))
                .isEqualTo("\u001b]777;notify;simmer;" + words.replace(';', ',') + "\u0007");
        assertThat(sent(Set.of(Way.OSC99), Map.of("TMUX", "/tmp/x,1,0"), false))
                .isEqualTo(
                        "\u001bPtmux;\u001b\u001b]99;i=simmer;simmer: "
                                + words
                                + "\u001b\u001b\\\u001b\\");
    }

    @Test
    void nothingIsToldToWhoLooks() throws IOException {
        assertThat(sent(Set.of(Way.BELL), Map.of(), true)).isEmpty();
        assertThat(sent(Set.of(), Map.of(), false)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "22:00, 07:00, 23:00, true",
        "22:00, 07:00, 06:59, true",
        "22:00, 07:00, 07:00, false",
        "12:00, 13:00, 12:30, true",
        "12:00, 13:00, 13:00, false"
    })
    void hoursMayGoOverMidnight(LocalTime from, LocalTime to, LocalTime now, boolean quiet) {
        assertThat(new TellingWays.Quiet(from, to).at(now)).isEqualTo(quiet);
    }

    @Test
    void commandGetsVariablesAndNoShell() throws Exception {
        Path out = folder.resolve("told");
        String script =
                "printf '%s|%s|%s|%s|%s' \"$SIMMER_EVENT\" \"$SIMMER_TASK\" \"$SIMMER_TASK_ID\""
                    + " \"$SIMMER_REASON\" \"$SIMMER_COUNT\" > \"$1.new\"; mv \"$1.new\" \"$1\"";
        Messenger messenger = new Messenger(Map.of(), _ -> {}, () -> NOON);
        messenger.tellBy(
                ways(Set.of(Way.COMMAND), List.of("sh", "-c", script, "sh", out.toString())));
        messenger.tell(FAILED, false);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!Files.exists(out)) {
            assertThat(System.nanoTime()).as("waited in vain").isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertThat(Files.readString(out)).isEqualTo("failed|unit;$(touch x)␛]0;t|7|exit code 1|1");
    }
}
