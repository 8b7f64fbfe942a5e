package dev.simmer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.engine.ports.Clock;
import dev.simmer.engine.ports.EventLog;
import dev.simmer.engine.ports.Host;
import dev.simmer.engine.ports.HostSample;
import dev.simmer.engine.ports.TaskStore;
import dev.simmer.engine.ports.UsageSample;
import dev.simmer.model.AttemptId;
import dev.simmer.model.Snapshot;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class SamplerTest {
    private static final HostSample SEEN =
            new HostSample(1L << 34, 1L << 33, OptionalLong.empty(), 4, 0.5, 1.0);

    @Test
    void hostThatCannotBeSeenIsToldAndLookedAtAgain() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        Host host =
                () -> {
                    if (looks.getAndIncrement() == 0) {
                        throw new UnsatisfiedLinkError("no jnidispatch");
                    }
                    return SEEN;
                };
        BlockingQueue<Snapshot> snapshots = new LinkedBlockingQueue<>();
        try (LocalEngine engine =
                new LocalEngine(
                        FakeProcesses::new,
                        host,
                        _ -> Map.of(),
                        Clock.system(),
                        RandomGenerator.of("L64X128MixRandom"),
                        Path.of("/nowhere/runs"),
                        TaskStore.NONE,
                        EventLog.NONE)) {
            var _ = engine.subscribe(snapshots::add);
            Snapshot blind = await(snapshots, each -> each.trouble().isPresent());
            assertThat(blind.trouble())
                    .get()
                    .asString()
                    .contains("cannot see how much memory there is", "no jnidispatch");
            await(snapshots, each -> each.trouble().isEmpty());
            assertThat(looks).hasValueGreaterThan(1);
        }
    }

    @Test
    void looksAreCloserWhileTasksAreThereAndMemoryIsTight() {
        Sampler.Sink nobody =
                new Sampler.Sink() {
                    @Override
                    public void seen(HostSample host, Map<AttemptId, UsageSample> usage) {}

                    @Override
                    public void unseen(String words) {}
                };
        try (Sampler sampler = new Sampler(() -> SEEN, _ -> Map.of(), Map::of, nobody)) {
            assertThat(sampler.spacing()).isEqualTo(3_000);
            sampler.tight(true);
            assertThat(sampler.spacing()).isEqualTo(200);
            sampler.busy(true);
            assertThat(sampler.spacing()).isEqualTo(25);
            sampler.tight(false);
            sampler.soon();
            assertThat(sampler.spacing()).isEqualTo(25);
        }
    }

    private static Snapshot await(BlockingQueue<Snapshot> snapshots, Predicate<Snapshot> wanted)
            throws InterruptedException {
        Snapshot next = snapshots.poll(20, TimeUnit.SECONDS);
        while (next != null && !wanted.test(next)) {
            next = snapshots.poll(20, TimeUnit.SECONDS);
        }
        if (next == null) {
            throw new AssertionError("never came to be");
        }
        return next;
    }
}
