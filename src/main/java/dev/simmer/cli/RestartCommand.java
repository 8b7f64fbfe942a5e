package dev.simmer.cli;

import dev.simmer.model.Request;
import dev.simmer.supervisor.SupervisorFailure;

/** {@code simmer restart}: stop tasks where they run, and start them anew. */
final class RestartCommand implements Verb {
    @Override
    public Usage usage() {
        return Usage.of("simmer restart", "stop tasks where they run, and start them anew")
                .about(
                        "Stops tasks where they run, and starts them anew; tasks that have ended,"
                                + " or",
                        "were never started, are started. An ID is a task's number or name.")
                .operands("ID...", 1, Integer.MAX_VALUE)
                .json()
                .example("simmer restart dev", "")
                .build();
    }

    @Override
    public int run(Call call) throws CommandRefused, SupervisorFailure {
        return new Acting(call, "restart").onNamed("restarting", Request.Restart::new);
    }
}
