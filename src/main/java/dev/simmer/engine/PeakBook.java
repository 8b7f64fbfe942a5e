package dev.simmer.engine;

import dev.simmer.engine.ports.PeakKey;
import dev.simmer.engine.ports.StoreFailure;
import dev.simmer.engine.ports.StoredPeak;
import dev.simmer.engine.ports.TaskStore;
import dev.simmer.model.TaskId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is known of earlier attempts: of the keys that were last asked for in memory, of all others
 * in the store. So an engine without a store learns too, within its own run. For one thread.
 */
final class PeakBook {
    /** Of how many keys attempts are kept in memory. */
    static final int KEYS = 500;

    /** Of how many attempts a key; those before weigh less than a thousandth. */
    static final int PEAKS = 50;

    /** How many tasks of a key are told of what has become known. */
    private static final int TASKS = 100;

    private final TaskStore store;

    private final Map<PeakKey, Page> pages =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<PeakKey, Page> eldest) {
                    return size() > KEYS;
                }
            };

    private record Page(List<StoredPeak> peaks, Set<TaskId> tasks) {}

    PeakBook(TaskStore store) {
        this.store = store;
    }

    private Page page(PeakKey key) {
        Page page = pages.get(key);
        if (page == null) {
            page = new Page(new ArrayList<>(stored(key)), new TreeSet<>());
            pages.put(key, page);
        }
        return page;
    }

    /** A store that cannot be read now says so elsewhere; until then there is only what follows. */
    private List<StoredPeak> stored(PeakKey key) {
        try {
            return store.peaks(key.workspace(), key.name(), key.command());
        } catch (StoreFailure e) {
            return List.of();
        }
    }

    /** Earlier attempts, newest first. */
    List<StoredPeak> peaks(PeakKey key) {
        return List.copyOf(page(key).peaks());
    }

    /** Notes an attempt that has ended and is not in the store yet. */
    void add(PeakKey key, StoredPeak peak) {
        List<StoredPeak> peaks = page(key).peaks();
        peaks.addFirst(peak);
        if (peaks.size() > PEAKS) {
            peaks.removeLast();
        }
    }

    /** Remembers that a task has this key. */
    void note(PeakKey key, TaskId task) {
        Set<TaskId> tasks = page(key).tasks();
        if (tasks.size() < TASKS) {
            tasks.add(task);
        }
    }

    /** The tasks that were noted; who finds one that has the key no more removes it. */
    Set<TaskId> tasks(PeakKey key) {
        return page(key).tasks();
    }
}
