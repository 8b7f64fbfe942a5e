package dev.simmer.cli;

import dev.simmer.model.Request;
import dev.simmer.supervisor.SupervisorFailure;

/** {@code simmer pause}: suspend running tasks. */
final class PauseCommand implements Verb {
    @Override
    public Usage usage() {
        return Usage.of("simmer pause", "suspend running tasks")
                .about(
                        "Suspends running tasks with all their processes (SIGSTOP) until `simmer"
                                + " resume`.",
                        "Their memory stays taken. An ID is a task's number or name.")
                .operands("ID...", 1, Integer.MAX_VALUE)
                .json()
                .example("simmer pause build 7", "")
                .build();
    }

    @Override
    public int run(Call call) throws CommandRefused, SupervisorFailure {
        return new Acting(call, "pause").onNamed("paused", Request.Pause::new);
    }
}
