package dev.simmer.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OomKillsTest {
    private static final long SECOND = 1_000_000_000L;

    @TempDir Path folder;

    private final AtomicLong nanos = new AtomicLong();
    private final Hands hands = new Hands();
    private Path counter;
    private OomKills kills;

    @BeforeEach
    void open() throws IOException {
        counter = folder.resolve("vmstat");
        count(7);
        kills = new OomKills(nanos::get, PathBytes.of(counter), false);
    }

    @AfterEach
    void close() {
        hands.close();
    }

    private void count(long value) throws IOException {
        Files.writeString(counter, "pgfault 12\noom_kill_disable 3\noom_kill " + value + "\nx 1\n");
    }

    private boolean claim(long atBeginning) {
        return kills.claim(atBeginning, hands.procfs);
    }

    @Test
    void eachRiseIsClaimedByOneDeath() throws IOException {
        long beginning = kills.begin(hands.procfs);
        assertThat(claim(beginning)).isFalse();
        count(9);
        assertThat(claim(beginning)).isTrue();
        assertThat(claim(beginning)).isTrue();
        assertThat(claim(beginning)).isFalse();
    }

    @Test
    void whatRoseBeforeTheBeginningIsNotClaimed() throws IOException {
        long first = kills.begin(hands.procfs);
        nanos.addAndGet(2 * SECOND);
        count(8);
        long second = kills.begin(hands.procfs);
        assertThat(claim(second)).isFalse();
        assertThat(claim(first)).isTrue();
    }

    @Test
    void riseIsNotClaimedForEver() throws IOException {
        long beginning = kills.begin(hands.procfs);
        count(8);
        nanos.addAndGet(2 * SECOND);
        kills.begin(hands.procfs);
        nanos.addAndGet(20 * SECOND);
        assertThat(claim(beginning)).isFalse();
    }

    @Test
    void groupHasACounterOfItsOwn() throws IOException {
        assertThat(OomKills.ofGroup(folder)).isEmpty();
        Path first = folder.resolve("memory.oom_control");
        Files.writeString(first, "oom_kill_disable 0\nunder_oom 0\n");
        assertThat(OomKills.ofGroup(folder)).isEmpty();
        Files.writeString(first, "oom_kill_disable 0\nunder_oom 0\noom_kill 3\n");
        OomKills own = OomKills.ofGroup(folder).orElseThrow();
        assertThat(own.ofGroup()).isTrue();
        assertThat(own.begin(hands.procfs)).isEqualTo(3);
        Files.writeString(folder.resolve("memory.events.local"), "oom 1\noom_kill 5\n");
        assertThat(OomKills.ofGroup(folder).orElseThrow().begin(hands.procfs)).isEqualTo(5);
        assertThat(OomKills.ofMachine().ofGroup()).isFalse();
    }

    @Test
    void nothingIsClaimedWithoutACounter() throws IOException {
        Files.writeString(counter, "pgfault 12\n");
        assertThat(claim(kills.begin(hands.procfs))).isFalse();
    }
}
