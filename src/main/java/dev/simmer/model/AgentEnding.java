package dev.simmer.model;

/**
 * What is thought of an agent's attempt that has ended.
 *
 * @param run what is known of it
 * @param why the reason of the verdict, in words, one line
 */
public record AgentEnding(AgentVerdict verdict, String why, AgentRun run) {}
