package dev.simmer.config;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Looks for the task file that belongs to a folder. */
public final class TaskFileFinder {
    /** The names of a task file; where a folder has both, the first counts. */
    public static final List<String> NAMES = List.of("simmer.yaml", "simmer.yml");

    private TaskFileFinder() {}

    /**
     * The task file of the nearest folder that has one: the given one, its parent, and so on up.
     * What is found may be no file; the reader then says so.
     */
    public static Optional<Path> find(Path folder) {
        for (Path place = folder.toAbsolutePath().normalize();
                place != null;
                place = place.getParent()) {
            for (String name : NAMES) {
                Path file = place.resolve(name);
                if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                    return Optional.of(file);
                }
            }
        }
        return Optional.empty();
    }
}
