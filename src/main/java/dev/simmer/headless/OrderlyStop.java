package dev.simmer.headless;

import dev.simmer.model.Engine;
import dev.simmer.model.Reply;
import dev.simmer.model.Request;
import dev.simmer.model.Snapshot;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskView;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Stops all tasks of an engine, whoever needs another before it. */
public final class OrderlyStop {
    private OrderlyStop() {}

    /**
     * Stops all tasks and waits until no process of any is left; returns at once where none is.
     *
     * @param limit after this time whatever still runs is killed, and waited for once more
     */
    public static void all(Engine engine, Duration limit) throws InterruptedException {
        Semaphore news = new Semaphore(0);
        try (Engine.Subscription _ = engine.subscribe(_ -> news.release())) {
            Set<TaskId> asked = new TreeSet<>();
            long end = System.nanoTime() + limit.toNanos();
            while (askNext(engine, engine.snapshot(), asked)) {
                if (!news.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    kill(engine);
                    break;
                }
                news.drainPermits();
            }
            end = System.nanoTime() + limit.toNanos();
            while (runs(engine.snapshot())
                    && news.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                news.drainPermits();
            }
        }
    }

    /** Stops those whose turn it is; whether there is anything to wait for. */
    private static boolean askNext(Engine engine, Snapshot snapshot, Set<TaskId> asked) {
        Set<TaskId> next = StopOrder.next(snapshot.tasks());
        next.removeAll(asked);
        asked.addAll(next);
        ask(engine, next, false);
        return runs(snapshot);
    }

    private static void kill(Engine engine) {
        Set<TaskId> left = new TreeSet<>();
        for (TaskView task : engine.snapshot().tasks()) {
            if (!task.phase().ended()) {
                left.add(task.id());
            }
        }
        ask(engine, left, true);
    }

    private static boolean runs(Snapshot snapshot) {
        return snapshot.tasks().stream().anyMatch(task -> task.phase().active());
    }

    /** A refusal of several may be meant for one of them, which has just ended: so one by one. */
    static void ask(Engine engine, Set<TaskId> which, boolean now) {
        if (which.isEmpty()) {
            return;
        }
        CompletableFuture<Void> _ =
                engine.submit(new Request.Stop(which, now))
                        .thenAccept(reply -> {
                            if (reply instanceof Reply.Refused && which.size() > 1) {
                                which.forEach(id -> ask(engine, Set.of(id), now));
                            }
                        });
    }
}
