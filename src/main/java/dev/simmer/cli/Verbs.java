package dev.simmer.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All commands by their names; only the one that is asked for is loaded. */
final class Verbs {
    /** Names that commands have besides their own. */
    private static final List<List<String>> OTHER_NAMES = List.of(List.of("list", "ls", "tasks"));

    private Verbs() {}

    /** A command's name, then its other names. */
    static List<String> namesOf(String name) {
        for (List<String> each : OTHER_NAMES) {
            if (each.getFirst().equals(name)) {
                return each;
            }
        }
        return List.of(name);
    }

    /** All first words that are no targets, as the launcher wants to know them. */
    static List<String> words() {
        List<String> words = new ArrayList<>();
        Main.COMMANDS.forEach(name -> words.addAll(namesOf(name)));
        words.add(CompleteCommand.NAME);
        return words;
    }

    /** The command with this name, or one of its other names. */
    static Optional<Verb> named(String word) {
        return switch (word) {
            case AgentCommand.NAME -> Optional.of(new AgentCommand());
            case "check" -> Optional.of(new CheckCommand());
            case CompleteCommand.NAME -> Optional.of(new CompleteCommand());
            case "completion" -> Optional.of(new CompletionCommand());
            case "init" -> Optional.of(new InitCommand());
            case "clean" -> Optional.of(new CleanCommand());
            case "explain" -> Optional.of(new ExplainCommand());
            case "down" -> Optional.of(new DownCommand());
            case "history" -> Optional.of(new HistoryCommand());
            case "kill" -> Optional.of(new KillCommand());
            case "list", "ls", "tasks" -> Optional.of(new ListCommand());
            case "logs" -> Optional.of(new LogsCommand());
            case "pause" -> Optional.of(new PauseCommand());
            case "report" -> Optional.of(new ReportCommand());
            case "reports" -> Optional.of(new ReportsCommand());
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
