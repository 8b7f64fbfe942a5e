package dev.simmer.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where relative paths of a task file begin.
 *
 * @param workspace the folder of the task file, absolute
 * @param home the user's home folder, for a leading {@code ~/}
 */
record Folders(Path workspace, Optional<String> home) {}
