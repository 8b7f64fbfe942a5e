package dev.simmer.config;

import dev.simmer.model.Kind;
import dev.simmer.model.Need;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What tasks, agents and groups say of each other. */
final class Links {
    /** That one thing names another, and where. */
    private record Link(Position at, String name) {}

    private final Map<String, DraftTask> tasks = new LinkedHashMap<>();
    private final Map<String, List<YamlNode.Scalar>> groups;
    private final Mistakes mistakes;

    /**
     * Links between what a file defines; of two things with one name the first counts.
     *
     * @param tasks and agents
     */
    Links(List<DraftTask> tasks, Map<String, List<YamlNode.Scalar>> groups, Mistakes mistakes) {
        tasks.forEach(task -> this.tasks.putIfAbsent(task.name(), task));
        this.groups = groups;
        this.mistakes = mistakes;
    }

    /** Reports names that are not there, and circles. */
    void check() {
        tasks.values().forEach(this::checkNeeds);
        groups.forEach(this::checkMembers);
        needCircles();
        groupCircles();
    }

    private void checkNeeds(DraftTask task) {
        for (DraftTask.DraftNeed need : task.needs()) {
            checkNeed(task, need);
        }
    }

    private void checkNeed(DraftTask task, DraftTask.DraftNeed need) {
        String other = need.task();
        String owner = Visible.quoted(task.name());
        String quoted = Visible.quoted(other);
        if (other.equals(task.name())) {
            mistakes.add(need.at(), owner + " needs itself", "remove the need");
        } else if (tasks.containsKey(other)) {
            boolean endless = !tasks.get(other).kind().endsByItself();
            boolean end =
                    need.condition()
                            .filter(c ->
                                    c == Need.Condition.SUCCEEDED || c == Need.Condition.FINISHED)
                            .isPresent();
            if (endless && end) {
                mistakes.warn(
                        need.at(),
                        owner + " waits for the end of " + quoted + ", a service",
                        "write `ready` or `started`");
            }
        } else if (groups.containsKey(other)) {
            mistakes.add(
                    need.at(),
                    owner + " needs " + quoted + ", a group",
                    "name the tasks of the group");
        } else {
            Set<String> known = new LinkedHashSet<>(tasks.keySet());
            known.remove(task.name());
            mistakes.unknown(
                    need.at(), owner + " needs " + quoted + ", which is no task", other, known);
        }
    }

    private void checkMembers(String group, List<YamlNode.Scalar> members) {
        for (YamlNode.Scalar member : members) {
            String name = member.text();
            String owner = "the group " + Visible.quoted(group);
            if (name.equals(group) && !tasks.containsKey(name)) {
                mistakes.add(member.at(), owner + " contains itself", "remove it");
            } else if (!tasks.containsKey(name) && !groups.containsKey(name)) {
                Set<String> known = new LinkedHashSet<>(tasks.keySet());
                known.addAll(groups.keySet());
                known.remove(group);
                mistakes.unknown(
                        member.at(),
                        owner + " names " + Visible.quoted(name) + ", which is no task",
                        name,
                        known);
            }
        }
    }

    private void needCircles() {
        Map<String, List<Link>> links = new LinkedHashMap<>();
        for (DraftTask task : tasks.values()) {
            links.putIfAbsent(
                    task.name(),
                    task.needs().stream().map(need -> new Link(need.at(), need.task())).toList());
        }
        reportCircles(links, "these tasks need each other", "remove one of these needs");
    }

    private void groupCircles() {
        Map<String, List<Link>> links = new LinkedHashMap<>();
        groups.forEach((name, members) ->
                links.put(
                        name,
                        members.stream()
                                .map(member -> new Link(member.at(), member.text()))
                                .toList()));
        reportCircles(links, "these groups contain each other", "remove one from another");
    }

    private void reportCircles(Map<String, List<Link>> links, String wrong, String right) {
        Map<String, List<String>> names = new LinkedHashMap<>();
        links.forEach((name, others) ->
                names.put(
                        name,
                        others.stream()
                                .map(Link::name)
                                .filter(other -> !other.equals(name))
                                .filter(links::containsKey)
                                .toList()));
        for (List<String> circle : Circles.among(names)) {
            links.getOrDefault(circle.getFirst(), List.of()).stream()
                    .filter(link -> link.name().equals(circle.get(1)))
                    .findFirst()
                    .ifPresent(link ->
                            mistakes.add(
                                    link.at(),
                                    wrong + " in a circle: " + Circles.words(circle),
                                    right));
        }
    }

    /**
     * The needs of a task with batches in the place of what they belong to. For a file without
     * mistakes.
     *
     * @param batches the batches of each task with {@code each}
     */
    List<Need> needsOf(DraftTask task, Map<String, List<String>> batches) {
        List<Need> needs = new ArrayList<>();
        for (DraftTask.DraftNeed need : task.needs()) {
            DraftTask other = tasks.get(need.task());
            boolean service = other != null && other.kind() == Kind.SERVICE;
            Need.Condition condition =
                    need.condition()
                            .orElse(service ? Need.Condition.READY : Need.Condition.SUCCEEDED);
            batches.getOrDefault(need.task(), List.of(need.task()))
                    .forEach(name -> needs.add(new Need(name, condition)));
        }
        return needs;
    }

    /**
     * The tasks of each group, groups in groups replaced by theirs. For a file without mistakes.
     */
    Map<String, List<String>> flatGroups(Map<String, List<String>> batches) {
        Map<String, List<String>> flat = new LinkedHashMap<>(batches);
        for (String group : groups.keySet()) {
            flat.put(group, List.copyOf(membersOf(group, flat)));
        }
        return flat;
    }

    private Collection<String> membersOf(String name, Map<String, List<String>> known) {
        if (known.containsKey(name)) {
            return known.get(name);
        }
        if (!groups.containsKey(name)) {
            return tasks.containsKey(name) ? List.of(name) : List.of();
        }
        Set<String> members = new LinkedHashSet<>();
        groups.get(name).forEach(member -> members.addAll(membersOf(member.text(), known)));
        known.put(name, List.copyOf(members));
        return members;
    }
}
