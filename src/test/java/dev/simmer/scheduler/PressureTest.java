package dev.simmer.scheduler;

import static dev.simmer.scheduler.Kitchen.GIB;
import static dev.simmer.scheduler.Kitchen.job;
import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.model.ExitStatus;
import dev.simmer.model.Kind;
import dev.simmer.model.Limits;
import dev.simmer.model.MemoryEstimate;
import dev.simmer.model.MemorySource;
import dev.simmer.model.Stall;
import dev.simmer.model.TaskSpec;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * What becomes of tasks when memory runs short: one story each, on a host of 16 GiB with a reserve
 * of 1 GiB. So memory is tight below 512 MiB, calm from 768 MiB on, critical below 128 MiB.
 */
class PressureTest {
    private static final Duration A_MOMENT = Duration.ofMillis(250);

    private static Duration seconds(double count) {
        return Duration.ofMillis((long) (count * 1_000));
    }

    private static HostReading host(double availableGib, Stall memory, Stall io, double load) {
        return new HostReading(16 * GIB, (long) (availableGib * GIB), memory, io, load);
    }

    private static HostReading host(double availableGib) {
        return host(availableGib, Stall.NONE, Stall.NONE, -1);
    }

    /** Heavy jobs that run, each using 3 GiB of the 4 that it was promised. */
    private static Kitchen heavy(String... names) {
        Kitchen k = Kitchen.with(15);
        java.util.TreeMap<String, Double> used = new java.util.TreeMap<>();
        for (String name : names) {
            k.submit(job(name).memory(GIB * 4));
            k.runs(name).after(seconds(1));
            used.put(name, 3.0);
        }
        return k.look(3_500, host(5), used).look(3_500, host(5), used);
    }

    @Nested
    class WhileTight {
        @Test
        void nothingHeavyStarts() {
            Kitchen k = Kitchen.with(15);
            k.submit(job("small"));
            k.runs("small").looks(A_MOMENT, 0.4);
            k.submit(job("build").heavy(true), job("lint"));
            assertThat(k.did()).isEmpty();
            assertThat(k.says("lint")).startsWith("waiting: waits for memory: needs 0 B, 0 B free");
            assertThat(k.says("build"))
                    .isEqualTo(
                            "waiting: heavy work is held back: 410 MiB available, below half the"
                                    + " reserve of 1.0 GiB");
            assertThat(k.pressure())
                    .isEqualTo("410 MiB available, below half the reserve of 1.0 GiB");
            k.looks(seconds(2), 2);
            assertThat(k.did()).containsExactly("spawn lint.1");
            assertThat(k.pressure())
                    .isEqualTo(
                            "2.0 GiB available, was short of the reserve of 1.0 GiB a moment ago");
            k.looks(A_MOMENT, 2);
            assertThat(k.did()).containsExactly("spawn build.1");
            assertThat(k.pressure()).isEmpty();
        }

        @Test
        void theYoungestIsPausedAtOnceAndThenAnotherEveryThreeSeconds() {
            Kitchen k = heavy("old", "young");
            k.looks(A_MOMENT, 0.4);
            assertThat(k.did())
                    .containsExactly(
                            "STOP young.1",
                            "young paused: 410 MiB available, below half the reserve of 1.0 GiB");
            assertThat(k.says("young"))
                    .isEqualTo(
                            "paused: paused because memory is short: 410 MiB available, below half"
                                    + " the reserve of 1.0 GiB");
            k.looks(seconds(2.75), 0.4);
            assertThat(k.did()).isEmpty();
            k.looks(A_MOMENT, 0.4);
            assertThat(k.did()).contains("STOP old.1");
        }

        @Test
        void theKernelsWordCounts() {
            Kitchen k = heavy("build");
            k.look(250, host(5, new Stall(0.3, 0.05), Stall.NONE, -1), Map.of());
            assertThat(k.did()).isEmpty();
            k.look(250, host(5, new Stall(0.25, 0.2), Stall.NONE, -1), Map.of());
            assertThat(k.did())
                    .containsExactly(
                            "STOP build.1",
                            "build paused: 5.0 GiB available, and processes waited for memory 25 %"
                                    + " of the time");
        }

        @Test
        void fallingFastEnoughCounts() {
            Kitchen k = heavy("build");
            k.look(1_000, host(3), Map.of());
            assertThat(k.did()).isEmpty();
            k.look(1_000, host(1.2), Map.of());
            assertThat(k.did())
                    .containsExactly(
                            "STOP build.1",
                            "build paused: 1.2 GiB available, falling by 1.8 GiB a second");
        }

        @Test
        void growthThatWasPromisedDoesNotCount() {
            Kitchen k = heavy("build");
            k.look(1_000, host(1.2), Map.of("build", 3.0));
            k.look(1_000, host(1.1), Map.of("build", 4.0));
            k.look(500, host(1.1), Map.of("build", 4.0));
            k.look(500, host(0.9), Map.of("build", 4.0));
            assertThat(k.did()).isEmpty();
        }

        @Test
        void servicesAndWhoSaysSoAreNotTouched() {
            Kitchen k = Kitchen.with(15).limits(9, 0);
            k.submit(
                    job("dev").kind(Kind.SERVICE).memory(GIB * 2),
                    job("precious").memory(GIB * 2).evictable(false),
                    job("small"),
                    job("cache").kind(Kind.SERVICE).memory(GIB * 2).evictable(true));
            k.runs("dev", "precious", "small", "cache");
            k.looks(seconds(4), 0.4);
            assertThat(k.did()).contains("STOP cache.1").hasSize(2);
            k.look(
                    6_000,
                    host(0.05),
                    Map.of("dev", 2.0, "precious", 2.0, "small", 0.5, "cache", 0.01));
            k.looks(seconds(20), 0.05);
            assertThat(k.did()).as("it uses too little to help").isEmpty();
        }

        @Test
        void aSmallTaskThatHasGrownIsHeavyToo() {
            Kitchen k = Kitchen.with(15);
            k.submit(job("small").memory(GIB / 10));
            k.runs("small").look(1_000, host(0.4), Map.of("small", 2.0));
            assertThat(k.did()).contains("STOP small.1");
        }

        @Test
        void ofAJobThatHasOutgrownItsEstimateHalfAsMuchAgainIsExpected() {
            Kitchen k = Kitchen.with(15);
            k.submit(job("light"), job("build").memory(GIB * 2));
            k.runs("light", "build").look(3_500, host(5), Map.of("build", 4.0));
            assertThat(k.task("build").expected().bytes()).isEqualTo(GIB * 2);
            k.looks(A_MOMENT, 0.4);
            assertThat(k.did())
                    .containsExactly(
                            "build uses 4.0 GiB of the 2.0 GiB expected: expects 6.0 GiB from now"
                                    + " on",
                            "STOP build.1",
                            "build paused: 410 MiB available, below half the reserve of 1.0 GiB");
            assertThat(k.task("build").expected().source()).isEqualTo(MemorySource.RAISED);
            k.looks(seconds(3), 2);
            assertThat(k.did()).as("it does not fit").isEmpty();
            k.look(250, host(0.4), Map.of("build", 6.5));
            assertThat(k.task("build").expected().bytes()).as("a tenth").isEqualTo(GIB * 6);
        }

        @Test
        void timeoutsDoNotRun() {
            Kitchen k = Kitchen.with(15);
            k.submit(job("build").memory(GIB * 4).timeout(seconds(10)));
            k.runs("build").looks(seconds(20), 0.4);
            assertThat(k.says("build")).startsWith("paused");
            k.looks(seconds(2.25), 12);
            assertThat(k.says("build")).isEqualTo("running");
            k.after(seconds(9));
            assertThat(k.says("build")).isEqualTo("running");
            k.after(seconds(1));
            assertThat(k.says("build")).startsWith("stopping: ran longer than");
        }
    }

    @Nested
    class WhenItGetsWorse {
        @Test
        void theYoungestIsEndedAndQueuedAgain() {
            Kitchen k = heavy("old", "young");
            k.looks(seconds(4), 0.1);
            assertThat(k.says("old")).startsWith("paused");
            k.looks(seconds(1.25), 0.1);
            assertThat(k.did())
                    .containsExactly(
                            "kill young.1",
                            "young ended at 3.0 GiB and queued again: 102 MiB available, below half"
                                    + " the reserve of 1.0 GiB");
            assertThat(k.says("young"))
                    .isEqualTo("stopping: memory is short, frees 3.0 GiB: SIGKILL sent");
            k.exits("young", new ExitStatus.Signaled(9), 0, 0.5);
            Task young = k.task("young");
            assertThat(young.history().getLast().outcome().reason())
                    .isEqualTo(
                            "ended at 3.0 GiB because memory was short; queued again, expecting"
                                    + " 4.5 GiB");
            assertThat(young.expected().source()).isEqualTo(MemorySource.RAISED);
            assertThat(young.repeats()).isZero();
            assertThat(young.state()).isInstanceOf(TaskState.Queued.class);
            k.looks(seconds(2), 0.1);
            assertThat(k.did()).as("at most one every five seconds").isEmpty();
        }

        @Test
        void whatOthersTakeAndKeepCostsNoWork() {
            Kitchen k = heavy("old", "young");
            k.looks(seconds(25), 0.24);
            assertThat(k.did()).containsSubsequence("STOP young.1", "STOP old.1").hasSize(4);
            k.looks(seconds(300), 0.24);
            assertThat(k.did()).isEmpty();
            k.looks(A_MOMENT, 0.2);
            assertThat(k.did()).isEmpty();
            k.looks(A_MOMENT, 0.19);
            assertThat(k.did()).contains("kill young.1");
        }

        @Test
        void onlyWhoBringsBackHalfTheReserveIsEnded() {
            Kitchen k = Kitchen.with(15);
            k.submit(job("old").memory(GIB * 2), job("young").memory(GIB * 2));
            k.runs("old", "young");
            k.look(1_000, host(9), Map.of("old", 0.45, "young", 0.35));
            k.looks(seconds(60), 0.1);
            assertThat(k.did()).contains("kill old.1").doesNotContain("kill young.1");
        }

        @Test
        void whoUsesMostOfTheHostAndLeavesNoRoomIsEndedAndRunsAlone() {
            Kitchen k = Kitchen.with(15);
            k.submit(job("big").memory(GIB * 12));
            k.runs("big").look(3_500, host(3), Map.of("big", 11.0));
            k.looks(seconds(30), 0.2);
            assertThat(k.did()).doesNotContain("CONT big.1", "kill big.1").contains("STOP big.1");
            k.looks(A_MOMENT, 0.2);
            assertThat(k.did()).contains("kill big.1");
            k.exits("big", new ExitStatus.Signaled(9), 0, 0.5).looks(seconds(5), 15);
            assertThat(k.did()).contains("spawn big.2");
            k.runs("big").looks(seconds(60), 0.2);
            assertThat(k.did()).isEmpty();
        }

        @Test
        void nobodyGoesOnRegardlessWithoutAQuarterOfTheReserve() {
            Kitchen k = heavy("only");
            k.looks(seconds(300), 0.2);
            assertThat(k.did()).contains("STOP only.1").doesNotContain("CONT only.1");
            k.looks(A_MOMENT, 0.3);
            assertThat(k.did()).contains("CONT only.1");
        }

        @Test
        void theLastOneGoesOnRegardlessAfterAWhileAndIsNotTouchedAgain() {
            Kitchen k = heavy("only");
            k.looks(seconds(29), 0.4);
            assertThat(k.says("only")).startsWith("paused");
            k.looks(seconds(2), 0.4);
            assertThat(k.did())
                    .containsExactly(
                            "CONT only.1",
                            "only goes on regardless, as waiting does not help: 410 MiB available,"
                                    + " below half the reserve of 1.0 GiB");
            assertThat(k.says("only"))
                    .isEqualTo(
                            "running: goes on although memory is short, as waiting did not help");
            k.looks(seconds(60), 0.05);
            assertThat(k.did()).isEmpty();
        }

        @Test
        void whatEndsWellJustBeforeItIsKilledHasEndedWell() {
            Kitchen k = heavy("old", "young");
            k.looks(seconds(5.25), 0.1).exits("young", 0);
            assertThat(k.says("young")).isEqualTo("succeeded");
        }

        @Test
        void whoWasEndedThreeTimesRunsAloneAndIsLeftInPeace() {
            Kitchen k = Kitchen.with(15);
            k.submit(job("old").memory(GIB), job("young").memory(GIB));
            k.runs("old");
            for (int i = 0; i < 3; i++) {
                k.runs("young").look(1_000, host(12), Map.of("old", 1.0, "young", 1.0));
                k.looks(seconds(5.5), 0.1).exits("young", new ExitStatus.Signaled(9), 0, 0.5);
                k.looks(seconds(4), 14);
            }
            assertThat(k.says("old")).isEqualTo("running");
            assertThat(k.says("young"))
                    .isEqualTo(
                            "waiting: was ended 3 times because memory was short: runs alone once"
                                    + " 1 task has ended");
            k.exits("old", 0);
            assertThat(k.did()).contains("spawn young.4");
            k.runs("young").look(1_000, host(12), Map.of("young", 3.0)).looks(seconds(30), 0.05);
            assertThat(k.did())
                    .containsExactly(
                            "young uses 3.0 GiB of the 1.5 GiB expected: expects 4.5 GiB from now"
                                    + " on");
        }
    }

    @Nested
    class WhenRoomReturns {
        @Test
        void theyGoOnOneByOneInTheOrderInWhichTheyWereAdmitted() {
            Kitchen k = heavy("old", "young");
            k.looks(seconds(4), 0.4).looks(seconds(2), 5);
            assertThat(k.did()).isEmpty();
            k.looks(A_MOMENT, 5);
            assertThat(k.did())
                    .containsExactly(
                            "CONT old.1",
                            "old goes on: needs 1.0 GiB more, 4.3 GiB free to promise");
            assertThat(k.says("young"))
                    .isEqualTo(
                            "paused: paused because memory was short; needs 1.0 GiB more, 3.3 GiB"
                                    + " free to promise");
            k.looks(seconds(0.75), 5);
            assertThat(k.did()).isEmpty();
            k.looks(A_MOMENT, 5);
            assertThat(k.did()).contains("CONT young.1");
        }

        @Test
        void whoDoesNotFitWaitsForAnotherToEnd() {
            Kitchen k = heavy("old", "young");
            k.looks(seconds(4), 0.4).looks(seconds(4), 2.5);
            assertThat(k.did()).contains("CONT old.1").doesNotContain("CONT young.1");
            k.exits("old", 0).looks(A_MOMENT, 1.5);
            assertThat(k.did()).containsExactly("CONT young.1", "young goes on: nothing else runs");
        }

        @Test
        void whoDoesNotFitWaitsNeitherForLightTasksNorForThoseNobodyMayTouch() {
            Kitchen k = Kitchen.with(15).limits(9, 0);
            k.submit(
                    job("light"),
                    job("precious").memory(GIB * 2).evictable(false),
                    job("build").memory(GIB * 4));
            k.runs("light", "precious", "build");
            k.look(1_000, host(9), Map.of("precious", 2.0, "build", 2.0));
            k.looks(seconds(1), 0.4).looks(seconds(10), 0.9);
            assertThat(k.did()).isEmpty();
            k.looks(seconds(1), 0.9);
            assertThat(k.did())
                    .containsExactly(
                            "CONT build.1",
                            "build goes on: nothing else heavy runs, and memory is calm");
        }

        @Test
        void whoFitsAboveThreeQuartersOfTheReserveGoesOnAtOnce() {
            Kitchen k = Kitchen.with(15);
            k.submit(job("light"), job("build").memory(GIB * 2));
            k.runs("light", "build").look(1_000, host(9), Map.of("build", 1.9));
            k.looks(seconds(1), 0.4).looks(seconds(2.25), 0.9);
            assertThat(k.did()).contains("CONT build.1");
        }

        @Test
        void whoDoesNotFitStandsStillForAWhileSoThatNothingFlaps() {
            Kitchen k = heavy("build");
            k.looks(A_MOMENT, 0.4).looks(seconds(4.75), 0.8);
            assertThat(k.did()).isEmpty();
            k.looks(A_MOMENT, 0.8);
            assertThat(k.did()).containsExactly("CONT build.1", "build goes on: nothing else runs");
        }

        @Test
        void whoStandsStillAfterARestartGoesOn() {
            Kitchen before = heavy("build");
            before.looks(A_MOMENT, 0.4);
            Task saved = before.task("build");
            Kitchen k = new Kitchen();
            var rules = before.state().rules();
            k.decide(new Event.Recovered(k.now(), java.util.List.of(saved), rules));
            k.decide(new Event.Adopted(k.now(), before.attempt("build")));
            k.decide(
                    new Event.Signalled(
                            k.now(), before.attempt("build"), dev.simmer.model.Signal.STOP));
            k.looks(seconds(10), 0.6);
            assertThat(k.did()).isEmpty();
            k.looks(seconds(2.25), 9);
            assertThat(k.did()).contains("CONT build.1");
        }
    }

    @Nested
    class WhatPeopleSay {
        @Test
        void aPauseTurnsOneForMemoryIntoHers() {
            Kitchen k = heavy("build");
            k.looks(A_MOMENT, 0.4).pause("build");
            assertThat(k.did()).isEmpty();
            assertThat(k.says("build")).isEqualTo("paused: paused");
            k.looks(seconds(60), 12);
            assertThat(k.did()).isEmpty();
            k.resume("build");
            assertThat(k.did()).containsExactly("CONT build.1");
            k.looks(A_MOMENT, 0.4);
            assertThat(k.did()).contains("STOP build.1");
        }

        @Test
        void aResumeIsNotUndone() {
            Kitchen k = heavy("build");
            k.looks(A_MOMENT, 0.4).resume("build");
            assertThat(k.did())
                    .containsExactly(
                            "CONT build.1",
                            "build goes on although memory is short, as somebody asked");
            assertThat(k.says("build"))
                    .isEqualTo("running: goes on although memory is short, as somebody asked");
            k.looks(seconds(30), 0.4);
            assertThat(k.did()).isEmpty();
            k.looks(seconds(3), 9);
            assertThat(k.says("build"))
                    .isEqualTo("running: goes on although memory was short, as somebody asked");
        }

        @Test
        void aStopEndsOneThatIsPaused() {
            Kitchen k = heavy("build");
            k.looks(A_MOMENT, 0.4).stop("build");
            assertThat(k.did()).containsExactly("TERM build.1", "CONT build.1");
        }
    }

    @Nested
    class Estimates {
        private static MemoryEstimate learned(long bytes) {
            return new MemoryEstimate(bytes, MemorySource.LEARNED);
        }

        private static Kitchen outOfMemory(TaskSpec.Builder spec) {
            Kitchen k = Kitchen.with(15);
            k.submit(spec.memory(GIB * 2));
            k.runs("build");
            k.decide(
                    new Event.ProcessExited(
                            k.now(),
                            k.attempt("build"),
                            new ExitStatus.Signaled(9),
                            k.now(),
                            0,
                            false,
                            0.5,
                            new KernelMemory(GIB * 3, true, java.util.OptionalLong.empty())));
            return k;
        }

        @Test
        void areRaisedWhenTheKernelHasKilled() {
            Kitchen k = outOfMemory(job("build"));
            assertThat(k.says("build"))
                    .isEqualTo("failed: out of memory: the kernel killed it at 3.0 GiB");
            assertThat(k.task("build").expected())
                    .isEqualTo(Raising.after(learned(GIB * 2), GIB * 3));
        }

        @Test
        void areRaisedToNoLessThanEarlierRunsSuggestAndOnlyByWhatWasUsed() {
            var evidence = new MemoryEstimate.Evidence(3, GIB * 7, GIB * 7, 10, GIB * 8);
            MemoryEstimate declared = learned(GIB * 2).with(java.util.Optional.of(evidence));
            MemoryEstimate raised = Raising.after(declared, GIB);
            assertThat(raised.bytes()).isEqualTo(GIB * 8);
            assertThat(Raising.after(raised, GIB).bytes()).isEqualTo(GIB * 8);
            assertThat(Raising.after(raised, GIB * 6).bytes()).isEqualTo(GIB * 9);
        }

        @Test
        void areNotLoweredUntilAnAttemptHasEndedByItself() {
            Kitchen k = outOfMemory(job("build"));
            Task build = k.task("build");
            long raised = build.expected().bytes();
            assertThat(raised).isEqualTo(GIB / 2 * 9);
            k.decide(new Event.Estimated(k.now(), Map.of(build.id(), learned(GIB * 3))));
            assertThat(k.task("build").expected().bytes()).isEqualTo(raised);
            k.start("build");
            k.runs("build").stop("build");
            k.exits("build", 1);
            k.decide(new Event.Estimated(k.now(), Map.of(build.id(), learned(GIB * 3))));
            assertThat(k.task("build").expected().bytes()).isEqualTo(raised);
            k.start("build");
            k.runs("build").exits("build", 0);
            k.decide(new Event.Estimated(k.now(), Map.of(build.id(), learned(GIB * 3))));
            assertThat(k.task("build").expected()).isEqualTo(learned(GIB * 3));
        }
    }

    @Nested
    class OtherThings {
        @Test
        void heavyWorkWaitsWhileMuchWaitsForTheDisk() {
            Kitchen k = heavy("build");
            k.look(1_000, host(9, Stall.NONE, new Stall(0.5, 0.5), -1), Map.of());
            k.submit(job("next").memory(GIB), job("small"));
            assertThat(k.did()).containsExactly("spawn small.1");
            assertThat(k.says("next"))
                    .isEqualTo(
                            "waiting: heavy work is held back: processes waited for input and"
                                    + " output 50 % of the time");
            assertThat(k.pressure())
                    .isEqualTo("processes waited for input and output 50 % of the time");
            k.look(1_000, host(9, Stall.NONE, new Stall(0.3, 0.3), -1), Map.of());
            assertThat(k.did()).isEmpty();
            k.look(1_000, host(9, Stall.NONE, new Stall(0.1, 0.1), -1), Map.of());
            assertThat(k.did()).containsExactly("spawn next.1");
        }

        @Test
        void butNotForEverWhereNoneOfOursIsToBlame() {
            Kitchen k = Kitchen.with(15);
            k.look(1_000, host(15, Stall.NONE, new Stall(0.5, 0.5), -1), Map.of());
            k.submit(job("next").memory(GIB));
            k.look(29_000, host(15, Stall.NONE, new Stall(0.5, 0.5), -1), Map.of());
            assertThat(k.did()).isEmpty();
            k.look(1_000, host(15, Stall.NONE, new Stall(0.5, 0.5), -1), Map.of());
            assertThat(k.did()).containsExactly("spawn next.1");
        }

        @Test
        void heavyWorkWaitsForTheLoadWhereTheLimitsSaySo() {
            Kitchen k = Kitchen.with(15);
            k.limits(new Limits(3, 0, new Limits.Reserve.Size(GIB), GIB, OptionalDouble.of(4)));
            k.look(1_000, host(15, Stall.NONE, Stall.NONE, 4.2), Map.of());
            k.submit(job("build").memory(GIB), job("small"));
            assertThat(k.did()).containsExactly("spawn small.1");
            assertThat(k.says("build"))
                    .isEqualTo("waiting: heavy work is held back: the load is 4.2, the limit 4.0");
            k.look(1_000, host(15, Stall.NONE, Stall.NONE, 3.9), Map.of());
            assertThat(k.did()).containsExactly("spawn build.1");
        }

        @Test
        void aSmallLimitOfTheLoadIsNotSaidToBeNone() {
            Kitchen k = Kitchen.with(15);
            k.limits(new Limits(3, 0, new Limits.Reserve.Size(GIB), GIB, OptionalDouble.of(0.01)));
            k.look(1_000, host(15, Stall.NONE, Stall.NONE, 0.25), Map.of());
            k.submit(job("build").memory(GIB));
            assertThat(k.says("build"))
                    .isEqualTo(
                            "waiting: heavy work is held back: the load is 0.25, the limit 0.01");
        }

        @Test
        void whoAHeavyPlaceIsKeptForIsNotSaidToHaveIt() {
            Kitchen k = Kitchen.with(15).limits(1, 0);
            k.submit(job("h1").heavy(true), job("h2").heavy(true));
            k.runs("h1").after(seconds(31));
            k.submit(job("h3").heavy(true));
            assertThat(k.says("h2"))
                    .isEqualTo("waiting: waits for a heavy task to end: 1 at once, now h1");
            assertThat(k.says("h3"))
                    .isEqualTo(
                            "waiting: waits for a heavy task to end: 1 at once, now h1; the next"
                                    + " place is kept for h2");
        }
    }
}
