package dev.simmer.tui.view;

import dev.simmer.model.TaskView;
import dev.simmer.tui.model.Scope;

import java.util.List;

/**
 * Columns of the task table, each with its width (0: not shown); they are laid out left to right
 * with a gap between. The figures of agents are there where an agent is, as far as the activity
 * keeps room: cost first, then tokens, turns, tools.
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
        int turns,
        int tools,
        int tokens,
        int cost,
        int info,
        int gap) {
    private static final int STATE = 11;
    private static final int AGENT_STATE = 12;
    private static final int WIDE_STATE = 18;
    private static final int LONGEST_NAME = 32;

    /** Columns that the activity has before figures of agents have any. */
    private static final int LEAST_INFO = 28;

    private static final int TURNS = 5;
    private static final int TOOLS = 5;
    private static final int TOKENS = 11;
    private static final int COST = 7;

    static Columns of(int width, Scope scope, int widestName) {
        List<TaskView> tasks = scope.tasks();
        Figures figures = Figures.of(tasks);
        int gap = width >= 104 ? 2 : 1;
        int id = tasks.isEmpty() ? 2 : Math.max(2, tasks.getLast().id().toString().length());
        int most = width >= 120 ? 24 : width >= 76 ? 14 : width >= 58 ? 9 : 0;
        int place = scope.everywhere() ? Math.min(most, Math.max(9, scope.labelColumns())) : 0;
        int kind = width >= 92 ? 7 : width >= 66 ? 4 : 0;
        int state = !figures.agents() ? STATE : width >= 120 ? WIDE_STATE : AGENT_STATE;
        int cpu = width >= 58 ? 5 : 0;
        int memory = width >= 104 ? 11 : width >= 72 ? 9 : 0;
        int time = width >= 46 ? 7 : 0;
        int fixed = id + gap + state + gap;
        for (int column : new int[] {place, kind, cpu, memory, time}) {
            fixed += column == 0 ? 0 : column + gap;
        }
        int left = width - fixed - gap;
        int longest = Math.max(4, Math.min(LONGEST_NAME, left / 2));
        int name = Math.clamp(widestName, 4, longest);
        int info = Math.max(0, left - name);
        int cost = figures.cost() && info - COST - gap >= LEAST_INFO ? COST : 0;
        info -= cost == 0 ? 0 : cost + gap;
        int tokens = figures.agents() && info - TOKENS - gap >= LEAST_INFO ? TOKENS : 0;
        info -= tokens == 0 ? 0 : tokens + gap;
        int counts = TURNS + TOOLS + 2 * gap;
        boolean counted = tokens > 0 && info - counts >= LEAST_INFO;
        info -= counted ? counts : 0;
        return new Columns(
                id,
                name,
                place,
                kind,
                state,
                cpu,
                memory,
                time,
                counted ? TURNS : 0,
                counted ? TOOLS : 0,
                tokens,
                cost,
                info,
                gap);
    }

    /** Which figures of agents there are. */
    private record Figures(boolean agents, boolean cost) {
        static Figures of(List<TaskView> tasks) {
            boolean agents = false;
            boolean cost = false;
            for (TaskView task : tasks) {
                if (task.agent().isPresent()) {
                    agents = true;
                    cost |= task.agent().get().costUsd().isPresent();
                }
            }
            return new Figures(agents, cost);
        }
    }

    /** Whether a state may be told in long words. */
    boolean wideState() {
        return state >= WIDE_STATE;
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

    int turnsAt() {
        return after(timeAt(), time);
    }

    int toolsAt() {
        return after(turnsAt(), turns);
    }

    int tokensAt() {
        return after(toolsAt(), tools);
    }

    int costAt() {
        return after(tokensAt(), tokens);
    }

    int infoAt() {
        return after(costAt(), cost);
    }
}
