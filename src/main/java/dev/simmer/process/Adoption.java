package dev.simmer.process;

import dev.simmer.model.ExitStatus;
import java.time.Instant;
import java.util.Optional;

/**
 * What has become of an attempt that another engine has started, or was about to start, from its
 * run folder and /proc.
 *
 * <p>A process id counts only with the start time that was written down beside it. The shim's start
 * time is not written down: the shim is the process with its id that is not younger than the
 * command and carries the attempt's {@link Marker} or TMPDIR. Until {@code pid} is whole the
 * command has not been executed, since the shim writes it first.
 */
final class Adoption {
    private static final int OWN_PID = (int) ProcessHandle.current().pid();

    private final RunFolder folder;
    private final long marker;
    private final byte[] variable;

    /**
     * @param variable {@code TMPDIR=...} as the attempt's processes have it
     */
    Adoption(RunFolder folder, long marker, byte[] variable) {
        this.folder = folder;
        this.marker = marker;
        this.variable = variable;
    }

    /** What was found. */
    sealed interface Finding {
        /** It has ended, and its status was written down. */
        record Ended(ExitStatus status, Optional<Instant> at) implements Finding {}

        /**
         * It lives; its end is that of a process.
         *
         * @param pid the shim, or the main process where the shim is gone
         * @param startTicks tells that process from a later one of the same id
         */
        record Lives(int pid, long startTicks) implements Finding {}

        /** Its shim has only just been spawned: look again. */
        record Beginning() implements Finding {}

        /** No process of it was ever there. */
        record NeverBegan() implements Finding {}

        /**
         * It has ended, and nobody knows how.
         *
         * @param at when it last showed a sign of life
         */
        record Lost(String why, Optional<Instant> at) implements Finding {}
    }

    Finding look(boolean sameBoot, boolean shellTells, Hands hands) {
        RunFolder.Trust trust = folder.trust(hands.posix);
        if (trust != RunFolder.Trust.OURS) {
            return withoutFolder(trust, sameBoot, hands);
        }
        Optional<Shim.Ids> ids = folder.ids(hands.posix);
        // Who lives is looked at first: what ends after that has written its status by now.
        Optional<Finding.Lives> lives =
                sameBoot && ids.isPresent() ? living(ids.get(), hands) : Optional.empty();
        Optional<ExitStatus> exit = Shim.exit(folder.exit(hands.posix), shellTells);
        if (exit.isPresent()) {
            return new Finding.Ended(exit.get(), folder.modified(RunFolder.EXIT, hands.posix));
        }
        if (lives.isPresent()) {
            return lives.get();
        }
        if (ids.isPresent()) {
            return lost(
                    sameBoot
                            ? "its processes have ended, and no exit status was written down"
                            : "the machine was started anew while it ran",
                    hands);
        }
        if (sameBoot && anyLives(hands)) {
            return new Finding.Beginning();
        }
        if (folder.isBlank(hands.posix)) {
            return new Finding.NeverBegan();
        }
        // It may have begun and ended between one look and the other.
        return folder.ids(hands.posix).isPresent()
                ? new Finding.Beginning()
                : lost("it left output, and nothing that tells how it ended", hands);
    }

    private Finding withoutFolder(RunFolder.Trust trust, boolean sameBoot, Hands hands) {
        if (trust == RunFolder.Trust.STRANGE) {
            return new Finding.Lost(
                    "its run folder "
                            + folder.path()
                            + " is a link, a file or another user's; it was not touched",
                    Optional.empty());
        }
        return sameBoot && anyLives(hands)
                ? new Finding.Lost(
                        "its run folder " + folder.path() + " has been removed", Optional.empty())
                : new Finding.NeverBegan();
    }

    private Finding lost(String why, Hands hands) {
        return new Finding.Lost(why, folder.lastWritten(hands.posix));
    }

    private Optional<Finding.Lives> living(Shim.Ids ids, Hands hands) {
        Procfs procfs = hands.procfs;
        if (procfs.stat(ids.shim()) && !procfs.dead() && procfs.startTicks <= ids.startTicks()) {
            long start = procfs.startTicks;
            if (isOurs(ids.shim(), hands)) {
                return Optional.of(new Finding.Lives(ids.shim(), start));
            }
        }
        return procfs.stat(ids.pid()) && !procfs.dead() && procfs.startTicks == ids.startTicks()
                ? Optional.of(new Finding.Lives(ids.pid(), ids.startTicks()))
                : Optional.empty();
    }

    private boolean isOurs(int pid, Hands hands) {
        return hands.posix.softRealTimeLimit(pid) == marker
                || hands.procfs.environmentHas(pid, variable);
    }

    /** Whether any process carries the attempt's signs. */
    boolean anyLives(Hands hands) {
        int count = hands.procfs.list();
        for (int i = 0; i < count; i++) {
            int pid = hands.procfs.pid(i);
            if (pid != OWN_PID && isOurs(pid, hands)) {
                if (hands.procfs.stat(pid) && !hands.procfs.dead()) {
                    return true;
                }
            }
        }
        return false;
    }
}
