package dev.simmer.cli;

/**
 * A command that was called.
 *
 * @param words its options and operands
 * @param around what it has around it
 * @param supervisor the tasks' owner, or the way to it
 */
record Call(Words words, Surroundings around, Supervisor supervisor) {}
