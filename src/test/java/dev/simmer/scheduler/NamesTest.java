package dev.simmer.scheduler;

import static dev.simmer.scheduler.Kitchen.SHOP;
import static dev.simmer.scheduler.Kitchen.job;
import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.model.Need;
import dev.simmer.model.Reply;
import dev.simmer.model.Request;
import dev.simmer.model.TaskId;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What names mean, which set of tasks they mean it in, and what is forgotten: one story each. */
class NamesTest {
    private static Reply accepted(long... ids) {
        return new Reply.Accepted(Arrays.stream(ids).mapToObj(TaskId::new).toList());
    }

    private static Reply session(Kitchen k, String name, Request.SessionChange how) {
        return k.ask(new Event.SessionRequested(k.now(), SHOP, name, how));
    }

    private static Reply forget(Kitchen k, long... ids) {
        Set<TaskId> which = new TreeSet<>();
        for (long id : ids) {
            which.add(new TaskId(id));
        }
        return k.ask(new Event.ForgetRequested(k.now(), which));
    }

    @Nested
    class ATakenName {
        @Test
        void isRefusedWhileItsTaskRunsAndBegunAnewAfterThat() {
            Kitchen k = Kitchen.with(8);
            k.submit(job("build"));
            k.runs("build");
            assertThat(k.submit(job("build")))
                    .isEqualTo(
                            new Reply.Refused(
                                    "there is a task named build already, number 1, which runs or"
                                            + " waits: restart that one, or choose another name"));
            k.exits("build", 1);
            assertThat(k.submit(job("build").priority(3))).isEqualTo(accepted(1));
            assertThat(k.did()).containsExactly("spawn build.2");
            assertThat(k.task("build").spec().priority()).isEqualTo(3);
            assertThat(k.task("build").history()).hasSize(1);
        }

        @Test
        void getsANumberWhereThatIsAskedFor() {
            Kitchen k = Kitchen.with(8).existing(Request.Existing.NUMBER);
            k.submit(job("build"));
            k.submit(job("build"));
            k.submit(job("build"), job("test").need("build", Need.Condition.STARTED));
            assertThat(k.task("build 3").id()).isEqualTo(new TaskId(3));
            assertThat(k.says("test")).isEqualTo("waiting: waits for build 3 to start");
        }

        @Test
        void isKeptByADashboardUnlessItsTaskWasStopped() {
            Kitchen k = Kitchen.with(8).existing(Request.Existing.KEEP);
            k.submit(job("failed"), job("stopped"), job("runs"));
            k.runs("failed", "stopped", "runs").exits("failed", 1);
            k.stop("stopped");
            k.exits("stopped", 143);
            assertThat(k.submit(job("failed"), job("stopped"), job("runs"), job("new")))
                    .isEqualTo(accepted(1, 2, 3, 7));
            assertThat(k.did()).containsExactly("spawn stopped.2", "spawn new.1");
        }

        @Test
        void isBegunAnewByUpUnlessItsTaskRuns() {
            Kitchen k = Kitchen.with(8).existing(Request.Existing.BEGIN_ENDED);
            k.submit(job("ended"), job("runs"), job("other"));
            k.runs("ended", "runs", "other").exits("ended", 0).exits("other", 0);
            k.submit(job("ended"), job("runs"), job("other").autostart(false));
            assertThat(k.did()).containsExactly("spawn ended.2");
            assertThat(k.says("other")).isEqualTo("succeeded");
        }

        @Test
        void makesNoCircleByWayOfTasksThatAreThere() {
            Kitchen k = Kitchen.with(8);
            k.submit(job("a").autostart(false));
            k.submit(job("b").autostart(false).need("a", Need.Condition.SUCCEEDED));
            assertThat(k.submit(job("a").need("b", Need.Condition.SUCCEEDED)))
                    .isEqualTo(new Reply.Refused("tasks need one another in a circle: a, b"));
        }

        @Test
        void isNotGivenToAnother() {
            Kitchen k = Kitchen.with(8);
            k.submit(job("a"), job("b").need("a", Need.Condition.FINISHED));
            assertThat(k.ask(new Event.RenameRequested(k.now(), new TaskId(1), "b")))
                    .isEqualTo(new Reply.Refused("there is a task named b already: 2"));
            assertThat(k.ask(new Event.RenameRequested(k.now(), new TaskId(1), "first")))
                    .isEqualTo(accepted(1));
            assertThat(k.says("b")).isEqualTo("waiting: waits for first to finish");
        }
    }

    @Nested
    class ASession {
        @Test
        void namesTheTasksThatAreThereAndOpensAnother() {
            Kitchen k = Kitchen.with(8);
            k.submit(job("build"));
            assertThat(session(k, "auth", Request.SessionChange.NAME_OR_OPEN))
                    .isEqualTo(accepted(1));
            assertThat(k.task("build").spec().session()).isEqualTo("auth");
            session(k, "other", Request.SessionChange.NAME_OR_OPEN);
            assertThat(k.submit(job("build"))).isEqualTo(accepted(2));
            assertThat(session(k, "auth", Request.SessionChange.OPEN)).isEqualTo(accepted());
            assertThat(k.submit(job("build"))).isInstanceOf(Reply.Refused.class);
        }

        @Test
        void mustExistToBeOpenedAgain() {
            Kitchen k = Kitchen.with(8);
            k.submit(job("build"));
            session(k, "auth", Request.SessionChange.NAME_OR_OPEN);
            assertThat(session(k, "aut", Request.SessionChange.OPEN))
                    .isEqualTo(
                            new Reply.Refused(
                                    "there is no session named aut in /shop, but these: auth"));
        }

        @Test
        void getsAnotherName() {
            Kitchen k = Kitchen.with(8);
            k.submit(job("build"));
            assertThat(k.ask(new Event.SessionRenameRequested(k.now(), SHOP, "", "auth")))
                    .isEqualTo(accepted(1));
            assertThat(k.ask(new Event.SessionRenameRequested(k.now(), SHOP, "", "x")))
                    .isEqualTo(new Reply.Refused("there is no session without a name in /shop"));
        }

        @Test
        void doesNotSeeTheTasksOfOthers() {
            Kitchen k = Kitchen.with(8);
            k.submit(job("check"));
            session(k, "one", Request.SessionChange.NAME_OR_OPEN);
            session(k, "two", Request.SessionChange.NAME_OR_OPEN);
            assertThat(k.submit(job("build").need("check", Need.Condition.FINISHED)))
                    .isEqualTo(new Reply.Refused("build needs check, which does not exist"));
        }
    }

    @Nested
    class Forgetting {
        @Test
        void takesWhatHasEndedWithItsFolder() {
            Kitchen k = Kitchen.with(8);
            k.submit(job("a"), job("b"));
            k.runs("a", "b").exits("a", 0);
            assertThat(forget(k, 1, 2)).isEqualTo(accepted(1));
            assertThat(k.did()).containsExactly("discard 1");
            assertThat(forget(k, 2)).isEqualTo(new Reply.Refused("b runs or waits: stop it first"));
        }

        @Test
        void leavesWhatIsStillNeeded() {
            Kitchen k = Kitchen.with(8).limits(3, 1);
            k.submit(
                    job("check"), job("other"), job("ship").need("check", Need.Condition.FINISHED));
            k.runs("check").exits("check", 0);
            assertThat(forget(k, 1))
                    .isEqualTo(new Reply.Refused("check is needed by ship, which has not ended"));
        }

        @Test
        void makesALaterStartOfWhatNeededItImpossible() {
            Kitchen k = Kitchen.with(8);
            k.submit(job("check"), job("ship").need("check", Need.Condition.FINISHED));
            k.runs("check").exits("check", 0).runs("ship").exits("ship", 0);
            assertThat(forget(k, 1)).isEqualTo(accepted(1));
            assertThat(k.start("ship"))
                    .isEqualTo(
                            new Reply.Refused(
                                    "ship needs check, which has been forgotten: take both on"
                                            + " again"));
            assertThat(k.submit(job("check"), job("ship").need("check", Need.Condition.FINISHED)))
                    .isEqualTo(accepted(3, 2));
            assertThat(k.did()).containsExactly("spawn check.1");
        }
    }
}
