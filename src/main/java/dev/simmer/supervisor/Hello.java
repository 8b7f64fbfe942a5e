package dev.simmer.supervisor;

import java.nio.file.Path;

/**
 * What a supervisor says of itself to a client that connects.
 *
 * @param version Simmer's version that it runs
 * @param protocol the version of the protocol that it speaks
 * @param pid its process
 * @param home whose tasks it has
 */
public record Hello(String version, int protocol, long pid, Path home) {}
