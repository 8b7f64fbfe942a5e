package dev.simmer.cli;

import dev.simmer.model.Request;
import dev.simmer.supervisor.SupervisorFailure;

/** {@code simmer resume}: let paused tasks go on. */
final class ResumeCommand implements Verb {
    @Override
    public Usage usage() {
        return Usage.of("simmer resume", "let paused tasks go on")
                .about("Lets paused tasks go on (SIGCONT). An ID is a task's number or name.")
                .operands("ID...", 1, Integer.MAX_VALUE)
                .json()
                .example("simmer resume build 7", "")
                .build();
    }

    @Override
    public int run(Call call) throws CommandRefused, SupervisorFailure {
        return new Acting(call, "resume").onNamed("going on:", Request.Resume::new);
    }
}
