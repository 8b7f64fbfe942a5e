package dev.simmer.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.engine.ports.Launch;
import dev.simmer.engine.ports.UsageSample;
import dev.simmer.model.AttemptId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcfsUsageTest {
    private static final long SECOND = 1_000_000_000L;

    @TempDir Path folder;

    private final AtomicLong nanos = new AtomicLong();
    private final ProcfsUsage usage = new ProcfsUsage(nanos::get);
    private Fixture fixture;

    @BeforeEach
    void open() throws IOException {
        fixture = new Fixture(folder);
    }

    @AfterEach
    void close() {
        usage.close();
        fixture.close();
    }

    private UsageSample sample(Launch launch) {
        Map<AttemptId, UsageSample> samples = usage.sample(Map.of(launch.id(), launch.folder()));
        UsageSample sample = samples.get(launch.id());
        if (sample == null) {
            throw new AssertionError("no process found among " + samples);
        }
        return sample;
    }

    private void awaitUp() throws IOException, InterruptedException {
        Path up = fixture.workspace.resolve("up");
        StubbornTreeTest.awaitFile(up);
        Files.delete(up);
    }

    private void end(Launch launch) {
        fixture.processes.kill(launch.id());
        fixture.told.awaitEnd(launch.id());
    }

    @Test
    void wholeTreeIsCountedWhereverItHasGone() throws IOException, InterruptedException {
        Launch launch =
                fixture.sh(
                        "sleep 1000 & setsid sleep 1000 & env -i setsid sh -c 'sleep 1000; :' &"
                                + " while test $(ps -eo args | grep -c '^sleep 1000') -lt 3; do :;"
                                + " done; touch up; exec sleep 1000");
        Launch other = fixture.sh("exec sleep 1000");
        fixture.told.await(Recorder.Told.Started.class, other.id());
        awaitUp();

        UsageSample sample = sample(launch);
        assertThat(sample.processes()).isEqualTo(5);
        assertThat(sample.cpu()).isZero();
        assertThat(sample.rssBytes()).isGreaterThan(1 << 20);
        assertThat(Files.readString(launch.folder().resolve("pid")))
                .startsWith(sample.mainPid() + " ");
        end(launch);
        end(other);
        assertThat(usage.sample(Map.of(launch.id(), launch.folder()))).isEmpty();
    }

    @Test
    void timeOfChildrenThatHaveEndedIsCountedOnce() throws IOException, InterruptedException {
        String work = "i=0; while test $i -lt 300000; do i=$((i+1)); done";
        Launch launch =
                fixture.sh(
                        "touch up; until test -e go1; do sleep 0.01; done; sh -c '"
                                + work
                                + "'; touch up; until test -e go2; do sleep 0.01; done; touch up;"
                                + " sleep 1000");
        awaitUp();
        sample(launch);
        Files.createFile(fixture.workspace.resolve("go1"));
        awaitUp();
        nanos.addAndGet(SECOND);
        UsageSample worked = sample(launch);
        assertThat(worked.cpu()).isBetween(0.05, 20.0);

        Files.createFile(fixture.workspace.resolve("go2"));
        awaitUp();
        nanos.addAndGet(SECOND);
        assertThat(sample(launch).cpu()).isBetween(0.0, worked.cpu() / 2 + 0.05);
        end(launch);
    }

    @Test
    void residentMemoryGrowsWithTheTree() throws IOException, InterruptedException {
        Launch launch =
                fixture.sh(
                        "touch up; until test -e go; do sleep 0.01; done; x=$(head -c 20000000"
                                + " /dev/zero | tr '\\0' x); touch up; sleep 1000; : $x");
        awaitUp();
        long before = sample(launch).rssBytes();
        Files.createFile(fixture.workspace.resolve("go"));
        awaitUp();
        assertThat(sample(launch).rssBytes() - before).isGreaterThan(15_000_000);
        end(launch);
    }
}
