package dev.simmer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.engine.ports.Clock;
import dev.simmer.engine.ports.ClockMark;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class EngineTimeTest {
    private static final long HOUR = 3_600_000;

    private final SetClock clock = new SetClock();

    /** A clock that shows what the test says. */
    private static final class SetClock implements Clock {
        long millis = 50_000;
        long wall = 1_000_000;
        String boot = "first";

        @Override
        public long millis() {
            return millis;
        }

        @Override
        public Instant wall() {
            return Instant.ofEpochMilli(wall);
        }

        @Override
        public String boot() {
            return boot;
        }

        void passes(long time) {
            millis += time;
            wall += time;
        }
    }

    private EngineTime after(EngineTime before, long atLeast) {
        EngineTime time = new EngineTime(clock);
        time.goOn(List.of(before.mark()), atLeast);
        return time;
    }

    private static Instant wall(long millis) {
        return Instant.ofEpochMilli(millis);
    }

    @Test
    void goesOnInTheNextProcess() {
        EngineTime first = new EngineTime(clock);
        clock.passes(700);
        assertThat(first.now()).isEqualTo(700);
        EngineTime second = after(first, 0);
        assertThat(second.now()).isEqualTo(700);
        clock.passes(300);
        assertThat(second.now()).isEqualTo(1_000);
        assertThat(second.mark()).as("nothing has moved").isEqualTo(first.mark());
        assertThat(second.wall(700)).isEqualTo(wall(1_000_700));
        assertThat(second.sinceBoot(0)).isTrue();
    }

    @Test
    void goesOnByTheTimeOfDayWhenTheMachineWasStartedAnew() {
        EngineTime first = new EngineTime(clock);
        clock.boot = "second";
        clock.millis = 10;
        clock.wall += HOUR;
        EngineTime second = after(first, 0);
        assertThat(second.now()).isEqualTo(HOUR);
        assertThat(second.mark()).isEqualTo(new ClockMark("second", HOUR, 10, 1_000_000 + HOUR));
        assertThat(second.sinceBoot(HOUR - 1)).isFalse();
        assertThat(second.sinceBoot(HOUR)).isTrue();
    }

    @Test
    void neverGoesBack() {
        EngineTime first = new EngineTime(clock);
        clock.boot = "second";
        clock.millis = 10;
        clock.wall -= HOUR;
        assertThat(after(first, 0).now()).as("the clock was set back").isZero();
        assertThat(after(first, 4_000).now()).as("a task has seen more").isEqualTo(4_000);
    }

    @Test
    void tellsTheTimeOfDayFromBothSidesOfASuspendedMachine() {
        EngineTime time = new EngineTime(clock);
        clock.passes(1_000);
        clock.wall += HOUR;
        time.look();
        clock.passes(1_000);
        assertThat(time.wall(500)).isEqualTo(wall(1_000_500));
        assertThat(time.wall(1_500)).isEqualTo(wall(1_001_500 + HOUR));
        assertThat(time.at(wall(1_000_500))).isEqualTo(500);
        assertThat(time.at(wall(1_001_500 + HOUR))).isEqualTo(1_500);
        assertThat(time.at(wall(1_000_000 + HOUR / 2))).as("while it slept").isEqualTo(1_000);
        assertThat(time.at(wall(5_000_000 + HOUR))).as("not yet").isEqualTo(2_000);
    }

    @Test
    void takesNoNoticeOfAClockThatIsKeptRight() {
        EngineTime time = new EngineTime(clock);
        ClockMark mark = time.mark();
        clock.wall += 900;
        time.look();
        assertThat(time.mark()).isEqualTo(mark);
        clock.wall += 200;
        time.look();
        assertThat(time.mark().wallMillis()).isEqualTo(1_001_100);
    }
}
