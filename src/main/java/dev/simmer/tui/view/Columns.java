package dev.simmer.tui.view;

import dev.simmer.model.TaskView;
import dev.simmer.tui.model.Scope;
import java.util.List;

/**
 * Columns of the task table, each with its width (0: not shown); they are laid out left to right
 * with a gap between.
 */
record Columns(
        int id,
        int name,
        int place,
        int kind,
        int state,
        int cpu,
        int memory,
        int time,
        int info,
        int gap) {
    private static final int STATE = 11;
    private static final int LONGEST_NAME = 32;

    static Columns of(int width, Scope scope, int widestName) {
        List<TaskView> tasks = scope.tasks();
        int gap = width >= 104 ? 2 : 1;
        int id = tasks.isEmpty() ? 2 : Math.max(2, tasks.getLast().id().toString().length());
        int most = width >= 120 ? 24 : width >= 76 ? 14 : width >= 58 ? 9 : 0;
        int place = scope.everywhere() ? Math.min(most, Math.max(9, scope.labelColumns())) : 0;
        int kind = width >= 92 ? 7 : width >= 66 ? 4 : 0;
        int cpu = width >= 58 ? 5 : 0;
        int memory = width >= 104 ? 11 : width >= 72 ? 9 : 0;
        int time = width >= 46 ? 7 : 0;
        int fixed = id + gap + STATE + gap;
        for (int column : new int[] {place, kind, cpu, memory, time}) {
            fixed += column == 0 ? 0 : column + gap;
        }
        int left = width - fixed - gap;
        int longest = Math.max(4, Math.min(LONGEST_NAME, left / 2));
        int name = Math.clamp(widestName, 4, longest);
        int info = Math.max(0, left - name);
        return new Columns(id, name, place, kind, STATE, cpu, memory, time, info, gap);
    }

    private int after(int start, int width) {
        return width == 0 ? start : start + width + gap;
    }

    int idAt() {
        return 0;
    }

    int nameAt() {
        return after(0, id);
    }

    int placeAt() {
        return after(nameAt(), name);
    }

    int kindAt() {
        return after(placeAt(), place);
    }

    int stateAt() {
        return after(kindAt(), kind);
    }

    int cpuAt() {
        return after(stateAt(), state);
    }

    int memoryAt() {
        return after(cpuAt(), cpu);
    }

    int timeAt() {
        return after(memoryAt(), memory);
    }

    int infoAt() {
        return after(timeAt(), time);
    }
}
