package dev.simmer.process;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;

/**
 * The processes of one attempt. A process belongs to it when it carries the attempt's {@link
 * Marker}, when it was started with the attempt's TMPDIR, when it descends from one that belongs to
 * it, when it is in the main process's session while that leads it, or when it belonged to it
 * before. Process ids are used again, so each is paired with its start time, and nothing that is
 * older than the main process belongs. The shim does not.
 *
 * <p>Not for use by two threads at once.
 */
final class Members {
    private static final int SIGKILL = 9;
    private static final int SIGCONT = 18;
    private static final int SIGSTOP = 19;

    /** What forks faster than it is signalled is left to the killing. */
    private static final int SIGNAL_ROUNDS = 20;

    /** Each round stops what the one before has missed; what forks faster meets a limit first. */
    private static final int ROUNDS = 200;

    /** Above this many process ids a listing is cheaper than asking for each. */
    private static final int RANGE = 2_000;

    private static final int OWN_PID = (int) ProcessHandle.current().pid();

    private final Shim.Ids ids;
    private final long marker;
    private final byte[] variable;
    private final LongPredicate otherMarker;
    private final Map<Integer, Long> known = new HashMap<>();
    private final Set<Member> beyondReach = new HashSet<>();

    /** A process that lives. */
    record Member(int pid, long startTicks, int pgid) {
        /** Tells a process from all others; ids have 22 bits at most. */
        long key() {
            return startTicks << 22 | pid;
        }
    }

    /**
     * Starts with the main process alone.
     *
     * @param variable {@code TMPDIR=...} as the attempt's processes have it
     * @param otherMarker whether a marker is another attempt's of this Simmer, and what carries it
     *     need not be looked at
     */
    Members(Shim.Ids ids, long marker, byte[] variable, LongPredicate otherMarker) {
        this.ids = ids;
        this.marker = marker;
        this.variable = variable;
        this.otherMarker = otherMarker;
        known.put(ids.pid(), ids.startTicks());
    }

    /** Looks at every process of the system; the attempt's, oldest first. */
    List<Member> scan(Hands hands) {
        Procfs procfs = hands.procfs;
        List<Member> members = new ArrayList<>();
        Map<Integer, Long> now = new HashMap<>();
        Map<Member, Integer> strangers = new HashMap<>();
        boolean led =
                procfs.stat(ids.pid())
                        && procfs.startTicks == ids.startTicks()
                        && procfs.sid == ids.pid();
        int count = procfs.list();
        for (int i = 0; i < count; i++) {
            int pid = procfs.pid(i);
            if (pid == OWN_PID || pid == ids.shim()) {
                continue;
            }
            long limit = hands.posix.softRealTimeLimit(pid);
            if (limit != marker && Marker.is(limit) && otherMarker.test(limit)) {
                continue;
            }
            if (!procfs.stat(pid) || procfs.startTicks < ids.startTicks()) {
                continue;
            }
            Member member = new Member(pid, procfs.startTicks, procfs.pgid);
            int parent = procfs.ppid;
            boolean dead = procfs.dead();
            if (limit == marker
                    || Long.valueOf(member.startTicks()).equals(known.get(pid))
                    || (led && procfs.sid == ids.pid())
                    || (!dead && procfs.environmentHas(pid, variable))) {
                now.put(pid, member.startTicks());
                if (!dead) {
                    members.add(member);
                }
            } else if (!dead) {
                strangers.put(member, parent);
            }
        }
        addDescendants(strangers, now, members);
        known.clear();
        known.putAll(now);
        members.removeAll(beyondReach);
        members.sort(Comparator.comparingLong(Member::startTicks).thenComparingInt(Member::pid));
        return members;
    }

    private static void addDescendants(
            Map<Member, Integer> strangers, Map<Integer, Long> now, List<Member> members) {
        boolean changed = true;
        while (changed && !strangers.isEmpty()) {
            changed = false;
            for (var entries = strangers.entrySet().iterator(); entries.hasNext(); ) {
                var entry = entries.next();
                if (now.containsKey(entry.getValue())) {
                    now.put(entry.getKey().pid(), entry.getKey().startTicks());
                    members.add(entry.getKey());
                    entries.remove();
                    changed = true;
                }
            }
        }
    }

    /**
     * Whether anything of the main process's session lives after its end. Cheap: a task of a few
     * milliseconds costs a few calls.
     */
    boolean sessionLives(Hands hands) {
        Posix posix = hands.posix;
        int newest = hands.procfs.newestPid();
        if (newest < ids.pid() || newest - ids.pid() > RANGE) {
            int count = hands.procfs.list();
            for (int i = 0; i < count; i++) {
                if (posix.getsid(hands.procfs.pid(i)) == ids.pid()) {
                    return true;
                }
            }
            return false;
        }
        for (int pid = ids.pid(); pid <= newest; pid++) {
            if (posix.getsid(pid) == ids.pid()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Sends a signal to every member: to the main process's group at one stroke, then to the
     * others, and to those that they have forked meanwhile, until no new one turns up.
     *
     * <p>A group is signalled as a whole or not at all, whatever forks in it (kill(2)): what turns
     * up in it later was forked by one that has had the signal, such as a handler that cleans up,
     * and is left alone. Others are signalled one by one, and may fork a moment before.
     */
    void signal(int signal, Hands hands) {
        Set<Long> done = new HashSet<>();
        boolean group = false;
        for (int round = 0; round < SIGNAL_ROUNDS; round++) {
            boolean fresh = false;
            for (Member member : scan(hands)) {
                boolean had = group && member.pgid() == ids.pid();
                if (!done.add(member.key()) || had) {
                    continue;
                }
                fresh = true;
                // Only in the first round: what leads its group by the second has had the signal.
                if (round == 0 && signalGroup(member, signal, hands)) {
                    group = true;
                } else {
                    signal(member, signal, hands);
                }
            }
            // What goes on needs no second word, and what was stopped has forked nothing.
            if (!fresh || signal == SIGCONT) {
                return;
            }
        }
    }

    /**
     * Whether a member is in the main process's group and that has had the signal as one. A group's
     * id is not used again while a process of it lives, which is looked at right before.
     */
    private boolean signalGroup(Member one, int signal, Hands hands) {
        return one.pgid() == ids.pid()
                && hands.procfs.stat(one.pid())
                && hands.procfs.startTicks == one.startTicks()
                && hands.procfs.pgid == ids.pid()
                && hands.posix.kill(-ids.pid(), signal) >= 0;
    }

    private void signal(Member member, int signal, Hands hands) {
        int pidfd = hands.posix.pidfdOpen(member.pid());
        if (pidfd < 0) {
            return;
        }
        if (hands.procfs.stat(member.pid()) && hands.procfs.startTicks == member.startTicks()) {
            int sent = hands.posix.pidfdSendSignal(pidfd, signal);
            if (sent == -Posix.EPERM && signal == SIGKILL) {
                beyondReach.add(member);
            }
        }
        hands.posix.close(pidfd);
    }

    /**
     * Kills every member. They are all stopped first, and looked for again until no new one turns
     * up: what is stopped cannot fork away from under the killing.
     */
    void kill(Hands hands) {
        List<Member> members = scan(hands);
        Set<Member> stopped = new HashSet<>();
        for (int round = 0; round < ROUNDS; round++) {
            boolean fresh = false;
            for (Member member : members) {
                if (stopped.add(member)) {
                    fresh = true;
                    signal(member, SIGSTOP, hands);
                }
            }
            if (!fresh) {
                break;
            }
            members = scan(hands);
        }
        for (Member member : members) {
            signal(member, SIGKILL, hands);
        }
    }
}
