package dev.simmer.engine.ports;

/** The machine's memory and processors. Called by one thread at a time. */
public interface Host {
    /**
     * Looks at the host; the first call may take a quarter of a second, later ones well under a
     * millisecond.
     */
    HostSample sample();
}
