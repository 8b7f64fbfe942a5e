package dev.simmer.scheduler;

/** What must hold in every simulated world, whatever happens in it. */
enum Rule {
    /** A decision never throws. */
    NO_CRASH,
    /** A state's time is that of the newest event. */
    TIME,
    /** A deadline that has come is dealt with, and does not come again. */
    DEADLINES,
    /** Requests are answered, other events are not; what is refused changes nothing. */
    REPLIES,
    /** {@code available - held - reserve >= expected}, or alone and with cause. */
    MEMORY,
    /** No more heavy tasks at once than {@code limits.heavy}. */
    HEAVY,
    /** No more tasks of a workspace at once than {@code limits.parallel}. */
    PARALLEL,
    /** No lock is held twice. */
    LOCKS,
    /** No task starts before its needs. */
    NEEDS,
    /** No second attempt while a process of the first lives. */
    ONE_PROCESS,
    /** Attempts are numbered without gaps; each ends and is released once, when nothing lives. */
    ENDS_ONCE,
    /** Nothing is done to attempts that were never spawned or are released. */
    EFFECTS,
    /** An outcome tells what happened. */
    OUTCOMES,
    /** Another attempt follows where the policy says so, as often and as late as it says. */
    REPEATS,
    /**
     * A stop is a signal, then SIGKILL when the grace period is over, neither earlier nor later.
     */
    STOPS,
    /** Time limits hold to the millisecond; a pause does not count. */
    TIME_LIMITS,
    /** A process is suspended exactly while its task is paused. */
    PAUSES,
    /**
     * While memory is short the youngest heavy tasks are paused, then ended, at their time, and
     * nobody who may not be touched.
     */
    PRESSURE,
    /** Of a job that has outgrown what was expected more is expected while memory is short. */
    HELD,
    /** Nothing heavy starts while memory is short or too much waits, unless that is of no use. */
    HEAVY_HELD,
    /** Nobody is ended to free memory who has less than what is missing. */
    GAIN,
    /** What was paused for memory goes on in order, as soon as there is room, and no sooner. */
    RESUMES,
    /** What pressure leads to does not flap: there is a least time between one and the next. */
    STEADY,
    /**
     * Once a task is overdue, nobody behind it in the queue puts its start off: it starts at the
     * latest when all jobs have ended that were admitted before it was overdue or come before it in
     * the queue, as far as programs other than tasks leave it the memory.
     */
    WAITS_BOUNDED,
    /** The first failure ends all else where the workspace says so. */
    FAIL_FAST,
    /** What a decision changes, it names as news to be saved. */
    SAVED,
    /** After a crash all is as it was saved. */
    RECOVERS,
    /**
     * After a crash each attempt is looked for once, before anything is done to it; until all have
     * been found nothing starts and no time limit runs out.
     */
    ADOPTS,
    /** A signal that was decided on is sent, crash or not. */
    OWED,
    /** Names are unique within a set of tasks, and mean what people have said. */
    NAMES,
    /** What is forgotten is what may be, and its folder goes with it. */
    FORGETS,
    /** The sets that are derived from the tasks agree with them. */
    INDICES,
    /** A task that waits says why, and that is so. */
    REASONS,
    /** What could start does not wait. */
    NO_IDLING,
    /** Once nothing goes wrong any more, every job ends and every service runs. */
    CONVERGES,
    /** The same seed gives the same trace. */
    REPLAYS
}
