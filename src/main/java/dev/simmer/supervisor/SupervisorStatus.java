package dev.simmer.supervisor;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a supervisor is. Sizes are bytes.
 *
 * @param version Simmer's version that it runs
 * @param protocol the version of the protocol that it speaks
 * @param pid its process
 * @param home whose tasks it has
 * @param uptime since it began to listen
 * @param residentBytes its resident memory; 0: not known
 * @param heapUsedBytes of its Java heap
 * @param heapMaxBytes the most that its Java heap may grow to
 * @param tasks how many there are in each phase, by the phase's word; phases with none are left out
 * @param clients connections, this one among them
 * @param subscriptions of all clients
 * @param diskBytes sizes on disk by what they are of, such as {@code database}
 */
public record SupervisorStatus(
        String version,
        int protocol,
        long pid,
        Path home,
        Duration uptime,
        long residentBytes,
        long heapUsedBytes,
        long heapMaxBytes,
        Map<String, Integer> tasks,
        int clients,
        int subscriptions,
        Map<String, Long> diskBytes) {
    public SupervisorStatus {
        tasks = Collections.unmodifiableMap(new LinkedHashMap<>(tasks));
        diskBytes = Collections.unmodifiableMap(new LinkedHashMap<>(diskBytes));
    }
}
