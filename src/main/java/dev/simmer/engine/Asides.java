package dev.simmer.engine;

import dev.simmer.engine.ports.Processes;
import dev.simmer.model.AttemptId;
import dev.simmer.model.Explanation;
import dev.simmer.model.Reply;
import dev.simmer.model.Request;
import dev.simmer.scheduler.Task;
import dev.simmer.scheduler.TaskState;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers requests that the scheduler has nothing to decide on; the answer may come later. */
final class Asides {
    private final Processes processes;
    private final Executor readers;
    private final Function<AttemptId, Path> folders;

    /**
     * @param readers read files
     * @param folders an attempt's run folder
     */
    Asides(Processes processes, Executor readers, Function<AttemptId, Path> folders) {
        this.processes = processes;
        this.readers = readers;
        this.folders = folders;
    }

    /** Adds what the run folder tells, which a reader looks at: it may be on a slow disk. */
    void explain(Task task, Explanation found, CompletableFuture<Reply> reply) {
        if (!task.spec().isolateMemory() || task.attempts() == 0) {
            reply.complete(new Reply.Explained(found));
            return;
        }
        Path folder = folders.apply(new AttemptId(task.id(), task.attempts()));
        readers.execute(() -> {
            Explanation whole = IsolationNote.of(folder).map(found::with).orElse(found);
            reply.complete(
                    new Reply.Explained(
                            IsolationNote.outOfMemory(folder).map(whole::with).orElse(whole)));
        });
    }

    /** Hands text to the port, which answers when it has been written. */
    void send(@Nullable Task task, Request.Send send, CompletableFuture<Reply> reply) {
        if (task == null) {
            reply.complete(new Reply.Refused("there is no task " + send.id()));
        } else if (!(task.state() instanceof TaskState.Active active)) {
            reply.complete(new Reply.Refused(task.spec().name() + " does not run"));
        } else if (!task.spec().takesInput()) {
            reply.complete(
                    new Reply.Refused(
                            task.spec().name() + " takes no input: it has to be started with it"));
        } else {
            Reply written = new Reply.Accepted(List.of(send.id()));
            var _ =
                    processes
                            .input(active.attempt().id(), send.text())
                            .handle((failure, bug) ->
                                    bug != null
                                            ? new Reply.Refused("nothing was written: " + bug)
                                            : failure.<Reply>map(Reply.Refused::new)
                                                    .orElse(written))
                            .thenAccept(reply::complete);
        }
    }
}
