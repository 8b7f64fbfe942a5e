package dev.simmer.tui.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.model.Command;
import dev.simmer.model.Kind;
import dev.simmer.model.Need;
import dev.simmer.model.Phase;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskSpec;
import dev.simmer.model.TaskView;
import dev.simmer.tui.model.NeedsMap.Place;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NeedsMapTest {
    private static TaskView task(int id, List<Integer> needs) {
        TaskSpec.Builder spec = TaskSpec.named("t" + id, Samples.FOLDER, new Command.Shell("true"));
        needs.forEach(need -> spec.need("t" + need, Need.Condition.SUCCEEDED));
        TaskView task = Samples.task(id, "t" + id, Kind.JOB, Phase.WAITING, "", Path.of("/none"));
        return Samples.with(task, spec.build());
    }

    /** Tasks that need others of a smaller number, so that there are no circles. */
    private static List<TaskView> tasks(Random random, int count) {
        List<TaskView> tasks = new ArrayList<>();
        for (int id = 1; id <= count; id++) {
            Set<Integer> needs = new HashSet<>();
            for (int k = random.nextInt(4); k > 0 && id > 1; k--) {
                needs.add(1 + random.nextInt(id - 1));
            }
            tasks.add(task(id, List.copyOf(needs)));
        }
        return tasks;
    }

    @Test
    void everyNeedIsOneLineAndNoPlacesMeet() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            List<TaskView> tasks = tasks(random, 1 + random.nextInt(seed < 190 ? 30 : 300));
            NeedsMap map = NeedsMap.of(tasks);
            check(map, tasks, "seed " + seed);
        }
    }

    private static void check(NeedsMap map, List<TaskView> tasks, String where) {
        Set<List<Object>> lines = new HashSet<>();
        Set<List<Integer>> cells = new HashSet<>();
        Map<TaskId, Integer> whole = new HashMap<>();
        for (Place place : map.places()) {
            assertThat(cells.add(List.of(place.row(), place.column()))).as(where).isTrue();
            assertThat(place.row()).as(where).isBetween(0, map.rows() - 1);
            assertThat(place.column()).as(where).isBetween(0, map.columns() - 1);
            if (!place.again()) {
                whole.merge(place.task(), 1, Integer::sum);
            }
            if (place.parent() >= 0) {
                Place parent = map.places().get(place.parent());
                assertThat(parent.column()).as(where).isLessThan(place.column());
                assertThat(parent.row()).as(where).isLessThanOrEqualTo(place.row());
                assertThat(parent.again()).as(where).isFalse();
                assertThat(lines.add(List.of(parent.task(), place.task()))).as(where).isTrue();
            }
        }
        Set<List<Object>> needs = new HashSet<>();
        for (TaskView task : tasks) {
            assertThat(whole).as(where).containsEntry(task.id(), 1);
            for (Need need : task.spec().needs()) {
                needs.add(List.of(new TaskId(Long.parseLong(need.task().substring(1))), task.id()));
            }
        }
        assertThat(lines).as(where).isEqualTo(needs);
        crossings(map, where);
    }

    /** A line from a place down to those that hang from it meets no other place or line. */
    private static void crossings(NeedsMap map, String where) {
        for (int i = 0; i < map.places().size(); i++) {
            Place parent = map.places().get(i);
            int last = parent.row();
            for (Place place : map.places()) {
                last = place.parent() == i ? Math.max(last, place.row()) : last;
            }
            for (Place other : map.places()) {
                boolean beside = other.row() > parent.row() && other.row() < last;
                int from =
                        other.parent() < 0
                                ? other.column()
                                : map.places().get(other.parent()).column();
                boolean across = from < parent.column() && other.column() > parent.column();
                assertThat(beside && across).as("%s: %s, %s", where, parent, other).isFalse();
                boolean under = beside && other.column() <= parent.column();
                assertThat(under && other.row() < last)
                        .as("%s: %s, %s", where, parent, other)
                        .isFalse();
            }
        }
    }

    @Test
    void arrowsLeadEverywhereAndBack() {
        NeedsMap map = NeedsMap.of(tasks(new Random(7), 60));
        Set<Integer> seen = new HashSet<>(Set.of(0));
        List<Integer> open = new ArrayList<>(List.of(0));
        while (!open.isEmpty()) {
            int at = open.removeLast();
            for (Action action : List.of(Action.UP, Action.DOWN, Action.LEFT, Action.RIGHT)) {
                int to = map.from(at, action);
                if (seen.add(to)) {
                    open.add(to);
                }
            }
        }
        Set<Integer> rows = new HashSet<>();
        seen.forEach(at -> rows.add(map.places().get(at).row()));
        assertThat(rows).hasSize(map.rows());
    }

    @Test
    void aNeedOfATaskThatIsNotThereIsNoLine() {
        NeedsMap map = NeedsMap.of(List.of(task(5, List.of(3)), task(6, List.of(5))));
        assertThat(map.places()).extracting(Place::parent).containsExactly(-1, 0);
        assertThat(NeedsMap.of(List.of()).places()).isEmpty();
    }
}
