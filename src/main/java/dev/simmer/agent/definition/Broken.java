package dev.simmer.agent.definition;

import dev.simmer.agent.definition.Definition.Place;
import java.nio.file.Path;

/**
 * A file or folder that could not be used.
 *
 * @param why in words, one line without control characters
 */
public record Broken(Path file, Place place, String why) {}
