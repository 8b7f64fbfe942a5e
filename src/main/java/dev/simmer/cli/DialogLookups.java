package dev.simmer.cli;

import dev.simmer.agent.Planning;
import dev.simmer.agent.definition.Catalogue;
import dev.simmer.agent.report.ReportName;
import dev.simmer.config.FoundTask;
import dev.simmer.config.ProjectScan;
import dev.simmer.logs.TerminalText;
import dev.simmer.model.AgentSpec;
import dev.simmer.model.CallerEnvironment;
import dev.simmer.model.Command;
import dev.simmer.model.ShellQuote;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.WorkspaceId;
import dev.simmer.tui.model.AgentOrder;
import dev.simmer.tui.model.Findings;
import dev.simmer.tui.model.Inquiry;
import dev.simmer.tui.model.Lookups;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** What the dashboard's dialogs ask of the disk: commands, files, agents, plans. */
final class DialogLookups implements Lookups {
    private static final int MOST_FILES = 2_000;
    private static final int MOST_PROGRAMS = 10_000;
    private static final String SESSIONS = ".agents/sessions";

    private final WorkspaceId workspace;
    private final CallerEnvironment caller;
    private final Path home;

    /**
     * @param caller what tasks inherit
     * @param home Simmer's; exists
     */
    DialogLookups(WorkspaceId workspace, CallerEnvironment caller, Path home) {
        this.workspace = workspace;
        this.caller = caller;
        this.home = home;
    }

    @Override
    public Findings find(Inquiry inquiry) {
        return switch (inquiry) {
            case Inquiry.Commands() -> new Findings.Commands(project(), programs());
            case Inquiry.Files(String folder) -> new Findings.Files(folder, files(folder));
            case Inquiry.Agents() -> new Findings.Agents(definitions(), sessions());
            case Inquiry.Plan plan -> planned(plan);
        };
    }

    private List<Findings.Offer> project() {
        List<Findings.Offer> offers = new ArrayList<>();
        for (FoundTask task : ProjectScan.of(workspace.folder()).tasks()) {
            offers.add(new Findings.Offer(task.run(), task.source()));
        }
        return offers;
    }

    private List<String> programs() {
        TreeSet<String> names = new TreeSet<>();
        for (String folder : caller.variables().getOrDefault("PATH", "").split(":", -1)) {
            if (!folder.startsWith("/")) {
                continue;
            }
            try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of(folder))) {
                for (Path each : all) {
                    if (names.size() < MOST_PROGRAMS && Files.isExecutable(each)) {
                        names.add(String.valueOf(each.getFileName()));
                    }
                }
            } catch (IOException | InvalidPathException e) {
                // A folder of PATH that is not there, or not to be read, has no programs for us.
            }
        }
        return List.copyOf(names);
    }

    private List<String> files(String folder) {
        String user = caller.variables().getOrDefault("HOME", "");
        String meant =
                folder.startsWith("~/") && user.startsWith("/")
                        ? user + folder.substring(1)
                        : folder;
        TreeSet<String> names = new TreeSet<>();
        try (DirectoryStream<Path> all =
                Files.newDirectoryStream(workspace.folder().resolve(meant))) {
            for (Path each : all) {
                if (names.size() < MOST_FILES) {
                    names.add(each.getFileName() + (Files.isDirectory(each) ? "/" : ""));
                }
            }
        } catch (IOException | InvalidPathException e) {
            return List.of();
        }
        return List.copyOf(names);
    }

    private List<Findings.Offer> definitions() {
        Catalogue catalogue = AgentPlans.catalogue(workspace.folder(), caller.variables());
        List<Findings.Offer> offers = new ArrayList<>();
        catalogue
                .entries()
                .forEach(each -> {
                    String runner =
                            each.command().isPresent() ? "command" : each.runner().orElse("");
                    String what =
                            runner.isEmpty() ? each.headline() : runner + ": " + each.headline();
                    offers.add(new Findings.Offer(each.name(), what));
                });
        catalogue
                .skills()
                .forEach(each ->
                        offers.add(
                                new Findings.Offer(
                                        each.name(), "skill: " + each.asDefinition().headline())));
        return offers;
    }

    private List<String> sessions() {
        return files(SESSIONS + "/").stream()
                .filter(name -> name.endsWith(".md") && !name.startsWith("."))
                .map(name -> SESSIONS + "/" + name)
                .toList()
                .reversed();
    }

    private Findings planned(Inquiry.Plan asked) {
        AgentOrder order = asked.order();
        String name = AgentRunCommand.usualName(order.definition());
        try {
            Optional<ReportName> unique =
                    asked.now()
                            ? Optional.of(
                                    AgentName.unique(
                                            home, LocalDateTime.now(ZoneId.systemDefault()), name))
                            : Optional.empty();
            TaskSpec.Builder spec =
                    TaskSpec.named(
                                    name,
                                    workspace,
                                    new Command.Exec(List.of(AgentCommand.NAME, "-")))
                            .inherited(caller)
                            .cwd(workspace.folder());
            order.memory().ifPresent(spec::memory);
            order.needs().forEach(need -> spec.need(need.task(), need.condition()));
            spec.agent(
                    new AgentSpec.Ordered(
                            order.definition(),
                            order.task(),
                            order.files(),
                            unique.map(ReportName::reportPath),
                            order.session(),
                            unique.map(ReportName::agentId),
                            Optional.empty(),
                            Optional.empty(),
                            order.worktree()));
            return switch (new AgentPlans(caller).plan(spec.build())) {
                case Planning.Planned planned -> told(asked, planned);
                case Planning.Refused refused -> new Findings.Refused(asked, refused.why());
            };
        } catch (CommandRefused e) {
            return new Findings.Refused(asked, e.why());
        } catch (IOException e) {
            return new Findings.Refused(
                    asked, "no name can be given to it: " + TerminalText.plain(e.toString()));
        } catch (IllegalArgumentException e) {
            return new Findings.Refused(asked, TerminalText.plain(String.valueOf(e.getMessage())));
        }
    }

    private static Findings told(Inquiry.Plan asked, Planning.Planned planned) {
        TaskSpec task = planned.task();
        String report = task.planned().map(AgentSpec.Planned::report).orElse("");
        String command =
                switch (task.command()) {
                    case Command.Shell(String line) -> line;
                    case Command.Exec(List<String> argv) ->
                            String.join(" ", argv.stream().map(ShellQuote::quote).toList());
                };
        // What stands for an attempt's own folder and id says nothing to people.
        if (task.planned().isPresent()) {
            AgentSpec.Planned agent = task.planned().get();
            command = command.replace(agent.filesAt(), "…");
            if (agent.programSession().isPresent()) {
                command = command.replace(agent.programSession().get(), "…");
            }
        }
        return new Findings.Planned(
                asked, task, report, command.replace('\n', ' '), planned.notes());
    }
}
