package dev.simmer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.engine.ports.Clock;
import dev.simmer.engine.ports.EventLog;
import dev.simmer.engine.ports.Host;
import dev.simmer.engine.ports.HostSample;
import dev.simmer.engine.ports.TaskStore;
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
