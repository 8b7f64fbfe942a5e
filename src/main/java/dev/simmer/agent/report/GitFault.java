package dev.simmer.agent.report;

/** Git is not there, or did not do what it was asked; the message is for people. */
final class GitFault extends Exception {
    private static final long serialVersionUID = 1;

    GitFault(String message) {
        super(message);
    }
}
