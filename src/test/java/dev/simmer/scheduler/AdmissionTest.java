package dev.simmer.scheduler;

import static dev.simmer.scheduler.Kitchen.GIB;
import static dev.simmer.scheduler.Kitchen.job;
import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.model.Kind;
import dev.simmer.model.Need;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Which of the tasks that wait may start, and what the others say: one story each. */
class AdmissionTest {
    private static Duration seconds(int count) {
        return Duration.ofSeconds(count);
    }

    @Nested
    class Limits {
        @Test
        void allowSoManyAtOnce() {
            Kitchen k = Kitchen.with(8).limits(3, 2);
            k.submit(job("a"), job("b"), job("c"));
            assertThat(k.did()).containsExactly("spawn a.1", "spawn b.1");
            assertThat(k.says("c")).isEqualTo("waiting: waits for a place: 2 of 2 tasks run");
            k.runs("a").exits("a", 0);
            assertThat(k.did()).containsExactly("release a.1", "spawn c.1");
        }

        @Test
        void allowSoManyHeavyOnes() {
            Kitchen k = Kitchen.with(15).limits(1, 0);
            k.submit(job("a").memory(GIB), job("b").heavy(true), job("c"));
            assertThat(k.did()).containsExactly("spawn a.1", "spawn c.1");
            k.host(14, 2);
            assertThat(k.says("b"))
                    .isEqualTo("waiting: waits for a heavy task to end: 1 at once, now a");
        }

        @Test
        void goFirstToWhatTakesLongWithAllThatNeedsIt() {
            Kitchen k = Kitchen.with(8).limits(9, 1);
            k.usually("short", 2_000).usually("long", 60_000).usually("last", 90_000);
            k.submit(
                    job("short").memory(GIB),
                    job("long").memory(GIB),
                    job("first").memory(GIB),
                    job("last").memory(GIB).need("first", Need.Condition.SUCCEEDED));
            assertThat(k.did()).containsExactly("spawn first.1");
            k.runs("first").exits("first", 0);
            assertThat(k.did()).containsExactly("release first.1", "spawn last.1");
            k.runs("last").exits("last", 0);
            assertThat(k.did()).containsExactly("release last.1", "spawn long.1");
            k.runs("long").exits("long", 0);
            assertThat(k.did()).containsExactly("release long.1", "spawn short.1");
        }

        @Test
        void giveALockToOneAtATime() {
            Kitchen k = Kitchen.with(8);
            k.submit(job("a").lock("git"), job("b").lock("git"));
            assertThat(k.says("b")).isEqualTo("waiting: waits for lock git, held by a");
            k.runs("a").exits("a", 0);
            assertThat(k.did()).containsExactly("release a.1", "spawn b.1");
        }

        @Test
        void keepLocksForWhoHasWaitedLong() {
            Kitchen k = Kitchen.with(8);
            k.submit(job("a").lock("db"), job("both").lock("db").lock("git"));
            k.runs("a").after(seconds(31)).submit(job("late").lock("git"));
            assertThat(k.says("late"))
                    .isEqualTo(
                            "waiting: waits for lock git, kept for both, which has waited longer");
        }

        @Test
        void keepNothingForWhoWaitsForAServer() {
            Kitchen k = Kitchen.with(8);
            k.submit(job("dev").kind(Kind.SERVICE).lock("db"), job("both").lock("db").lock("git"));
            k.runs("dev").after(seconds(31)).submit(job("late").lock("git"));
            assertThat(k.did()).containsExactly("spawn late.1");
        }

        @Test
        void startByPriorityButNotForEver() {
            Kitchen k = Kitchen.with(8).limits(3, 1);
            k.submit(job("now"), job("low").priority(-1));
            k.after(seconds(240)).submit(job("high"));
            k.runs("now").exits("now", 0);
            assertThat(k.did()).contains("spawn high.1");
            k.after(seconds(61)).submit(job("other"));
            k.runs("high").exits("high", 0);
            assertThat(k.did()).contains("spawn low.1");
        }
    }

    @Nested
    class Memory {
        @Test
        void isPromisedOnce() {
            Kitchen k = Kitchen.with(4.2);
            k.submit(job("build").memory(GIB * 2), job("test").memory(GIB * 2));
            assertThat(k.did()).containsExactly("spawn build.1");
            k.runs("build").host(3.1, 1.1);
            assertThat(k.says("test"))
                    .isEqualTo(
                            "waiting: waits for memory: needs 2.0 GiB, 1.2 GiB free to promise,"
                                    + " 922 MiB held for build");
            k.exits("build", 0);
            assertThat(k.did()).containsExactly("release build.1", "spawn test.1");
        }

        @Test
        void isLookedAtSoonWhenSomebodyWaitsForItAndATaskEnds() {
            Kitchen k = Kitchen.with(4);
            k.submit(job("build").memory(GIB * 2), job("test").memory(GIB * 2));
            k.runs("build").host(2, 2).exits("build", 0);
            assertThat(k.did()).containsExactly("release build.1", "sample host");
            k.host(4);
            assertThat(k.did()).containsExactly("spawn test.1");
        }

        @Test
        void mustBeKnownFirst() {
            Kitchen k = new Kitchen();
            k.submit(job("a"));
            assertThat(k.says("a"))
                    .isEqualTo("waiting: waits for the first look at the host's memory");
            k.host(8);
            assertThat(k.did()).containsExactly("spawn a.1");
        }

        @Test
        void mayBeTakenBySmallTasksThatPassABigOneForAWhile() {
            Kitchen k = Kitchen.with(8);
            k.submit(job("old").memory(GIB * 4), job("big").memory(GIB * 6));
            k.runs("old").after(seconds(29)).submit(job("small").memory(GIB * 2));
            assertThat(k.did()).containsExactly("spawn small.1");
            k.runs("small").exits("small", 0).after(seconds(2));
            k.submit(job("next").memory(GIB * 2));
            assertThat(k.did()).isEmpty();
            assertThat(k.says("next"))
                    .isEqualTo(
                            "waiting: waits for memory: needs 2.0 GiB, and the room is kept for"
                                    + " big, which has waited longer");
            k.exits("old", 0);
            assertThat(k.did()).contains("spawn big.1");
        }

        @Test
        void ofATaskTooBigForTheHostIsThatOfOneThatRunsAlone() {
            Kitchen k = Kitchen.with(14);
            k.submit(job("small"), job("huge").memory(GIB * 20));
            assertThat(k.says("huge"))
                    .isEqualTo(
                            "waiting: too big to share this host: needs 20.0 GiB of 15.0 GiB,"
                                    + " runs alone once 1 task has ended");
            k.runs("small").exits("small", 0);
            assertThat(k.did()).contains("spawn huge.1");
            assertThat(k.says("huge"))
                    .isEqualTo(
                            "starting: expects 20.0 GiB, more than the host has free; runs alone");
        }

        @Test
        void thatOtherProgramsUseIsNotWaitedForForEver() {
            Kitchen k = Kitchen.with(2);
            k.submit(job("build").memory(GIB * 4));
            assertThat(k.says("build"))
                    .isEqualTo("waiting: waits for memory: needs 4.0 GiB, 1.0 GiB free to promise");
            k.after(seconds(31)).host(2);
            assertThat(k.did()).containsExactly("spawn build.1");
        }
    }
}
