package dev.simmer.scheduler;

import static dev.simmer.scheduler.Kitchen.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.simmer.model.Backoff;
import dev.simmer.model.ExitStatus;
import dev.simmer.model.Kind;
import dev.simmer.model.Need;
import dev.simmer.model.Outcome;
import dev.simmer.model.Readiness;
import dev.simmer.model.Reply;
import dev.simmer.model.RestartPolicy;
import dev.simmer.model.RetryPolicy;
import dev.simmer.model.StartFailure;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The rules of needs, repeats, stops and pauses, one story each. */
class SchedulerTest {
    private static final Backoff SECONDS =
            new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(30));

    private static Duration seconds(int count) {
        return Duration.ofSeconds(count);
    }

    private static RetryPolicy twice(Integer... codes) {
        return new RetryPolicy(2, SECONDS, new TreeSet<>(Set.of(codes)), Optional.empty());
    }

    private static TaskSpec.Builder server(String name) {
        return job(name)
                .kind(Kind.SERVICE)
                .ready(new Readiness(new Readiness.Probe.Tcp(3000), seconds(60)));
    }

    @Nested
    class Needs {
        @Test
        void waitUntilTheOtherSucceeds() {
            Kitchen k = Kitchen.with(8);
            k.submit(job("check"), job("build").need("check", Need.Condition.SUCCEEDED));
            assertThat(k.did()).containsExactly("spawn check.1");
            assertThat(k.says("build")).isEqualTo("waiting: waits for check to succeed");
            k.runs("check").exits("check", 0);
            assertThat(k.did()).containsExactly("release check.1", "spawn build.1");
        }

        @Test
        void waitUntilAServerIsReady() {
            Kitchen k = Kitchen.with(8);
            k.submit(server("dev"), job("e2e").need("dev", Need.Condition.READY));
            k.runs("dev");
            assertThat(k.did()).containsExactly("probe dev.1");
            assertThat(k.says("dev")).isEqualTo("running: waits for TCP port 3000");
            assertThat(k.says("e2e")).isEqualTo("waiting: waits for dev to be ready");
            k.ready("dev");
            assertThat(k.says("dev")).isEqualTo("ready");
            assertThat(k.did()).containsExactly("spawn e2e.1");
        }

        @Test
        void skipWhatDependsOnAFailureAndWhatDependsOnThat() {
            Kitchen k = Kitchen.with(8);
            k.submit(
                    job("check"),
                    job("build").need("check", Need.Condition.SUCCEEDED),
                    job("ship").need("build", Need.Condition.SUCCEEDED),
                    job("tidy").need("ship", Need.Condition.FINISHED));
            k.runs("check").exits("check", 1);
            assertThat(k.says("check")).isEqualTo("failed: exit code 1");
            assertThat(k.says("build")).isEqualTo("skipped: needs check, which failed");
            assertThat(k.says("ship")).isEqualTo("skipped: needs build, which was skipped");
            assertThat(k.did()).containsExactly("release check.1", "spawn tidy.1");
        }

        @Test
        void reviveWhatWasSkippedWhenTheFailureIsRestarted() {
            Kitchen k = Kitchen.with(8);
            k.submit(
                    job("check"),
                    job("build").need("check", Need.Condition.SUCCEEDED),
                    job("ship").need("build", Need.Condition.SUCCEEDED));
            k.runs("check").exits("check", 1).restart("check");
            assertThat(k.says("build")).isEqualTo("waiting: waits for check to succeed");
            assertThat(k.says("ship")).isEqualTo("waiting: waits for build to succeed");
        }

        @Test
        void leaveAloneWhatSomebodyStopped() {
            Kitchen k = Kitchen.with(8);
            k.submit(
                    job("check"),
                    job("dev"),
                    job("build")
                            .need("check", Need.Condition.SUCCEEDED)
                            .need("dev", Need.Condition.SUCCEEDED));
            k.runs("check", "dev").stop("dev");
            k.exits("dev", 143).exits("check", 1).restart("check");
            assertThat(k.did()).containsExactly("spawn check.2");
            assertThat(k.says("dev")).isEqualTo("killed: stopped");
            assertThat(k.says("build")).startsWith("skipped: ");
        }

        @Test
        void startWhatIsNeededToo() {
            Kitchen k = Kitchen.with(8);
            k.submit(
                    server("db").autostart(false),
                    job("test").need("db", Need.Condition.READY).autostart(false));
            assertThat(k.says("test")).isEqualTo("waiting: waits to be started");
            k.start("test");
            assertThat(k.did()).containsExactly("spawn db.1");
            k.runs("db").stop("db");
            assertThat(k.says("test")).isEqualTo("waiting: waits for db to be ready");
            k.exits("db", 0);
            assertThat(k.says("test")).isEqualTo("skipped: needs db, which was stopped");
        }

        @Test
        void bringBackAServerThatIsJustBeingStopped() {
            Kitchen k = Kitchen.with(8);
            k.submit(server("db"), job("test").need("db", Need.Condition.READY).autostart(false));
            k.runs("db").stop("db");
            k.start("test");
            k.exits("db", 0);
            assertThat(k.did()).containsExactly("release db.1", "spawn db.2");
        }

        @Test
        void countAStartWhoseNewsComesAfterTheEnd() {
            Kitchen k = Kitchen.with(8);
            k.submit(job("quick"), job("next").need("quick", Need.Condition.STARTED));
            k.exits("quick", 1);
            assertThat(k.did()).containsExactly("release quick.1", "spawn next.1");
        }

        @Test
        void mustExistAndFormNoCircle() {
            Kitchen k = Kitchen.with(8);
            assertThat(k.submit(job("a").need("b", Need.Condition.SUCCEEDED)))
                    .isEqualTo(new Reply.Refused("a needs b, which does not exist"));
            assertThat(
                            k.submit(
                                    job("a").need("b", Need.Condition.SUCCEEDED),
                                    job("b").need("a", Need.Condition.SUCCEEDED)))
                    .isEqualTo(new Reply.Refused("tasks need one another in a circle: a, b"));
        }
    }

    @Nested
    class Repeats {
        @Test
        void retryAFailureAsOftenAsThePolicySays() {
            Kitchen k = Kitchen.with(8);
            k.submit(job("flaky").retry(twice()).keepTmpOnFailure(true));
            k.runs("flaky").exits("flaky", 1);
            assertThat(k.did()).containsExactly("release flaky.1, keep tmp");
            assertThat(k.says("flaky")).isEqualTo("backoff: retry 1 of 2 in 1.0s: exit code 1");
            k.after(seconds(1));
            assertThat(k.did()).containsExactly("spawn flaky.2");
            k.runs("flaky").exits("flaky", 1);
            assertThat(k.says("flaky")).isEqualTo("backoff: retry 2 of 2 in 2.0s: exit code 1");
            k.after(seconds(2)).runs("flaky").exits("flaky", 1);
            assertThat(k.says("flaky")).isEqualTo("failed: exit code 1");
            assertThat(k.task("flaky").history()).hasSize(3);
        }

        @Test
        void retryOnlyWhatIsWorthIt() {
            Kitchen k = Kitchen.with(8);
            k.submit(job("a").retry(twice(75)), job("b").retry(twice(75)));
            k.runs("a", "b").exits("a", 75).exits("b", 1);
            assertThat(k.says("a")).startsWith("backoff: ");
            assertThat(k.says("b")).isEqualTo("failed: exit code 1");
        }

        @Test
        void doNotRetryACommandThatDoesNotExist() {
            Kitchen k = Kitchen.with(8);
            k.submit(job("a").retry(twice()), job("b").retry(twice()));
            var missing = new StartFailure(StartFailure.Cause.NO_SUCH_COMMAND, "no such command");
            var full = new StartFailure(StartFailure.Cause.DISK_FULL, "the disk is full");
            k.decide(new Event.StartFailed(k.now(), k.attempt("a"), missing, 0.5));
            k.decide(new Event.StartFailed(k.now(), k.attempt("b"), full, 0.5));
            assertThat(k.says("a")).isEqualTo("failed: no such command");
            assertThat(k.says("b")).isEqualTo("backoff: retry 1 of 2 in 1.0s: the disk is full");
        }

        @Test
        void forgetRestartsAfterAHealthyMinuteAlsoWithLeftovers() {
            Kitchen k = Kitchen.with(8);
            var always = new RestartPolicy(RestartPolicy.On.ALWAYS, 1, SECONDS);
            k.submit(job("dev").kind(Kind.SERVICE).restart(always));
            k.runs("dev").exits("dev", 1).after(seconds(1)).runs("dev").after(seconds(60));
            k.exits("dev", new ExitStatus.Code(1), 1, 0.5);
            assertThat(k.says("dev"))
                    .isEqualTo(
                            "stopping: ended, but left processes behind: SIGTERM sent, SIGKILL in"
                                    + " 10s");
            k.gone("dev");
            assertThat(k.says("dev")).isEqualTo("backoff: restart 1 of 1 in 1.0s: exit code 1");
            k.after(seconds(1)).runs("dev").after(seconds(59)).exits("dev", 1);
            assertThat(k.says("dev")).isEqualTo("failed: exit code 1");
        }

        @Test
        void keepTheFailureWhenANeedGoesAway() {
            Kitchen k = Kitchen.with(8);
            k.submit(server("db"), job("test").need("db", Need.Condition.READY).retry(twice()));
            k.runs("db").ready("db").runs("test").exits("test", 1).stop("db");
            k.exits("db", 0).after(seconds(1));
            assertThat(k.says("test")).isEqualTo("failed: exit code 1");
        }

        @Test
        void canBeCancelled() {
            Kitchen k = Kitchen.with(8);
            k.submit(job("flaky").retry(twice()));
            k.runs("flaky").exits("flaky", 1).stop("flaky");
            assertThat(k.says("flaky"))
                    .isEqualTo(
                            "killed: cancelled before its next attempt; the last one: exit code 1");
            assertThat(k.after(seconds(60)).did()).isEmpty();
        }
    }

    @Nested
    class Stops {
        @Test
        void askFirstAndKillAfterTheGracePeriod() {
            Kitchen k = Kitchen.with(8);
            k.submit(job("a"));
            k.runs("a").stop("a");
            assertThat(k.did()).containsExactly("TERM a.1");
            assertThat(k.says("a")).isEqualTo("stopping: SIGTERM sent, SIGKILL in 10s");
            assertThat(k.after(Duration.ofMillis(9_999)).did()).isEmpty();
            assertThat(k.after(Duration.ofMillis(1)).did()).containsExactly("kill a.1");
            assertThat(k.says("a")).isEqualTo("stopping: SIGKILL sent");
            k.exits("a", new ExitStatus.Signaled(9), 2, 0.5);
            assertThat(k.did()).isEmpty();
            assertThat(k.gone("a").did()).containsExactly("release a.1");
            assertThat(k.says("a")).isEqualTo("killed: stopped");
        }

        @Test
        void killAtOnceWhereSomebodySaysSo() {
            Kitchen k = Kitchen.with(8);
            k.submit(job("a"));
            k.runs("a").stop("a");
            k.kill("a");
            assertThat(k.did()).containsExactly("kill a.1");
        }

        @Test
        void reachATaskThatHasNotStartedYet() {
            Kitchen k = Kitchen.with(8);
            k.submit(job("a"));
            k.stop("a");
            assertThat(k.did()).containsExactly("TERM a.1");
            k.runs("a").exits("a", 143);
            assertThat(k.says("a")).isEqualTo("killed: stopped");
        }

        @Test
        void followATimeout() {
            Kitchen k = Kitchen.with(8);
            k.submit(job("a").timeout(seconds(20)));
            assertThat(k.runs("a").after(seconds(20)).did()).containsExactly("TERM a.1");
            assertThat(k.exits("a", 0).says("a"))
                    .isEqualTo("timed-out: ran longer than its timeout of 20s");
        }

        @Test
        void obeyTheNewestWish() {
            Kitchen k = Kitchen.with(8);
            k.submit(job("a"));
            k.runs("a").restart("a");
            assertThat(k.says("a")).startsWith("stopping: restart: ");
            k.stop("a");
            assertThat(k.start("a")).isEqualTo(new Reply.Accepted(List.of(k.task("a").id())));
            k.exits("a", 143);
            assertThat(k.did()).containsExactly("release a.1", "spawn a.2");
            assertThat(k.task("a").history().getLast().outcome())
                    .isEqualTo(new Outcome.Stopped("stopped for a restart"));
        }

        @Test
        void areAllOrNothing() {
            Kitchen k = Kitchen.with(8);
            k.submit(job("a"));
            Set<TaskId> ids = Set.of(k.task("a").id(), new TaskId(99));
            assertThat(k.ask(new Event.StopRequested(k.now(), ids, false)))
                    .isEqualTo(new Reply.Refused("there is no task 99"));
            assertThat(k.did()).isEmpty();
        }

        @Test
        void endEverythingAtTheFirstFailureWhereTheRunSaysSo() {
            Kitchen k = Kitchen.with(8).limits(3, 3).failFast();
            k.submit(job("bad"), job("slow"), job("late").timeout(seconds(5)), job("more"));
            k.runs("bad", "slow", "late").after(seconds(5)).exits("bad", 1);
            assertThat(k.did()).containsExactly("release bad.1", "TERM slow.1");
            assertThat(k.says("slow"))
                    .isEqualTo("stopping: bad failed: SIGTERM sent, SIGKILL in 10s");
            assertThat(k.says("more"))
                    .isEqualTo("skipped: bad failed, and the first failure ends the run");
            assertThat(k.exits("late", 0).says("late"))
                    .isEqualTo("killed: stopped because bad failed");
        }
    }

    @Nested
    class Pauses {
        @Test
        void stopTheClock() {
            Kitchen k = Kitchen.with(8);
            k.submit(job("a").timeout(seconds(20)));
            k.runs("a").after(seconds(15)).pause("a");
            assertThat(k.did()).containsExactly("STOP a.1");
            assertThat(k.says("a")).isEqualTo("paused: paused");
            assertThat(k.after(seconds(600)).did()).isEmpty();
            k.resume("a");
            assertThat(k.did()).containsExactly("CONT a.1");
            assertThat(k.after(Duration.ofMillis(4_999)).did()).isEmpty();
            assertThat(k.after(Duration.ofMillis(1)).did()).containsExactly("TERM a.1");
        }

        @Test
        void letAStopThrough() {
            Kitchen k = Kitchen.with(8);
            k.submit(job("a"));
            k.runs("a").pause("a");
            k.stop("a");
            assertThat(k.did()).containsExactly("TERM a.1", "CONT a.1");
        }
    }

    @Test
    void newsOfAnOldAttemptChangeNothing() {
        Kitchen k = Kitchen.with(8);
        k.submit(server("dev").restart(new RestartPolicy(RestartPolicy.On.ALWAYS, 3, SECONDS)));
        var old = k.attempt("dev");
        k.runs("dev").exits("dev", 1).after(seconds(1)).runs("dev");
        TaskState before = k.task("dev").state();
        k.decide(new Event.BecameReady(k.now(), old));
        k.decide(
                new Event.ProcessExited(
                        k.now(), old, new ExitStatus.Code(0), k.now(), 0, false, 0));
        assertThat(k.task("dev").state()).isEqualTo(before);
    }

    @Test
    void timeNeverGoesBack() {
        Kitchen k = Kitchen.with(8);
        assertThatThrownBy(() -> k.decide(new Event.TimePassed(k.now() - 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("time went back: 1000 to 999");
    }
}
