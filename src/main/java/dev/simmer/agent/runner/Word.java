package dev.simmer.agent.runner;

import java.nio.file.Path;

/** A word of a command line, or a value in its environment. */
public sealed interface Word {
    /** As it stands. */
    record Plain(String text) implements Word {}

    /**
     * The path of one of the invocation's files.
     *
     * @param before what stands before the path in the same word
     * @param name the file's
     */
    record FilePath(String before, String name) implements Word {}

    /** The word, where the files lie in that folder. */
    default String in(Path folder) {
        return switch (this) {
            case Plain(String text) -> text;
            case FilePath(String before, String name) -> before + folder.resolve(name);
        };
    }
}
