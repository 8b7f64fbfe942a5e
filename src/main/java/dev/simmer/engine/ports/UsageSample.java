package dev.simmer.engine.ports;

/**
 * What an attempt's process tree uses.
 *
 * @param mainPid the main process; 0 where it is not known yet
 * @param processes how many processes the tree has
 * @param cpu share of one core since the sample before
 * @param rssBytes resident memory
 */
public record UsageSample(long mainPid, int processes, double cpu, long rssBytes) {}
