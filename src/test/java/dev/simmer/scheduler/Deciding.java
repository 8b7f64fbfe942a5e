package dev.simmer.scheduler;

import java.util.OptionalLong;

/** The decisions under test: the scheduler's own, or those of a variant with a planted fault. */
interface Deciding {
    /** The scheduler that ships. */
    Deciding REAL = Scheduler::decide;

    /** Decides what follows from an event. */
    Decision decide(State state, Event event);

    /** When the world is to deliver {@link Event.TimePassed}. */
    default OptionalLong nextDeadline(State state) {
        return state.nextDeadline();
    }
}
