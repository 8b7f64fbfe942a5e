package dev.simmer.cli;

import java.util.Optional;

/** All commands by their names; only the one that is asked for is loaded. */
final class Verbs {
    private Verbs() {}

    /** The command with this name, or one of its other names. */
    static Optional<Verb> named(String word) {
        return switch (word) {
            case "check" -> Optional.of(new CheckCommand());
            case "clean" -> Optional.of(new CleanCommand());
            case "down" -> Optional.of(new DownCommand());
            case "history" -> Optional.of(new HistoryCommand());
            case "kill" -> Optional.of(new KillCommand());
            case "list", "ls", "tasks" -> Optional.of(new ListCommand());
            case "logs" -> Optional.of(new LogsCommand());
            case "pause" -> Optional.of(new PauseCommand());
            case "rename" -> Optional.of(new RenameCommand());
            case "restart" -> Optional.of(new RestartCommand());
            case "resume" -> Optional.of(new ResumeCommand());
            case "run" -> Optional.of(new RunCommand());
            case "send" -> Optional.of(new SendCommand());
            case "show" -> Optional.of(new ShowCommand());
            case "stats" -> Optional.of(new StatsCommand());
            case "supervisor" -> Optional.of(new SupervisorCommand());
            case "up" -> Optional.of(new UpCommand());
            case "wait" -> Optional.of(new WaitCommand());
            default -> Optional.empty();
        };
    }
}
