package dev.simmer.agent;

import dev.simmer.agent.definition.Catalogue;
import dev.simmer.agent.definition.Definition;
import dev.simmer.agent.definition.Skill;
import dev.simmer.agent.report.Prompt;
import dev.simmer.agent.report.ReportFile;
import dev.simmer.agent.report.ReportName;
import dev.simmer.agent.report.SafePath;
import dev.simmer.agent.runner.Compiled;
import dev.simmer.agent.runner.Invocation;
import dev.simmer.agent.runner.Order;
import dev.simmer.agent.runner.ProjectFiles;
import dev.simmer.agent.runner.Runner;
import dev.simmer.agent.runner.Runners;
import dev.simmer.agent.stream.Program;
import dev.simmer.agent.stream.ToolNames;
import dev.simmer.logs.TerminalText;
import dev.simmer.model.AgentSpec;
import dev.simmer.model.CallerEnvironment;
import dev.simmer.model.Command;
import dev.simmer.model.TaskSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Turns what somebody wants of agents into tasks that an engine can run: finds the definition,
 * chooses the program, names the report and the run, builds the prompt and the command line.
 *
 * <p>Looks at the file system and changes nothing in it. One planner serves tasks that are asked
 * for together, so that no two of them get one report. For one thread.
 */
public final class AgentPlanner {
    private static final int LONGEST_TITLE = 120;

    /** Names that are told where one is not found. */
    private static final int MOST_NAMES = 24;

    /** Shorter words are parts of too many names. */
    private static final int SHORTEST_PART = 3;

    private final Catalogue catalogue;
    private final Runners runners;
    private final Optional<String> configured;
    private final Map<String, String> environment;
    private final Nearest nearest;
    private final Set<Path> given = new HashSet<>();

    /** Finds the word that somebody probably meant. */
    @FunctionalInterface
    public interface Nearest {
        /** The candidate that is nearest to a word; empty where none is near. */
        Optional<String> to(String word, Collection<String> candidates);
    }

    /**
     * @param configured the program that runs agents whose definitions name none
     * @param environment that tasks inherit which bring none of their own
     */
    public AgentPlanner(
            Catalogue catalogue,
            Runners runners,
            Optional<String> configured,
            Map<String, String> environment,
            Nearest nearest) {
        this.catalogue = catalogue;
        this.runners = runners;
        this.configured = configured;
        this.environment = Map.copyOf(environment);
        this.nearest = nearest;
    }

    /** Why a task cannot be planned. */
    private static final class Refusal extends Exception {
        private static final long serialVersionUID = 1;

        private final Planning.Fault fault;
        private final String why;

        Refusal(Planning.Fault fault, String why) {
            super(why, null, false, false);
            this.fault = fault;
            this.why = why;
        }

        Planning.Reason reason() {
            return new Planning.Reason(fault, TerminalText.plain(why));
        }

        static Refusal order(String why) {
            return new Refusal(Planning.Fault.ORDER, why);
        }
    }

    /**
     * Plans a task; one that no agent is ordered for stays as it is.
     *
     * @param now the local time, for names
     * @param session the id that the program's session shall have, where it lets one choose
     */
    public Planning plan(TaskSpec task, LocalDateTime now, UUID session) {
        if (task.agent().isEmpty() || !(task.agent().get() instanceof AgentSpec.Ordered ordered)) {
            return Planning.Planned.asItIs(task);
        }
        return new One(task, ordered, now, session).plan();
    }

    /**
     * The definition of a name, or the skill of that name as one.
     *
     * @return empty where there is neither
     */
    public static Optional<Definition> find(Catalogue catalogue, String name) {
        return catalogue.find(name).or(() -> catalogue.findSkill(name).map(Skill::asDefinition));
    }

    /** What is to be said of a name that no definition has; harmless to a terminal. */
    public static String unknown(Catalogue catalogue, String name, Nearest nearest) {
        List<String> names = new ArrayList<>();
        catalogue.entries().forEach(each -> names.add(each.name()));
        Set<String> all = new LinkedHashSet<>(names);
        catalogue.skills().forEach(each -> all.add(each.name()));
        String what = "there is no agent `" + name + "`";
        Optional<String> near = nearest.to(name, all).or(() -> containing(name, all));
        what += meant(near);
        String known =
                names.isEmpty()
                        ? "; there are none: put one into .agents/agents"
                        : (near.isPresent() ? " There are " : "; there are ")
                                + String.join(", ", names.stream().limit(MOST_NAMES).toList())
                                + (names.size() > MOST_NAMES ? ", …" : "");
        return TerminalText.plain(what + known);
    }

    private static String meant(Optional<String> near) {
        return near.map(each -> "; did you mean `" + each + "`?").orElse("");
    }

    /** The one name of which somebody wrote a part: {@code audit} of {@code security-audit}. */
    private static Optional<String> containing(String part, Set<String> names) {
        List<String> found = names.stream().filter(each -> each.contains(part)).toList();
        return part.length() >= SHORTEST_PART && found.size() == 1
                ? Optional.of(found.getFirst())
                : Optional.empty();
    }

    /** A part of a planning. */
    @FunctionalInterface
    private interface Part<T> {
        T make() throws Refusal;
    }

    /** The planning of one task. */
    private final class One {
        private final TaskSpec task;
        private final AgentSpec.Ordered ordered;
        private final LocalDateTime now;
        private final UUID session;
        private final Path workspace;
        private final List<String> notes = new ArrayList<>();
        private final List<String> warnings = new ArrayList<>();
        private final List<Planning.Reason> reasons = new ArrayList<>();

        One(TaskSpec task, AgentSpec.Ordered ordered, LocalDateTime now, UUID session) {
            this.task = task;
            this.ordered = ordered;
            this.now = now;
            this.session = session;
            this.workspace = task.workspace().folder();
        }

        /** Goes on after a fault wherever the rest still means something: all are told at once. */
        Planning plan() {
            Optional<Definition> definition = part(this::definition);
            Optional<Prompt> wanted = part(this::wanted);
            Optional<SafePath.Inside> report = wanted.flatMap(all -> part(() -> report(all)));
            Optional<Optional<SafePath.Inside>> sessionFile =
                    wanted.flatMap(all -> part(() -> sessionFile(all)));
            Optional<Runner> runner = definition.flatMap(each -> part(() -> runner(each)));
            return (reasons.isEmpty()
                            ? part(() ->
                                    planned(
                                            definition.orElseThrow(),
                                            runner.orElseThrow(),
                                            wanted.orElseThrow(),
                                            report.orElseThrow(),
                                            sessionFile.orElseThrow()))
                            : Optional.<Planning>empty())
                    .orElseGet(() -> new Planning.Refused(reasons));
        }

        /** What is made; empty where it cannot be, and then there is a reason more. */
        private <T> Optional<T> part(Part<T> part) {
            try {
                return Optional.of(part.make());
            } catch (Refusal e) {
                reasons.add(e.reason());
                return Optional.empty();
            }
        }

        private Planning planned(
                Definition definition,
                Runner runner,
                Prompt wanted,
                SafePath.Inside report,
                Optional<SafePath.Inside> sessionFile)
                throws Refusal {
            String id =
                    wanted.agentId()
                            .orElseGet(() ->
                                    wanted.report().isPresent()
                                            ? name().agentId()
                                            : "bg-" + stem(report));
            boolean isolated = definition.isolation() == Definition.Isolation.WORKTREE;
            boolean worktree = ordered.worktree().orElse(isolated);
            Prompt prompt =
                    new Prompt(
                            wanted.task(),
                            wanted.files(),
                            Optional.of(shown(report, worktree)),
                            sessionFile.map(file -> shown(file, worktree)),
                            Optional.of(id));
            refuseMistakes(prompt);
            Invocation invocation = compile(runner, definition, prompt, worktree);
            given.add(report.absolute());
            String filesAt = filesAt(invocation);
            AgentSpec.Planned planned =
                    new AgentSpec.Planned(
                            definition.name(),
                            runner.program().word(),
                            id,
                            title(wanted.task()),
                            report.text(),
                            sessionFile.map(SafePath.Inside::text),
                            tools(definition),
                            limits(definition),
                            worktree,
                            definition.copy(),
                            invocation.files(),
                            filesAt,
                            invocation.session());
            notes.addAll(invocation.notes());
            new Entry(workspace, planned)
                    .fault()
                    .ifPresent(why -> warnings.add("it cannot be entered in its session: " + why));
            definition
                    .limits()
                    .withoutEffect()
                    .forEach(each -> warnings.add("a limit of its definition: " + each));
            TaskSpec spec = spec(definition, invocation, planned);
            notes.addAll(warnings);
            return new Planning.Planned(spec, plain(notes), plain(warnings));
        }

        private static List<String> plain(List<String> texts) {
            return texts.stream().map(TerminalText::plain).toList();
        }

        private Definition definition() throws Refusal {
            return find(catalogue, ordered.definition())
                    .orElseThrow(
                            () -> Refusal.order(unknown(catalogue, ordered.definition(), nearest)));
        }

        /** What is asked for; what the task's text says in the form counts where nothing else. */
        private Prompt wanted() throws Refusal {
            if (ordered.task().indexOf('\0') >= 0) {
                throw Refusal.order("the task holds a NUL (the byte 0): write it without");
            }
            Prompt told = Prompt.parse(ordered.task());
            List<String> files = new ArrayList<>(ordered.files());
            told.files().stream().filter(file -> !files.contains(file)).forEach(files::add);
            Prompt wanted =
                    new Prompt(
                            told.task(),
                            files,
                            ordered.report().or(told::report),
                            ordered.session().or(told::session),
                            ordered.agentId().or(told::agentId));
            refuseMistakes(wanted);
            return wanted;
        }

        private void refuseMistakes(Prompt prompt) throws Refusal {
            if (!prompt.mistakes().isEmpty()) {
                throw Refusal.order(String.join("; ", prompt.mistakes()));
            }
        }

        private ReportName name() {
            return ReportName.of(now, task.name());
        }

        private static String stem(SafePath.Inside report) {
            return report.name().replaceFirst("\\.md$", "");
        }

        /** A place that is inside of the workspace, free, and nobody else's of this planner. */
        private SafePath.Inside report(Prompt wanted) throws Refusal {
            String place = wanted.report().orElseGet(() -> name().reportPath());
            SafePath.Inside first = inside(place, "report");
            if (!place.endsWith(".md")) {
                throw Refusal.order(
                        "the report path \""
                                + place
                                + "\" does not end in .md: name a Markdown file in the workspace,"
                                + " such as .agents/reports/audit.md");
            }
            try {
                SafePath.Inside free = ReportFile.free(first);
                for (int n = 2; given.contains(free.absolute()); n++) {
                    free = ReportFile.free(first.beside(stem(first) + "-" + n + ".md"));
                }
                if (wanted.report().isPresent() && !free.relative().equals(first.relative())) {
                    notes.add(
                            "its report is to lie at "
                                    + free.text()
                                    + ", as there is something at "
                                    + first.text()
                                    + " already");
                }
                return free;
            } catch (IOException e) {
                throw Refusal.order(
                        "the report cannot lie at "
                                + first.text()
                                + " ("
                                + e.getMessage()
                                + "): choose another place");
            }
        }

        private Optional<SafePath.Inside> sessionFile(Prompt wanted) throws Refusal {
            return wanted.session().isEmpty()
                    ? Optional.empty()
                    : Optional.of(inside(wanted.session().get(), "session file"));
        }

        private SafePath.Inside inside(String place, String what) throws Refusal {
            return switch (SafePath.check(workspace, place, what)) {
                case SafePath.Inside inside -> inside;
                case SafePath.Refused(String words) -> throw Refusal.order(words);
            };
        }

        /** As the agent can open it from where it works. */
        private String shown(SafePath.Inside file, boolean worktree) {
            return worktree || task.cwd().equals(workspace)
                    ? file.text()
                    : file.absolute().toString();
        }

        private Runner runner(Definition definition) throws Refusal {
            if (ordered.runner().isPresent() && Program.of(ordered.runner().get()).isEmpty()) {
                String asked = ordered.runner().get();
                List<String> known = Stream.of(Program.values()).map(Program::word).toList();
                throw Refusal.order(
                        "the runner `"
                                + asked
                                + "` is none of "
                                + String.join(", ", known)
                                + meant(nearest.to(asked, known)));
            }
            Runners there = task.env().containsKey("PATH") ? Runners.onPath(task.env()) : runners;
            return switch (there.choose(definition, ordered.runner(), configured)) {
                case Runners.Choice.Chosen(Runner runner, String why) -> {
                    boolean said =
                            ordered.runner().isPresent()
                                    || definition.runner().isPresent()
                                    || definition.command().isPresent();
                    if (!said) {
                        notes.add("it is run by " + runner.program().word() + ", " + why);
                    }
                    yield runner;
                }
                case Runners.Choice.None(String why) ->
                        throw new Refusal(Planning.Fault.RUNNER, why);
            };
        }

        private Invocation compile(
                Runner runner, Definition definition, Prompt prompt, boolean worktree)
                throws Refusal {
            // Where a worktree will be is not known before it is made; the program starts in it.
            Path works = worktree ? Path.of(".") : task.cwd();
            Order order =
                    new Order(
                            definition,
                            prompt.text(),
                            session,
                            ordered.model(),
                            works,
                            ProjectFiles.refusedBy(catalogue, workspace));
            return switch (runner.compile(order)) {
                case Compiled.Ready(Invocation invocation) -> invocation;
                case Compiled.Refused(String why) -> throw Refusal.order(why);
            };
        }

        /** A text that occurs in nothing that is filled in. */
        private String filesAt(Invocation invocation) {
            List<String> texts = new ArrayList<>();
            Path nowhere = Path.of("");
            texts.addAll(invocation.argv(nowhere));
            texts.addAll(invocation.environment(nowhere).values());
            texts.addAll(invocation.files().values());
            texts.addAll(task.env().values());
            for (int n = 1; ; n++) {
                String text = "/simmer-agent-files-" + n + "/of-this-attempt";
                if (texts.stream().noneMatch(each -> each.contains(text))) {
                    return text;
                }
            }
        }

        private TaskSpec spec(
                Definition definition, Invocation invocation, AgentSpec.Planned planned) {
            Path folder = Path.of(planned.filesAt());
            Map<String, String> variables = new LinkedHashMap<>(task.env());
            invocation
                    .environment(folder)
                    .forEach((name, value) -> {
                        String own = variables.put(name, value);
                        if (own != null && !own.equals(value)) {
                            notes.add(name + " is set by Simmer; the task's own value is not used");
                        }
                    });
            Map<String, String> inherited =
                    new TreeMap<>(
                            task.inherited().map(CallerEnvironment::variables).orElse(environment));
            inherited.keySet().removeIf(invocation::drops);
            TaskSpec.Builder builder =
                    task.edit()
                            .agent(planned)
                            .command(new Command.Exec(invocation.argv(folder)))
                            .env(variables)
                            .inherited(new CallerEnvironment(inherited));
            if (task.timeout().isEmpty()) {
                definition.limits().time().ifPresent(builder::timeout);
            }
            return builder.build();
        }
    }

    private static AgentSpec.Tools tools(Definition definition) {
        Set<String> denied = new LinkedHashSet<>(definition.denied());
        denied.addAll(ToolNames.SPAWNING);
        return new AgentSpec.Tools(definition.tools(), denied, definition.readOnly());
    }

    private static AgentSpec.Limits limits(Definition definition) {
        Definition.Limits limits = definition.limits();
        return new AgentSpec.Limits(limits.turns(), limits.budgetUsd(), limits.silence());
    }

    /** The task's first line. */
    static String title(String task) {
        String first =
                TerminalText.plain(
                        task.lines()
                                .map(String::strip)
                                .filter(l -> !l.isEmpty())
                                .findFirst()
                                .orElse(""));
        return first.codePointCount(0, first.length()) <= LONGEST_TITLE
                ? first
                : first.substring(0, first.offsetByCodePoints(0, LONGEST_TITLE - 1)) + "…";
    }
}
