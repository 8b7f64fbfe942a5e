package dev.simmer.scheduler;

import dev.simmer.model.AttemptId;
import dev.simmer.model.Need;
import dev.simmer.model.TaskId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One seed's world and the scheduler that has to live with it.
 *
 * <p>First comes chaos: tasks are submitted, people ask for all sorts of things, processes hang and
 * memory comes and goes. Then the world becomes calm and nobody asks for anything any more: all
 * jobs must end and all services run, within a time that can be worked out. At last the services
 * are stopped, and everything must end.
 *
 * <p>In the chaos the engine crashes now and then, at every point of a decision, and goes on from
 * what was saved; and the store refuses to save for a while. Time is told to the scheduler at the
 * deadline that it named and never else, so a forgotten deadline shows as a world that stands
 * still.
 */
final class Simulation {
    /**
     * The longest that one attempt can take in a calm world, everything before and after it too.
     */
    private static final long ATTEMPT_MILLIS =
            Fates.LONGEST_CALM_RUN
                    + Workload.LONGEST_GRACE.toMillis()
                    + Fates.LONGEST_CALM_RUN
                    + Workload.LONGEST_BACKOFF.toMillis()
                    + Admissions.PATIENCE
                    + 20_000;

    private static final int MOST_STEPS = 200_000;

    Witness witness;
    final World world;
    private final Deciding deciding;
    private final Consumer<String> trace;
    private final boolean traced;
    private final SplittableRandom random;
    private final Workload workload;
    private final Troubles troubles;
    private final long lag;
    private final Disk disk = new Disk();
    private State state = State.EMPTY;
    private boolean down;
    private int steps;

    /** The books of the time when the store began to refuse; null while it does not. */
    private @Nullable Witness savedBooks;

    /** What is to be done once it has been saved. */
    private final List<Effect> waiting = new ArrayList<>();

    private final List<Decision.News> unsaved = new ArrayList<>();

    /** Attempts that something was done to before it was saved. */
    private final Set<AttemptId> touched = new TreeSet<>();

    private int crashes;

    private Simulation(
            long seed, Deciding deciding, Consumer<String> trace, boolean traced, boolean words) {
        this.random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + 1);
        this.deciding = deciding;
        this.trace = trace;
        this.traced = traced;
        this.world = new World(random.split(), this::deliver);
        this.workload = new Workload(random.split(), world.totalBytes);
        this.witness = new Witness(world, words);
        this.troubles = new Troubles(random.split());
        this.lag = random.nextInt(3) == 0 ? States.LATEST : 0;
    }

    /** Lives through a seed; returns how many decisions were made. */
    static int run(long seed, Deciding deciding) {
        return new Simulation(seed, deciding, line -> {}, false, true).live();
    }

    /** Lives through a seed and takes no notice of reasons. */
    static int runWordless(long seed, Deciding deciding) {
        return new Simulation(seed, deciding, line -> {}, false, false).live();
    }

    /** Lives through a seed and tells every step. */
    static int run(long seed, Deciding deciding, Consumer<String> trace) {
        return new Simulation(seed, deciding, trace, true, true).live();
    }

    /** A world in which nothing goes wrong and nobody has asked for anything yet. */
    static Simulation calm(long seed) {
        Simulation simulation = new Simulation(seed, Deciding.REAL, line -> {}, false, true);
        simulation.troubles.end();
        simulation.world.becomeCalm();
        return simulation;
    }

    State state() {
        return state;
    }

    private int live() {
        long chaos = random.nextInt(10) < 3 ? random.nextLong(10_000) : random.nextLong(150_000);
        submit(true);
        int more = random.nextInt(3);
        for (int i = 0; i < more; i++) {
            world.at(random.nextLong(chaos + 1), () -> submit(false));
        }
        int requests = random.nextInt(5) == 0 ? 0 : random.nextInt(20);
        for (int i = 0; i < requests; i++) {
            world.at(random.nextLong(chaos + 1), () -> deliver(workload.request(world.now())));
        }
        long calmAt = world.now() + chaos + 1;
        advance(() -> world.now() >= calmAt, calmAt);
        endTroubles();
        world.becomeCalm();
        resumeAll();
        converge("settle", this::settled);
        stopServices();
        converge("end", this::allEnded);
        for (Task task : state.tasks().values()) {
            Witness.hold(
                    task.attempts() == witness.seen(task.id()).attempts,
                    Rule.ENDS_ONCE,
                    "%s has counted %d attempts",
                    task.id(),
                    task.attempts());
        }
        return steps;
    }

    private void submit(boolean first) {
        deliver(workload.submission(world.now(), first, state));
    }

    private void endTroubles() {
        troubles.end();
        if (down) {
            recover();
        }
        if (savedBooks != null) {
            saveAtLast();
        }
    }

    private void resumeAll() {
        Set<TaskId> paused = ids(t -> t.state() instanceof TaskState.Paused);
        if (!paused.isEmpty()) {
            deliver(new Event.ResumeRequested(world.now(), paused));
        }
    }

    private void stopServices() {
        Set<TaskId> services = ids(t -> !t.spec().kind().endsByItself());
        if (!services.isEmpty()) {
            deliver(new Event.StopRequested(world.now(), services, false));
        }
    }

    private Set<TaskId> ids(Predicate<Task> which) {
        Set<TaskId> ids = new TreeSet<>();
        for (Task task : state.tasks().values()) {
            if (which.test(task)) {
                ids.add(task.id());
            }
        }
        return ids;
    }

    /** Lets the calm world go on until something is so, which must take no longer than bounded. */
    private void converge(String what, BooleanSupplier done) {
        long attempts = 1;
        for (Task task : state.tasks().values()) {
            attempts += 2 + task.spec().retry().max() + task.spec().restart().max();
        }
        long bound = world.now() + attempts * ATTEMPT_MILLIS;
        advance(() -> done.getAsBoolean() || world.now() > bound, Long.MAX_VALUE);
        if (!done.getAsBoolean()) {
            StringBuilder left = new StringBuilder();
            Reasons reasons = new Reasons(state);
            for (Task task : state.tasks().values()) {
                if (!(task.state() instanceof TaskState.Ended)) {
                    left.append(
                            "\n  %s %s: %s, %s"
                                    .formatted(
                                            task.id(),
                                            task.spec().kind(),
                                            task.state(),
                                            reasons.of(task)));
                }
            }
            throw new Broken(Rule.CONVERGES, "did not " + what + " by " + bound + ":" + left);
        }
    }

    /** Lets things happen until something is so, or up to a time. */
    void advance(BooleanSupplier done, long limit) {
        while (!done.getAsBoolean()) {
            OptionalLong deadline = down ? OptionalLong.empty() : deciding.nextDeadline(state);
            long told = deadline.isPresent() ? deadline.getAsLong() + lag : Long.MAX_VALUE;
            if (Math.min(told, world.nextAt()) > limit) {
                world.advance(limit);
            } else if (told <= world.nextAt()) {
                world.advance(told);
                deliver(new Event.TimePassed(world.now()));
                OptionalLong next = deciding.nextDeadline(state);
                Witness.hold(
                        down || next.isEmpty() || next.getAsLong() > world.now(),
                        Rule.DEADLINES,
                        "the deadline %s came and stays",
                        next);
            } else {
                world.step();
            }
        }
    }

    void deliver(Event event) {
        if (down) {
            return;
        }
        if (savedBooks == null && troubles.refuses()) {
            refuse();
        }
        if (savedBooks == null || !request(event)) {
            deliver(state, event, state);
        }
    }

    private static boolean request(Event event) {
        return switch (event) {
            case Event.TasksSubmitted _,
                    Event.StartRequested _,
                    Event.RestartRequested _,
                    Event.PauseRequested _,
                    Event.ResumeRequested _,
                    Event.RenameRequested _,
                    Event.SessionRequested _,
                    Event.SessionRenameRequested _,
                    Event.ForgetRequested _ ->
                    true;
            default -> false;
        };
    }

    /** The store refuses: what is decided from now on may never have been. */
    private void refuse() {
        savedBooks = witness.copy();
        world.at(
                troubles.duration(),
                () -> {
                    if (savedBooks != null) {
                        saveAtLast();
                    }
                });
    }

    private void saveAtLast() {
        savedBooks = null;
        unsaved.forEach(news -> disk.save(news, state));
        unsaved.clear();
        touched.clear();
        disk.all(state);
        List<Effect> effects = List.copyOf(waiting);
        waiting.clear();
        effects.forEach(world::carryOut);
        witness.checkWorld(state);
    }

    /** Does what ends processes or only looks, as long as nothing before it waits. */
    private void urgent() {
        Set<AttemptId> held = new TreeSet<>();
        List<Effect> left = new ArrayList<>();
        for (Effect effect : waiting) {
            Optional<AttemptId> attempt =
                    switch (effect) {
                        case Effect.SpawnProcess(AttemptId id, var _, var _) -> Optional.of(id);
                        case Effect.AdoptProcess(AttemptId id, var _) -> Optional.of(id);
                        case Effect.SignalProcesses(AttemptId id, var _) -> Optional.of(id);
                        case Effect.KillProcesses(AttemptId id) -> Optional.of(id);
                        case Effect.ProbeReadiness(AttemptId id, var _) -> Optional.of(id);
                        case Effect.ReleaseAttempt(AttemptId id, var _) -> Optional.of(id);
                        case Effect.DiscardTask _, Effect.Record _, Effect.SampleHost _ ->
                                Optional.empty();
                    };
            boolean waits =
                    effect instanceof Effect.SpawnProcess
                            || effect instanceof Effect.DiscardTask
                            || attempt.map(held::contains).orElse(false);
            if (waits) {
                left.add(effect);
                attempt.ifPresent(held::add);
            } else {
                world.carryOut(effect);
                attempt.ifPresent(touched::add);
            }
        }
        waiting.clear();
        waiting.addAll(left);
    }

    private void crash() {
        if (traced) {
            trace.accept("crash");
        }
        down = true;
        waiting.clear();
        unsaved.clear();
        touched.forEach(world::meddled);
        touched.clear();
        if (savedBooks != null) {
            witness = savedBooks;
            savedBooks = null;
        }
        world.crash(troubles.machine());
        int crash = ++crashes;
        world.at(
                troubles.duration(),
                () -> {
                    if (down && crash == crashes) {
                        recover();
                    }
                });
    }

    private void recover() {
        down = false;
        state = disk.state();
        deliver(State.EMPTY, disk.recovered(world.now()), state);
    }

    /**
     * @param from the state that is decided on
     * @param before the state that is compared with
     */
    private void deliver(State from, Event event, State before) {
        if (++steps > MOST_STEPS) {
            throw new Broken(Rule.CONVERGES, "too many events");
        }
        Decision decision = decide(from, event);
        if (traced) {
            tell(before, event, decision);
        }
        Troubles.Reach reach = troubles.reach();
        if (reach == Troubles.Reach.DECIDED) {
            crash();
            return;
        }
        witness.check(before, event, decision);
        state = decision.state();
        if (savedBooks != null) {
            unsaved.add(decision.news());
            waiting.addAll(decision.effects());
            urgent();
        } else {
            disk.save(decision.news(), state);
            disk.all(state);
            int all = decision.effects().size();
            int done =
                    switch (reach) {
                        case ALL -> all;
                        case DECIDED, SAVED -> 0;
                        case HALF_DONE -> troubles.half(all);
                    };
            decision.effects().subList(0, done).forEach(world::carryOut);
        }
        if (reach != Troubles.Reach.ALL) {
            crash();
            return;
        }
        witness.checkWorld(state);
    }

    private Decision decide(State from, Event event) {
        try {
            return deciding.decide(from, event);
        } catch (RuntimeException bug) {
            throw new Broken(Rule.NO_CRASH, event + " caused " + bug, bug);
        }
    }

    private void tell(State before, Event event, Decision decision) {
        trace.accept(event.toString());
        Reasons reasons = new Reasons(decision.state());
        for (Task task : decision.state().tasks().values()) {
            Task was = before.tasks().get(task.id());
            if (was == null || !was.state().equals(task.state())) {
                trace.accept("    %s %s: %s".formatted(task.id(), task.state(), reasons.of(task)));
            }
        }
        decision.reply().ifPresent(reply -> trace.accept("    " + reply));
        for (Effect effect : decision.effects()) {
            String text =
                    effect instanceof Effect.SpawnProcess spawn
                            ? "SpawnProcess " + spawn.attempt()
                            : effect.toString();
            trace.accept("    -> " + text);
        }
        trace.accept("    queue " + decision.state().queue());
    }

    private boolean allEnded() {
        for (Task task : state.tasks().values()) {
            if (!(task.state() instanceof TaskState.Ended)
                    && !(task.state() instanceof TaskState.Dormant)) {
                return false;
            }
        }
        return witness.active.isEmpty();
    }

    private boolean settled() {
        for (Task task : state.tasks().values()) {
            boolean so =
                    switch (task.state()) {
                        case TaskState.Ended _, TaskState.Dormant _ -> true;
                        case TaskState.Running _ -> serves(task);
                        case TaskState.Blocked _, TaskState.Queued _ -> stuck(task);
                        case TaskState.Backoff _,
                                TaskState.Starting _,
                                TaskState.Paused _,
                                TaskState.Stopping _ ->
                                false;
                    };
            if (!so) {
                return false;
            }
        }
        return true;
    }

    private static boolean serves(Task task) {
        return !task.spec().kind().endsByItself()
                && task.state() instanceof TaskState.Running running
                && running.ready();
    }

    /** Whether a task waits for what only the end of a service would bring. */
    private boolean stuck(Task task) {
        return switch (task.state()) {
            case TaskState.Queued _ -> witness.admissions().behindServices(witness.seen(task.id()));
            case TaskState.Blocked _ -> {
                boolean stuck = false;
                for (ResolvedNeed need : task.needs()) {
                    Task other = state.tasks().get(need.task());
                    if (other == null) {
                        continue;
                    }
                    boolean end =
                            need.condition() == Need.Condition.FINISHED
                                    || need.condition() == Need.Condition.SUCCEEDED;
                    stuck |= (serves(other) && end) || stuck(other);
                }
                yield stuck;
            }
            case TaskState.Backoff _,
                    TaskState.Dormant _,
                    TaskState.Ended _,
                    TaskState.Starting _,
                    TaskState.Running _,
                    TaskState.Paused _,
                    TaskState.Stopping _ ->
                    false;
        };
    }
}
