package dev.simmer.agent.stream;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Ids that have been seen, the last {@value StreamReader#MOST_IDS} of them: a run without an end
 * does not fill the heap, and one that has been forgotten counts as new.
 */
final class Ids {
    private static final int LONGEST = 100;

    private final Set<String> seen = new LinkedHashSet<>();

    /** Whether it is new; then it is not any more. */
    boolean add(String id) {
        boolean added = seen.add(key(id));
        if (seen.size() > StreamReader.MOST_IDS) {
            Iterator<String> oldest = seen.iterator();
            oldest.next();
            oldest.remove();
        }
        return added;
    }

    boolean contains(String id) {
        return seen.contains(key(id));
    }

    void remove(String id) {
        seen.remove(key(id));
    }

    private static String key(String id) {
        return id.length() <= LONGEST ? id : id.substring(0, LONGEST) + id.hashCode();
    }
}
