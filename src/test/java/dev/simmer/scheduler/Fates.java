package dev.simmer.scheduler;

import dev.simmer.model.ExitStatus;
import dev.simmer.model.Kind;
import dev.simmer.model.StartFailure;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/** Draws what becomes of an attempt. */
final class Fates {
    /** No main process that ends by itself runs for longer once the world is calm. */
    static final long LONGEST_CALM_RUN = 20_000;

    private final SplittableRandom random;
    private boolean calm;

    Fates(SplittableRandom random) {
        this.random = random;
    }

    void becomeCalm() {
        calm = true;
    }

    SimulatedProcess.Plan draw(Effect.SpawnProcess spawn) {
        boolean service = spawn.spec().kind() == Kind.SERVICE;
        long expected = spawn.spec().memory().orElse(100 * Workload.MIB);
        return calm ? calm(service, expected) : wild(service, expected);
    }

    private SimulatedProcess.Plan calm(boolean service, long expected) {
        return new SimulatedProcess.Plan(
                between(1, 50),
                Optional.empty(),
                service ? OptionalLong.empty() : OptionalLong.of(between(10, 20_000)),
                new ExitStatus.Code(chance(15) ? 1 : 0),
                0,
                OptionalLong.empty(),
                false,
                between(1, 500),
                new ExitStatus.Signaled(15),
                OptionalLong.of(between(1, 1_500)),
                expected / 100 * between(30, 100),
                between(1, 5_000),
                OptionalLong.empty());
    }

    private SimulatedProcess.Plan wild(boolean service, long expected) {
        int share = chance(10) ? between(100, 220) : between(20, 105);
        return new SimulatedProcess.Plan(
                chance(90) ? between(1, 200) : between(1, 4_000),
                chance(4) ? Optional.of(failure()) : Optional.empty(),
                service ? serviceRun() : jobRun(),
                exit(service),
                chance(8) ? between(1, 3) : 0,
                chance(60) ? OptionalLong.of(between(1, 15_000)) : OptionalLong.empty(),
                chance(12),
                chance(90) ? between(1, 1_500) : between(1, 14_000),
                stopped(),
                readyDelay(),
                expected / 100 * share,
                between(1, 20_000),
                chance(15) ? OptionalLong.of(between(1, 20_000)) : OptionalLong.empty());
    }

    private StartFailure failure() {
        StartFailure.Cause[] causes = StartFailure.Cause.values();
        return new StartFailure(causes[random.nextInt(causes.length)], "cannot be started");
    }

    private OptionalLong jobRun() {
        int draw = random.nextInt(100);
        if (draw < 65) {
            return OptionalLong.of(between(1, 8_000));
        }
        if (draw < 92) {
            return OptionalLong.of(between(1, draw < 85 ? 30_000 : 90_000));
        }
        return OptionalLong.empty();
    }

    private OptionalLong serviceRun() {
        int draw = random.nextInt(100);
        if (draw < 45) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(draw < 75 ? between(1, 20_000) : between(50_000, 150_000));
    }

    private ExitStatus exit(boolean service) {
        int draw = random.nextInt(100);
        if (draw < (service ? 25 : 70)) {
            return new ExitStatus.Code(0);
        }
        if (draw < 85) {
            return new ExitStatus.Code(1);
        }
        if (draw < 92) {
            return new ExitStatus.Code(75);
        }
        return draw < 96 ? new ExitStatus.Signaled(11) : new ExitStatus.Unknown("its shim is gone");
    }

    private ExitStatus stopped() {
        int draw = random.nextInt(100);
        return draw < 70 ? new ExitStatus.Signaled(15) : new ExitStatus.Code(draw < 85 ? 143 : 0);
    }

    private OptionalLong readyDelay() {
        int draw = random.nextInt(100);
        if (draw < 10) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(draw < 85 ? between(1, 4_000) : between(1, 30_000));
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }
}
