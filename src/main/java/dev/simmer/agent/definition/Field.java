package dev.simmer.agent.definition;

/**
 * One key of a file's head.
 *
 * @param line of the key, from 1 in the whole file
 * @param source the value's text as it stands in the file, its indentation taken off
 */
record Field(String key, int line, Value value, String source) {}
