package dev.simmer.process;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What lives on of an attempt whose main process has ended. Used by the thread that works for the
 * attempt.
 */
final class Leftovers {
    private final Attempt.Surroundings surroundings;
    private final Attempt attempt;
    private final Set<Integer> watched = new HashSet<>();

    Leftovers(Attempt.Surroundings surroundings, Attempt attempt) {
        this.surroundings = surroundings;
        this.attempt = attempt;
    }

    /** One that was watched has ended. */
    void ended(int pid) {
        watched.remove(pid);
    }

    /** Has the reaper watch what lives still, killed where that was asked; how many those are. */
    int watch(Members found, boolean killAsked, Hands hands) {
        boolean killed = false;
        while (true) {
            List<Members.Member> living = found.scan(hands);
            if (killAsked && !killed && !living.isEmpty()) {
                killed = true;
                found.kill(hands);
                living = found.scan(hands);
            }
            boolean vanished = false;
            for (Members.Member member : living) {
                if (watched.contains(member.pid())) {
                    continue;
                }
                int pid = member.pid();
                int watching =
                        surroundings
                                .reaper()
                                .watch(
                                        pid,
                                        false,
                                        (_, _, its) ->
                                                attempt.askHere(
                                                        new Attempt.Ask.MemberEnded(pid), its),
                                        hands.posix);
                if (watching >= 0) {
                    watched.add(pid);
                } else {
                    vanished = vanished || watching == -Posix.ESRCH;
                    if (watching != -Posix.ESRCH) {
                        // No descriptor left for a pidfd: look again, until there is one.
                        surroundings.later(
                                () -> attempt.ask(new Attempt.Ask.MemberEnded(pid)),
                                Attempt.LOOK_AGAIN_MILLIS);
                    }
                }
            }
            if (!vanished) {
                return living.size();
            }
        }
    }
}
