package dev.simmer.config;

import dev.simmer.model.Command;
import dev.simmer.model.Limits;
import dev.simmer.model.LogLimit;
import dev.simmer.model.Need;
import dev.simmer.model.TaskFile;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.WorkspaceId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads a task file into the model. The format is described in docs/TASK-FILE.md.
 *
 * <p>The reading goes on after a mistake wherever the rest still means something, so that all
 * mistakes of a file are told at once. It goes through the file in three steps: the text becomes a
 * tree of located nodes, each section becomes drafts, and the drafts, once they are known to be
 * whole, become tasks.
 */
public final class TaskFileReader {
    private static final String VERSION = "1";

    /** What came of a reading. */
    public sealed interface Result {}

    /**
     * The file is whole; what is odd about it stands in its warnings.
     *
     * @param agents where each agent stands, by its name
     */
    public record Loaded(TaskFile file, Map<String, Place> agents) implements Result {
        public Loaded {
            agents = Collections.unmodifiableMap(new LinkedHashMap<>(agents));
        }
    }

    /** A place in the file, both counted from 1. */
    public record Place(int line, int column) {}

    /**
     * The file cannot be used.
     *
     * @param mistakes at least one, the task file's first, each file's in the order of their places
     * @param agents those of which it is known what is wanted, without what they need: for looking
     *     for mistakes, and not to be run
     * @param places where each of them stands, by its name
     */
    public record Broken(List<Mistake> mistakes, List<TaskSpec> agents, Map<String, Place> places)
            implements Result {
        public Broken {
            mistakes = List.copyOf(mistakes);
            agents = List.copyOf(agents);
            places = Collections.unmodifiableMap(new LinkedHashMap<>(places));
            if (mistakes.isEmpty()) {
                throw new IllegalArgumentException("a broken file has a mistake");
            }
        }
    }

    /** A task that is made of one with {@code each}. */
    private record Batch(String name, List<String> files) {}

    private final Path file;
    private final LogLimit usual;
    private final Path absolute;
    private final Folders folders;
    private final Mistakes mistakes;
    private final Map<String, Place> places = new LinkedHashMap<>();
    private final List<TaskSpec> readable = new ArrayList<>();

    private TaskFileReader(Path file, Map<String, String> environment, LogLimit usual) {
        this.file = file;
        this.usual = usual;
        this.absolute = file.toAbsolutePath().normalize();
        Path folder = Optional.ofNullable(absolute.getParent()).orElse(absolute);
        Optional<String> home =
                Optional.ofNullable(environment.get("HOME")).filter(text -> text.startsWith("/"));
        this.folders = new Folders(folder, home);
        this.mistakes = new Mistakes(file);
    }

    /**
     * Reads a file, and the files that it names by {@code env_file}. Never waits for a pipe, and
     * never throws for what a file holds.
     *
     * @param file the task file; messages name it as it is named here
     * @param environment the variables of this process; {@code HOME} is what a leading {@code ~/}
     *     of a path stands for, and nothing else is taken from it
     */
    public static Result read(Path file, Map<String, String> environment) {
        return read(file, environment, LogLimit.DEFAULT);
    }

    /**
     * The same.
     *
     * @param usual the limit of the log of tasks that set none
     */
    public static Result read(Path file, Map<String, String> environment, LogLimit usual) {
        return new TaskFileReader(file, environment, usual).read();
    }

    private Result read() {
        Optional<TaskFile> whole =
                switch (SourceText.read(file)) {
                    case SourceText.Text source ->
                            YamlTreeReader.read(source.text(), mistakes).flatMap(this::root);
                    case SourceText.NoFile none -> {
                        mistakes.add(Position.START, none.wrong(), none.right());
                        yield Optional.empty();
                    }
                    case SourceText.BadText bad -> {
                        mistakes.add(bad.at(), bad.wrong(), bad.right());
                        yield Optional.empty();
                    }
                };
        return whole.isPresent()
                ? new Loaded(whole.get(), places)
                : new Broken(mistakes.sorted(), readable, places);
    }

    private Optional<TaskFile> root(YamlNode root) {
        Optional<Fields> found = Fields.of("a task file", Keys.FILE, root, mistakes);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Fields fields = found.get();
        checkVersion(fields);
        String name = fields.get("name").flatMap(this::name).orElseGet(this::folderName);
        Limits limits =
                fields.get("limits").map(new LimitsSection(mistakes)::read).orElse(Limits.DEFAULT);
        Map<String, String> shared = new EnvironmentSection(folders, mistakes).read(fields);
        Names names = new Names(mistakes);
        TaskSection section = new TaskSection(folders, shared, mistakes);
        List<DraftTask> tasks = drafts(fields, "tasks", "a task", names, section::task);
        List<DraftTask> agents = drafts(fields, "agents", "an agent", names, section::agent);
        Map<String, List<YamlNode.Scalar>> groups = groups(fields, names);
        if (fields.lacks("tasks") && agents.isEmpty()) {
            mistakes.add(
                    fields.at(), "the file has no `tasks`", "add `tasks:` and a task below it");
        }
        agents.forEach(each -> places.put(each.name(), placeOf(each.key().at())));
        List<DraftTask> all = new ArrayList<>(tasks);
        all.addAll(agents);
        Links links = new Links(all, groups, mistakes);
        links.check();
        Optional<TaskFile> whole =
                mistakes.isEmpty() ? whole(name, limits, all, links) : Optional.empty();
        if (whole.isEmpty()) {
            agents.forEach(this::keepReadable);
        }
        return whole;
    }

    private void keepReadable(DraftTask agent) {
        if (agent.command().isPresent() && TaskNames.fault(agent.name()).isEmpty()) {
            WorkspaceId workspace = new WorkspaceId(folders.workspace());
            Command command = agent.command().get();
            readable.add(agent.build(agent.name(), workspace, command, List.of(), usual));
        }
    }

    private static Place placeOf(Position at) {
        return new Place(at.line(), at.column());
    }

    private void checkVersion(Fields fields) {
        Optional<YamlNode> node = fields.get("version");
        if (fields.lacks("version")) {
            mistakes.add(fields.at(), "the file has no `version`", "begin it with `version: 1`");
        }
        if (node.isEmpty()) {
            return;
        }
        Values values = new Values(mistakes);
        values.scalar("version", node.get(), "write `version: 1`")
                .filter(version -> !version.text().equals(VERSION))
                .ifPresent(version ->
                        values.wrong(
                                "version",
                                version,
                                "is a version that this Simmer does not know",
                                "write `version: 1`"));
    }

    private Optional<String> name(YamlNode node) {
        Values values = new Values(mistakes);
        String right = "write a name, or leave the key out";
        Optional<YamlNode.Scalar> scalar = values.text("name", node, right);
        return scalar.isPresent() && !Names.isVisible(scalar.get().text())
                ? values.wrong("name", scalar.get(), "holds a control character", right)
                : scalar.map(YamlNode.Scalar::text);
    }

    private String folderName() {
        String name =
                Optional.ofNullable(folders.workspace().getFileName())
                        .map(Path::toString)
                        .orElse("/");
        return name.isBlank() ? "/" : Visible.whole(name);
    }

    private List<DraftTask> drafts(
            Fields fields,
            String key,
            String owner,
            Names names,
            Function<YamlNode.Entry, DraftTask> read) {
        List<DraftTask> drafts = new ArrayList<>();
        for (YamlNode.Entry entry : entries(fields, key, owner)) {
            names.take(entry.key(), owner);
            drafts.add(read.apply(entry));
        }
        return drafts;
    }

    private Map<String, List<YamlNode.Scalar>> groups(Fields fields, Names names) {
        Values values = new Values(mistakes);
        Map<String, List<YamlNode.Scalar>> groups = new LinkedHashMap<>();
        for (YamlNode.Entry entry : entries(fields, "groups", "a group")) {
            names.take(entry.key(), "a group");
            String name = entry.key().text();
            List<YamlNode.Scalar> members =
                    values.distinct(
                            "groups." + Visible.cut(name),
                            entry.value(),
                            "write a list of tasks such as `[lint, build]`");
            if (entry.value() instanceof YamlNode.Sequence list && list.items().isEmpty()) {
                mistakes.add(
                        list.at(),
                        "the group " + Visible.quoted(name) + " is empty",
                        "name its tasks, or remove it");
            }
            groups.put(name, members);
        }
        return groups;
    }

    private List<YamlNode.Entry> entries(Fields fields, String key, String owner) {
        Optional<YamlNode> node = fields.get(key);
        if (node.isEmpty()) {
            return List.of();
        }
        boolean nothing = node.get() instanceof YamlNode.Scalar scalar && scalar.isNothing();
        if (node.get() instanceof YamlNode.Mapping map && !map.entries().isEmpty()) {
            return map.entries();
        }
        if (nothing || node.get() instanceof YamlNode.Mapping) {
            mistakes.add(
                    node.get().at(),
                    "`" + key + "` is empty",
                    "add " + owner + ", or remove the key");
        } else {
            mistakes.add(
                    node.get().at(),
                    "`" + key + "` is a map, not " + node.get().sort(),
                    "write the name of " + owner + ", a `:` and what it is");
        }
        return List.of();
    }

    private Optional<TaskFile> whole(
            String name, Limits limits, List<DraftTask> drafts, Links links) {
        WorkspaceId workspace = new WorkspaceId(folders.workspace());
        Map<String, List<Batch>> made = new LinkedHashMap<>();
        for (DraftTask draft : drafts) {
            draft.each().ifPresent(each -> made.put(draft.name(), batches(draft, each)));
        }
        Map<String, List<String>> batches = new LinkedHashMap<>();
        made.forEach((task, of) -> batches.put(task, of.stream().map(Batch::name).toList()));
        for (DraftTask draft : drafts) {
            batches.forEach((task, of) -> checkClash(draft, task, of));
        }
        if (!mistakes.isEmpty()) {
            return Optional.empty();
        }
        List<TaskSpec> tasks = new ArrayList<>();
        for (DraftTask draft : drafts) {
            Command command = draft.command().orElseThrow();
            List<Need> needs = links.needsOf(draft, batches);
            if (draft.each().isEmpty()) {
                tasks.add(draft.build(draft.name(), workspace, command, needs, usual));
            }
            for (Batch batch : made.getOrDefault(draft.name(), List.of())) {
                Command one = Batches.command(command, batch.files());
                tasks.add(draft.build(batch.name(), workspace, one, needs, usual));
            }
        }
        return Optional.of(
                new TaskFile(
                        name,
                        workspace,
                        absolute,
                        limits,
                        tasks,
                        links.flatGroups(batches),
                        mistakes.warnings()));
    }

    private List<Batch> batches(DraftTask draft, DraftTask.Each each) {
        String glob = Visible.quoted(each.glob().text());
        List<String> found = new Globs(mistakes).find(draft.cwd(), each.glob());
        if (found.isEmpty()) {
            mistakes.warn(
                    each.glob().at(),
                    glob + " matches no file, so " + Visible.quoted(draft.name()) + " does nothing",
                    "check the pattern; it begins in the task's `cwd`");
        }
        List<List<String>> files = Batches.split(found, each.batch());
        if (files.size() > Batches.MOST) {
            mistakes.add(
                    each.glob().at(),
                    glob + " makes " + files.size() + " batches, more than 1,000",
                    "raise `batch`");
            return List.of();
        }
        List<Batch> batches = new ArrayList<>();
        for (List<String> some : files) {
            batches.add(new Batch(draft.name() + "[" + (batches.size() + 1) + "]", some));
        }
        return batches;
    }

    private void checkClash(DraftTask draft, String task, List<String> made) {
        if (made.contains(draft.name())) {
            mistakes.add(
                    draft.key().at(),
                    "the name "
                            + Visible.quoted(draft.name())
                            + " is that of a batch of "
                            + Visible.quoted(task),
                    "give the task another name");
        }
    }
}
