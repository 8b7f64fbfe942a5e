package dev.simmer.scheduler;

import java.util.SplittableRandom;

/**
 * When the engine of a simulated world crashes, and when its store refuses to save. Moments are
 * drawn in decisions, since a crash between two of them differs from one inside.
 */
final class Troubles {
    /** How far a decision comes. */
    enum Reach {
        ALL,
        /** The crash comes before it is saved: it was never made. */
        DECIDED,
        /** The crash comes before anything of it is done. */
        SAVED,
        /** The crash comes when half of it is done. */
        HALF_DONE
    }

    private final SplittableRandom random;
    private int crashes;
    private int crashIn;
    private int refusals;
    private int refuseIn;

    Troubles(SplittableRandom random) {
        this.random = random;
        boolean some = random.nextInt(100) < 45;
        crashes = some ? 1 + random.nextInt(4) : 0;
        refusals = random.nextInt(100) < 12 ? 1 + random.nextInt(2) : 0;
        crashIn = draw();
        refuseIn = draw();
    }

    private int draw() {
        return 1 + (random.nextInt(4) == 0 ? random.nextInt(6) : random.nextInt(120));
    }

    /** No more of it. */
    void end() {
        crashes = 0;
        refusals = 0;
    }

    /** How far the next decision comes. */
    Reach reach() {
        if (crashes == 0 || --crashIn > 0) {
            return Reach.ALL;
        }
        crashes--;
        crashIn = draw();
        return Reach.values()[1 + random.nextInt(3)];
    }

    /** Whether the store refuses from now on. */
    boolean refuses() {
        if (refusals == 0 || --refuseIn > 0) {
            return false;
        }
        refusals--;
        refuseIn = draw();
        return true;
    }

    /** Whether the machine goes down together with the engine. */
    boolean machine() {
        return random.nextInt(100) < 15;
    }

    /** How many milliseconds it takes until an engine is there again, or the store works. */
    long duration() {
        return random.nextInt(100) < 80 ? random.nextInt(3_000) : random.nextInt(60_000);
    }

    /** Up to where effects are carried out. */
    int half(int count) {
        return random.nextInt(count + 1);
    }
}
