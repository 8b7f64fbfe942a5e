package dev.simmer.process;

import dev.simmer.engine.ports.Ending;
import dev.simmer.engine.ports.Launch;
import dev.simmer.model.ByteSize;
import dev.simmer.model.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel knows of one attempt's memory: its control group, where it has one of its own,
 * the most that a process of it had, and whether it was killed for want of memory. Used by the
 * thread that works for the attempt.
 */
final class AttemptMemory {
    private static final int SIGKILL = 9;
    private static final int OWN_PID = (int) ProcessHandle.current().pid();
    private static final int FIRST_RETRY_MILLIS = 100;
    private static final int RETRIES = 8;

    private final Launch launch;
    private final RunFolder folder;
    private final long marker;
    private final Attempt.Surroundings surroundings;
    private @Nullable OwnCgroup group;
    private boolean scope;
    private @Nullable OomKills kills;
    private long killsBefore;

    /** What a process of the attempt must have exceeded for its high-water mark to be its own. */
    private long ownHighWaterBytes = Long.MAX_VALUE;

    AttemptMemory(Launch launch, RunFolder folder, long marker, Attempt.Surroundings surroundings) {
        this.launch = launch;
        this.folder = folder;
        this.marker = marker;
        this.surroundings = surroundings;
    }

    /**
     * How a command comes into its group.
     *
     * @param group the folder of the group that the shim's child puts itself into; empty: none
     * @param prefix what puts the command into one; empty: nothing
     */
    record Isolation(String group, List<String> prefix) {
        static final Isolation NONE = new Isolation("", List.of());
    }

    /**
     * Makes the attempt's group, where it is to have one, in a run folder that is there; where that
     * cannot be done writes down why.
     *
     * @return what the command is to be started with
     */
    Isolation prepare(Hands hands) {
        count(surroundings.oomKills(), hands);
        if (launch.memoryLimitBytes().isEmpty()) {
            return Isolation.NONE;
        }
        try {
            switch (surroundings.cgroups()) {
                case CgroupPlace.Missing(String why) -> {
                    without(why);
                    return Isolation.NONE;
                }
                case CgroupPlace.Scopes(UserManager manager) -> {
                    scope = true;
                    // The manager's groups are no parts of this process's.
                    count(surroundings.machineKills(), hands);
                    long limit = launch.memoryLimitBytes().getAsLong();
                    return new Isolation("", manager.prefix(OwnCgroup.name(marker), limit));
                }
                case CgroupPlace.Found place -> {
                    OwnCgroup made = OwnCgroup.at(place, OwnCgroup.name(marker));
                    // Before it is made, so that it is found whatever happens next.
                    folder.write(RunFolder.CGROUP, made.folder() + "\n");
                    make(made);
                    return group == null
                            ? Isolation.NONE
                            : new Isolation(made.folder().toString(), List.of());
                }
            }
        } catch (IOException e) {
            // No room in the run folder: the start fails for that in a moment.
            return Isolation.NONE;
        }
    }

    private void count(OomKills counter, Hands hands) {
        kills = counter;
        killsBefore = counter.begin(hands.procfs);
    }

    private void make(OwnCgroup made) throws IOException {
        try {
            made.make(launch.memoryLimitBytes().orElseThrow());
            group = made;
        } catch (IOException e) {
            without(String.valueOf(e.getMessage()));
        }
    }

    private void without(String why) throws IOException {
        folder.write(RunFolder.ISOLATION, why + "\n");
        surroundings.listener().notIsolated(launch.id(), why);
    }

    /** The shim has been spawned. */
    void begun(Hands hands) {
        if (hands.procfs.status(OWN_PID)) {
            // The counters behind both figures are inexact.
            ownHighWaterBytes =
                    hands.procfs.highWaterBytes + hands.procfs.highWaterBytes / 32 + (1 << 20);
        }
    }

    /** Takes up what an engine before this one has begun. */
    void takeUp(Hands hands) {
        count(surroundings.oomKills(), hands);
        group = OwnCgroup.ofPath(folder.text(RunFolder.CGROUP, hands.posix)).orElse(null);
    }

    /**
     * How it has ended, with all that the kernel still knows.
     *
     * @param maxResidentBytes as {@link Posix#maxResidentBytes}; 0 where that is not known
     * @param killed whether Simmer has sent SIGKILL
     */
    Ending ending(
            ExitStatus status,
            int leftovers,
            Optional<Instant> at,
            long maxResidentBytes,
            boolean killed,
            Hands hands) {
        long peak = maxResidentBytes > ownHighWaterBytes ? maxResidentBytes : 0;
        if (group != null && !Files.exists(folder.path().resolve(RunFolder.ISOLATION))) {
            return ending(status, leftovers, at, peak, group, hands);
        }
        if (group != null) {
            // The command could not enter it, as its shim has written down.
            String why = folder.text(RunFolder.ISOLATION, hands.posix).strip();
            surroundings.listener().notIsolated(launch.id(), why);
        }
        OptionalLong limit = scope ? launch.memoryLimitBytes() : OptionalLong.empty();
        boolean bySignal = status.equals(new ExitStatus.Signaled(SIGKILL));
        // What a shell says of a child of its own, and what any program may exit with.
        boolean told = status.equals(new ExitStatus.Code(128 + SIGKILL));
        OomKills counter = kills;
        boolean counted =
                counter != null
                        && (bySignal || told)
                        && !killed
                        && counter.claim(killsBefore, hands.procfs);
        boolean doubtful = counted && counter != null && !(bySignal && counter.ofGroup());
        return new Ending(status, leftovers, at, peak, counted, doubtful, limit);
    }

    /** In a group of its own nothing but what the kernel has counted there says anything. */
    private Ending ending(
            ExitStatus status,
            int leftovers,
            Optional<Instant> at,
            long peak,
            OwnCgroup its,
            Hands hands) {
        long limit = its.limitBytes();
        long most = Math.max(peak, its.peakBytes());
        long killed = its.kills();
        claimAll(killed, hands);
        if (killed > 0 && status.equals(new ExitStatus.Code(0))) {
            noteSwallowed(limit);
        }
        return new Ending(
                status,
                leftovers,
                at,
                limit > 0 ? Math.min(most, limit) : most,
                killed > 0,
                limit > 0 ? OptionalLong.of(limit) : OptionalLong.empty());
    }

    /** Has no other death claim what the machine's count has risen by. */
    private void claimAll(long killed, Hands hands) {
        OomKills counter = kills;
        long left = counter == null || counter.ofGroup() ? 0 : killed;
        while (counter != null && left > 0 && counter.claim(killsBefore, hands.procfs)) {
            left--;
        }
    }

    private void noteSwallowed(long limitBytes) {
        try {
            folder.write(
                    RunFolder.OUT_OF_MEMORY,
                    "the kernel killed a process of it for want of memory"
                            + (limitBytes > 0
                                    ? "; its limit of "
                                            + ByteSize.format(limitBytes)
                                            + " was reached\n"
                                    : "\n"));
        } catch (IOException e) {
            // Then it is learned from and not told.
            return;
        }
    }

    /** Removes the group, now or as soon as the last process has left it. */
    void release() {
        OwnCgroup its = group;
        group = null;
        if (its != null) {
            remove(its, 0);
        }
    }

    private void remove(OwnCgroup its, int tries) {
        if (!its.remove() && tries < RETRIES) {
            surroundings.later(() -> remove(its, tries + 1), FIRST_RETRY_MILLIS << tries);
        }
    }
}
