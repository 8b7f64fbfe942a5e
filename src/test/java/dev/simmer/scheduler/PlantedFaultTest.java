package dev.simmer.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Shows that the simulation would notice. Each fault is planted and must break its rule within a
 * few hundred seeds; a fault that none of them notices means that a rule is missing.
 */
class PlantedFaultTest {
    private static final int SEEDS = 600;

    /** A fault and the rule that is the first to notice it. */
    record Fault(String name, Supplier<Deciding> planted, Rule noticedBy) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Fault fault(String name, Supplier<Deciding> planted, Rule noticedBy) {
        return new Fault(name, planted, noticedBy);
    }

    static Stream<Fault> faults() {
        return Stream.of(
                fault("one heavy too many", Faults::oneHeavyTooMany, Rule.HEAVY),
                fault("one place too many", Faults::onePlaceTooMany, Rule.PARALLEL),
                fault("one place too few", Faults::onePlaceTooFew, Rule.NO_IDLING),
                fault("no reserve", Faults::noReserve, Rule.MEMORY),
                fault("memory promised twice", Faults::memoryPromisedTwice, Rule.MEMORY),
                fault("memory counted twice", Faults::memoryCountedTwice, Rule.NO_IDLING),
                fault("memory halved", Faults::memoryHalved, Rule.MEMORY),
                fault("ignored needs", Faults::ignoredNeeds, Rule.NEEDS),
                fault("ignored locks", Faults::ignoredLocks, Rule.LOCKS),
                fault("spawned twice", Faults::spawnedTwice, Rule.ONE_PROCESS),
                fault("never released", Faults::neverReleased, Rule.ENDS_ONCE),
                fault("leftovers forgotten", Faults::leftoversForgotten, Rule.ENDS_ONCE),
                fault("lost exits", Faults::lostExits, Rule.CONVERGES),
                fault("lost leftovers gone", Faults::lostLeftoversGone, Rule.CONVERGES),
                fault("lost readiness", Faults::lostReadiness, Rule.TIME_LIMITS),
                fault("lost start", Faults::lostStart, Rule.CONVERGES),
                fault("late news believed", Faults::lateNewsBelieved, Rule.OUTCOMES),
                fault("overlooked time", Faults::overlookedTime, Rule.DEADLINES),
                fault("backoff never wakes", Faults::backoffNeverWakes, Rule.DEADLINES),
                fault("grace never ends", Faults::graceNeverEnds, Rule.DEADLINES),
                fault("clock ahead", Faults::wokenTooEarly, Rule.TIME),
                fault("no admission after exit", Faults::noAdmissionAfterExit, Rule.NO_IDLING),
                fault("backoff too long", Faults::backoffTooLong, Rule.REPEATS),
                fault("uncounted repeats", Faults::uncountedRepeats, Rule.REPEATS),
                fault("never killed", Faults::neverKilled, Rule.STOPS),
                fault("never signalled", Faults::neverSignalled, Rule.STOPS),
                fault("killed at once", Faults::killedAtOnce, Rule.STOPS),
                fault("never resumed", Faults::neverResumed, Rule.OWED),
                fault("touches services", PressureFaults::touchesServices, Rule.PRESSURE),
                fault("touches nobody", PressureFaults::touchesNobody, Rule.PRESSURE),
                fault("heavy at all times", PressureFaults::heavyAtAllTimes, Rule.HEAVY_HELD),
                fault("never goes on", PressureFaults::neverGoesOn, Rule.RESUMES),
                fault("forgets its last step", PressureFaults::forgetsItsLastStep, Rule.STEADY),
                fault("expects no more", PressureFaults::expectsNoMore, Rule.HELD),
                fault("keeps no room", PressureFaults::keepsNoRoom, Rule.WAITS_BOUNDED),
                fault("no fail fast", Faults::noFailFast, Rule.FAIL_FAST),
                fault("revives the stopped", Faults::revivesTheStopped, Rule.OUTCOMES),
                fault("lost from the queue", Faults::lostFromTheQueue, Rule.INDICES),
                fault("verdicts ignored", Faults::verdictsIgnored, Rule.OUTCOMES),
                fault("agents go too far", Faults::agentsGoTooFar, Rule.STOPS),
                fault("unsaved pauses", CrashFaults::unsavedPauses, Rule.SAVED),
                fault("forgets what it saved", CrashFaults::losesATask, Rule.RECOVERS),
                fault("forgets the session", CrashFaults::losesTheSession, Rule.RECOVERS),
                fault("starts before all is found", CrashFaults::impatient, Rule.ADOPTS),
                fault("looks for nothing", CrashFaults::neverAdopts, Rule.ADOPTS),
                fault("spawns what may live", CrashFaults::spawnsAgain, Rule.ADOPTS),
                fault("probes nothing again", CrashFaults::forgetsProbes, Rule.ADOPTS),
                fault("owed signals lost", CrashFaults::losesSignals, Rule.OWED),
                fault("kills lost", CrashFaults::losesKills, Rule.OWED),
                fault("signals owed for ever", CrashFaults::owesForEver, Rule.OWED),
                fault("never began is lost", CrashFaults::neverBeganIsLost, Rule.ADOPTS),
                fault("alive is lost", CrashFaults::aliveIsLost, Rule.OUTCOMES),
                fault("ended only now", CrashFaults::endedOnlyNow, Rule.TIME),
                fault("needs as before", CrashFaults::twoOfAName, Rule.NAMES),
                fault("renames nothing", CrashFaults::renamesNothing, Rule.NAMES),
                fault("forgets by half", CrashFaults::forgetsByHalf, Rule.FORGETS),
                fault("full logs forgiven", CrashFaults::forgivesFullLogs, Rule.STOPS));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void isNoticed(Fault fault) {
        for (long seed = 0; seed < SEEDS; seed++) {
            Optional<Rule> broken = firstBroken(seed, fault);
            if (broken.isPresent()) {
                assertThat(broken).as("in seed %d", seed).contains(fault.noticedBy());
                return;
            }
        }
        throw new AssertionError("nobody noticed " + fault + " in " + SEEDS + " seeds");
    }

    private static Optional<Rule> firstBroken(long seed, Fault fault) {
        try {
            if (fault.noticedBy() == Rule.REASONS) {
                Simulation.run(seed, fault.planted().get());
            } else {
                Simulation.runWordless(seed, fault.planted().get());
            }
            return Optional.empty();
        } catch (Broken broken) {
            return Optional.of(broken.rule());
        }
    }
}
