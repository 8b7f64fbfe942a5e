package dev.simmer.agent.runner;

import dev.simmer.agent.stream.Program;

/** Starts one coding-agent program. Pure; for any thread. */
public interface Runner {
    /** The program that it starts. */
    Program program();

    /** The program's own name on PATH; empty where it is the definition's command. */
    default String executable() {
        return program().word();
    }

    /** How the program does what is ordered, or why it cannot. */
    Compiled compile(Order order);
}
