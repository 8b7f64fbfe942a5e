package dev.simmer.json;

/**
 * How large a text may be that is read as JSON, so that whoever writes it does not decide how much
 * memory reading it takes.
 *
 * @param bytes the whole text; characters where it is read from a string
 * @param depth objects and arrays within one another, from 1 to 500
 * @param text the characters of one string
 * @param members the members of one object
 * @param tokens names, values, beginnings and ends of objects and arrays, all together; each takes
 *     some 100 bytes of memory at most
 */
public record JsonLimits(long bytes, int depth, int text, int members, long tokens) {
    /** For what another process sends. */
    public static final JsonLimits MESSAGE = new JsonLimits(4L << 20, 32, 1 << 20, 10_000, 200_000);

    /** For what this program wrote itself, and what its supervisor answers. */
    public static final JsonLimits OWN =
            new JsonLimits(1L << 30, 64, 64 << 20, 1_000_000, 100_000_000);

    public JsonLimits {
        if (bytes < 1 || text < 1 || members < 1 || tokens < 1 || depth < 1 || depth > 500) {
            throw new IllegalArgumentException("a limit is out of its range");
        }
    }

    /** The same but for the size of the whole text. */
    public JsonLimits withBytes(long value) {
        return new JsonLimits(value, depth, text, members, tokens);
    }
}
