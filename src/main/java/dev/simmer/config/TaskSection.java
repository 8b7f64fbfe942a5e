package dev.simmer.config;

import dev.simmer.model.AgentSpec;
import dev.simmer.model.Command;
import dev.simmer.model.Kind;
import dev.simmer.model.Need;
import dev.simmer.model.TaskSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** Reads one task of {@code tasks} or one agent of {@code agents}. */
final class TaskSection {
    private static final int DEFAULT_BATCH = 100;
    private static final String COMMAND = "write a command, or a list of a program and arguments";
    private static final String NEEDS = "write a list such as `[build]`, or a map `{dev: ready}`";

    private final Folders folders;
    private final Map<String, String> shared;
    private final Mistakes mistakes;
    private final Values values;
    private final PolicySections policies;
    private final AgentSection agents;

    /**
     * A reader of tasks.
     *
     * @param shared the variables that every task has
     */
    TaskSection(Folders folders, Map<String, String> shared, Mistakes mistakes) {
        this.folders = folders;
        this.shared = shared;
        this.mistakes = mistakes;
        this.values = new Values(mistakes);
        this.policies = new PolicySections(mistakes);
        this.agents = new AgentSection(folders, mistakes);
    }

    DraftTask task(YamlNode.Entry entry) {
        YamlNode.Scalar key = entry.key();
        String owner = "the task " + Visible.quoted(key.text());
        if (entry.value() instanceof YamlNode.Scalar
                || entry.value() instanceof YamlNode.Sequence) {
            Optional<Command> command = shortForm(owner, entry.value());
            return draft(
                    key, Kind.JOB, command, folders.workspace(), List.of(), List.of(env(shared)));
        }
        Optional<Fields> found = Fields.of(owner, Keys.TASK, entry.value(), mistakes);
        if (found.isEmpty()) {
            return draft(
                    key, Kind.JOB, Optional.empty(), folders.workspace(), List.of(), List.of());
        }
        Fields fields = found.get();
        if (fields.lacks("run")) {
            mistakes.add(key.at(), owner + " has no command", "add `run: …`");
        }
        Optional<Command> command = fields.get("run").flatMap(this::command);
        Kind kind = fields.get("kind").flatMap(this::kind).orElse(Kind.JOB);
        Path cwd = cwd(fields);
        List<DraftTask.DraftNeed> needs = needs(fields);
        List<Consumer<TaskSpec.Builder>> settings = settings(fields);
        fields.get("ready").flatMap(policies::ready).ifPresent(v -> settings.add(b -> b.ready(v)));
        fields.get("restart")
                .map(policies::restart)
                .ifPresent(v -> settings.add(b -> b.restart(v)));
        set(fields, "input", values::truth, settings, TaskSpec.Builder::input);
        set(fields, "tty", values::truth, settings, TaskSpec.Builder::tty);
        Optional<DraftTask.Each> each = fields.get("each").flatMap(this::each);
        checkSense(fields, kind);
        checkItems(fields);
        return new DraftTask(key, kind, command, cwd, needs, each, List.copyOf(settings));
    }

    /** An agent: what is wanted of it; whether there is such a definition is not known here. */
    DraftTask agent(YamlNode.Entry entry) {
        YamlNode.Scalar key = entry.key();
        String owner = "the agent " + Visible.quoted(key.text());
        Optional<Fields> found = Fields.of(owner, Keys.AGENT, entry.value(), mistakes);
        if (found.isEmpty()) {
            return draft(
                    key, Kind.AGENT, Optional.empty(), folders.workspace(), List.of(), List.of());
        }
        Fields fields = found.get();
        Optional<AgentSpec.Ordered> ordered = agents.read(key, owner, fields);
        Path cwd = cwd(fields);
        List<DraftTask.DraftNeed> needs = needs(fields);
        List<Consumer<TaskSpec.Builder>> settings = settings(fields);
        ordered.ifPresent(each -> settings.add(b -> b.agent(each)));
        // It stands for the command line that is made when the agent is planned.
        Optional<Command> command =
                ordered.map(each -> new Command.Exec(List.of("agent", each.definition())));
        return draft(key, Kind.AGENT, command, cwd, needs, List.copyOf(settings));
    }

    private static DraftTask draft(
            YamlNode.Scalar key,
            Kind kind,
            Optional<Command> command,
            Path cwd,
            List<DraftTask.DraftNeed> needs,
            List<Consumer<TaskSpec.Builder>> settings) {
        return new DraftTask(key, kind, command, cwd, needs, Optional.empty(), settings);
    }

    private Optional<Command> shortForm(String owner, YamlNode node) {
        if (node instanceof YamlNode.Scalar scalar
                && !scalar.text().isBlank()
                && !scalar.isNothing()) {
            return Optional.of(new Command.Shell(scalar.text()));
        }
        if (node instanceof YamlNode.Scalar) {
            mistakes.add(node.at(), owner + " has no command", "write one after the `:`");
        } else {
            mistakes.add(
                    node.at(), owner + " is a command or a map, not a list", "write `run: […]`");
        }
        return Optional.empty();
    }

    private Optional<Command> command(YamlNode node) {
        return switch (node) {
            case YamlNode.Sequence list -> {
                Optional<List<YamlNode.Scalar>> words = values.list("run", list, COMMAND);
                boolean empty = list.items().isEmpty() || isBlank(list.items().getFirst());
                if (empty) {
                    mistakes.add(node.at(), "`run` names no program", COMMAND);
                }
                yield empty || words.isEmpty() || words.get().isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                new Command.Exec(
                                        words.get().stream().map(YamlNode.Scalar::text).toList()));
            }
            case YamlNode.Mapping map -> {
                mistakes.add(map.at(), "`run` is a text or a list, not a map", COMMAND);
                yield Optional.empty();
            }
            case YamlNode.Scalar scalar ->
                    values.text("run", scalar, COMMAND).map(text -> new Command.Shell(text.text()));
        };
    }

    private static boolean isBlank(YamlNode node) {
        return node instanceof YamlNode.Scalar word && !word.isNothing() && word.text().isBlank();
    }

    private Optional<Kind> kind(YamlNode node) {
        if (node instanceof YamlNode.Scalar scalar && scalar.text().equals(Kind.AGENT.word())) {
            return values.wrong(
                    "kind", scalar, "stands under `agents`", "write `job` or `service`");
        }
        return values.word("kind", node, List.of(Kind.JOB, Kind.SERVICE), Kind::word);
    }

    private Path cwd(Fields fields) {
        return fields.get("cwd")
                .flatMap(node -> values.path("cwd", node, folders.workspace(), folders.home()))
                .orElse(folders.workspace());
    }

    private static Consumer<TaskSpec.Builder> env(Map<String, String> variables) {
        return builder -> builder.env(variables);
    }

    /** What tasks and agents have in common. */
    private List<Consumer<TaskSpec.Builder>> settings(Fields fields) {
        List<Consumer<TaskSpec.Builder>> settings = new ArrayList<>();
        Map<String, String> variables = new LinkedHashMap<>(shared);
        variables.putAll(new EnvironmentSection(folders, mistakes).read(fields));
        settings.add(env(variables));
        set(fields, "memory", values::memory, settings, TaskSpec.Builder::memory);
        set(fields, "heavy", values::truth, settings, TaskSpec.Builder::heavy);
        set(fields, "evictable", this::evictable, settings, TaskSpec.Builder::evictable);
        set(fields, "isolate", this::isolate, settings, TaskSpec.Builder::isolateMemory);
        set(
                fields,
                "timeout",
                (n, v) -> values.duration(n, v, false),
                settings,
                TaskSpec.Builder::timeout);
        set(
                fields,
                "priority",
                (n, v) -> values.whole(n, v, -TaskSpec.MAX_PRIORITY, TaskSpec.MAX_PRIORITY),
                settings,
                TaskSpec.Builder::priority);
        set(fields, "autostart", values::truth, settings, TaskSpec.Builder::autostart);
        set(fields, "keep_tmp", this::keepTmp, settings, TaskSpec.Builder::keepTmpOnFailure);
        fields.get("retry").map(policies::retry).ifPresent(v -> settings.add(b -> b.retry(v)));
        fields.get("stop").map(policies::stop).ifPresent(v -> settings.add(b -> b.stop(v)));
        fields.get("log_limit")
                .flatMap(policies::logLimit)
                .ifPresent(v -> settings.add(b -> b.logLimit(v)));
        fields.get("locks")
                .map(node -> values.distinct("locks", node, "write a list such as `[git]`"))
                .orElse(List.of())
                .forEach(lock -> settings.add(b -> b.lock(lock.text())));
        return settings;
    }

    /** As the option of the same name has it too. */
    private Optional<Boolean> evictable(String name, YamlNode node) {
        if (node instanceof YamlNode.Scalar scalar) {
            switch (scalar.text()) {
                case "yes" -> {
                    return Optional.of(true);
                }
                case "no" -> {
                    return Optional.of(false);
                }
                default -> {}
            }
        }
        return values.truth(name, node);
    }

    /** What a task has to itself: so far there is one such thing. */
    private Optional<Boolean> isolate(String name, YamlNode node) {
        String right = "write `memory` or `none`";
        Optional<YamlNode.Scalar> scalar = values.scalar(name, node, right);
        if (scalar.isEmpty()) {
            return Optional.empty();
        }
        return switch (scalar.get().text()) {
            case "memory" -> Optional.of(true);
            case "none" -> Optional.of(false);
            default -> values.wrong(name, scalar.get(), "cannot be isolated", right);
        };
    }

    private static <T> void set(
            Fields fields,
            String key,
            BiFunction<String, YamlNode, Optional<T>> read,
            List<Consumer<TaskSpec.Builder>> settings,
            BiConsumer<TaskSpec.Builder, T> apply) {
        fields.get(key)
                .flatMap(node -> read.apply(key, node))
                .ifPresent(value -> settings.add(builder -> apply.accept(builder, value)));
    }

    private Optional<Boolean> keepTmp(String name, YamlNode node) {
        String right = "write `never` or `on-failure`";
        Optional<YamlNode.Scalar> scalar = values.scalar(name, node, right);
        if (scalar.isEmpty()) {
            return Optional.empty();
        }
        return switch (scalar.get().text()) {
            case "never" -> Optional.of(false);
            case "on-failure" -> Optional.of(true);
            default -> values.wrong(name, scalar.get(), "is none of its words", right);
        };
    }

    private List<DraftTask.DraftNeed> needs(Fields fields) {
        Optional<YamlNode> node = fields.get("needs");
        if (node.isEmpty()) {
            return List.of();
        }
        if (!(node.get() instanceof YamlNode.Mapping map)) {
            return values.distinct("needs", node.get(), NEEDS).stream()
                    .map(item -> new DraftTask.DraftNeed(item.at(), item.text(), Optional.empty()))
                    .toList();
        }
        List<DraftTask.DraftNeed> needs = new ArrayList<>();
        for (YamlNode.Entry entry : map.entries()) {
            String name = "needs." + Visible.cut(entry.key().text());
            Optional<Need.Condition> condition =
                    values.word(name, entry.value(), Need.Condition.values(), Need.Condition::word);
            needs.add(new DraftTask.DraftNeed(entry.key().at(), entry.key().text(), condition));
        }
        return needs;
    }

    private Optional<DraftTask.Each> each(YamlNode node) {
        Optional<Fields> found = Fields.of("`each`", Keys.EACH, node, mistakes);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Fields fields = found.get();
        int batch =
                fields.get("batch")
                        .flatMap(n -> values.whole("each.batch", n, 1, Integer.MAX_VALUE))
                        .orElse(DEFAULT_BATCH);
        String right = "write a pattern such as `src/**/*.ts`";
        if (fields.lacks("glob")) {
            mistakes.add(fields.at(), "`each` has no `glob`", right);
        }
        return fields.get("glob")
                .flatMap(n -> values.text("each.glob", n, right))
                .filter(glob -> new Globs(mistakes).check(glob))
                .map(glob -> new DraftTask.Each(glob, batch));
    }

    /** Warns of keys that do nothing, and refuses those that contradict each other. */
    private void checkSense(Fields fields, Kind kind) {
        boolean service = kind == Kind.SERVICE;
        if (service) {
            fields.entry("retry")
                    .ifPresent(e -> idle(e, "`retry` does nothing for a service", "use `restart`"));
            fields.entry("each")
                    .ifPresent(e ->
                            mistakes.add(
                                    e.key().at(),
                                    "`each` makes batches of a job, not of a service",
                                    "remove it, or write `kind: job`"));
        } else {
            fields.entry("restart")
                    .ifPresent(e -> idle(e, "`restart` does nothing for a job", "use `retry`"));
        }
    }

    private void idle(YamlNode.Entry entry, String what, String right) {
        mistakes.warn(entry.key().at(), what, right);
    }

    private void checkItems(Fields fields) {
        Optional<YamlNode> run = fields.get("run");
        if (run.isEmpty()) {
            return;
        }
        Batches.Use use = Batches.use(run.get());
        boolean each = fields.get("each").isPresent();
        if (each && use == Batches.Use.NONE) {
            mistakes.add(
                    run.get().at(),
                    "the task has `each`, and its command no `{items}`",
                    "write `{items}` where the files belong");
        }
        if (each && use == Batches.Use.INSIDE_A_WORD) {
            mistakes.add(
                    run.get().at(),
                    "`{items}` stands inside a word of a list",
                    "make it a word of its own, or write the command as a text");
        }
        if (each && use == Batches.Use.IN_QUOTES) {
            mistakes.warn(
                    run.get().at(),
                    "`{items}` stands in quotes",
                    "leave them out; Simmer quotes the paths");
        }
        if (!each && use != Batches.Use.NONE) {
            mistakes.warn(
                    run.get().at(),
                    "`{items}` means nothing without `each`",
                    "add `each: {glob: …}`");
        }
    }
}
