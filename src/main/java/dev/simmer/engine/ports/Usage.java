package dev.simmer.engine.ports;

import dev.simmer.model.AttemptId;
import java.nio.file.Path;
import java.util.Map;

/** What attempts use. Called by one thread at a time. */
public interface Usage {
    /**
     * Looks at the process trees of all attempts at once.
     *
     * @param attempts the attempts that run, with their run folders, which hold their process ids
     * @return an entry for each attempt of which a process was found
     */
    Map<AttemptId, UsageSample> sample(Map<AttemptId, Path> attempts);
}
