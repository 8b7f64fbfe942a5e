package dev.simmer.supervisor;

/**
 * What a server lets its clients do. Sizes are bytes.
 *
 * @param messageBytes the longest message
 * @param incomingBytes all messages that have arrived in part, of all clients
 * @param clients connections at once
 * @param subscriptions of one client
 * @param requests of one client that have not been answered yet
 * @param replies of one client that it has not read yet
 * @param outgoingBytes what one client has not read yet, beyond which it is disconnected; one
 *     message may be longer
 * @param allOutgoingBytes what all clients together have not read yet, beyond which the one that
 *     has not read for longest is disconnected
 */
public record ServerLimits(
        int messageBytes,
        int incomingBytes,
        int clients,
        int subscriptions,
        int requests,
        int replies,
        int outgoingBytes,
        int allOutgoingBytes) {
    /** What a supervisor allows. */
    public static final ServerLimits USUAL =
            new ServerLimits(4 << 20, 16 << 20, 1_000, 8, 64, 1_000, 1 << 20, 32 << 20);
}
