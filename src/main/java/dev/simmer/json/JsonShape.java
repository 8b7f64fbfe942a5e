package dev.simmer.json;

/** Makes a value of the program's own from an object that has been read. */
@FunctionalInterface
public interface JsonShape<T> {
    /**
     * The value. An {@link IllegalArgumentException}, as constructors throw it for what is out of
     * range, becomes a fault with the object's place.
     *
     * @throws JsonFault where the object does not describe one
     */
    T read(JsonMembers from) throws JsonFault;
}
