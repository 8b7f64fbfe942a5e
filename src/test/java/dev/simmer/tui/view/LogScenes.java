package dev.simmer.tui.view;

import dev.simmer.model.Kind;
import dev.simmer.model.Phase;
import dev.simmer.model.TaskView;
import dev.simmer.tui.model.Key;
import dev.simmer.tui.model.Key.Name;
import dev.simmer.tui.model.Msg;
import dev.simmer.tui.model.Samples;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Screens on which logs are searched, marked, timed and merged. */
final class LogScenes {
    private static final List<String> NAMES = List.of("build", "dev", "e2e");

    private LogScenes() {}

    static Map<String, UnaryOperator<Screens>> all() {
        Map<String, UnaryOperator<Screens>> all = new LinkedHashMap<>();
        all.put("log-hits", s -> logs(s).type("/chunk 7\nNN").send(soon()));
        all.put("log-regex-prompt", s -> logs(s).type("/").keys(Key.ctrl("r")).type("chunk 7."));
        all.put("log-regex", s -> regex(logs(s), "chunk 7.\nN"));
        all.put("log-regex-wrong", s -> regex(logs(s), "chunk (\n"));
        all.put("log-errors", s -> logs(s).type("eE").send(soon()));
        all.put("log-stamps", s -> logs(s).type("#"));
        all.put("log-stamps-wrapped", s -> logs(s).type("#w"));
        all.put("log-marked", s -> logs(s).type("Vkkkk"));
        all.put("log-save", s -> logs(s).type("Vkk").type("S").type("~/build.log"));
        all.put("log-percent", s -> logs(s).type("%50\n"));
        all.put("log-merged", s -> logs(s).type("M#").send(soon()));
        all.put("log-merged-hits", s -> logs(s).type("M/chunk 12\nN").send(soon()));
        return all;
    }

    private static Screens regex(Screens screens, String typed) {
        return screens.type("/").keys(Key.ctrl("r")).type(typed);
    }

    private static Msg soon() {
        return new Msg.Clock(Samples.NOW.plusSeconds(30));
    }

    private static Path log(String name) {
        return Path.of("/home/ada/shop/" + name + ".log");
    }

    /** The log of the first of some tasks has the keys. */
    private static Screens logs(Screens screens) {
        List<TaskView> tasks = new ArrayList<>();
        for (int i = 1; i <= NAMES.size(); i++) {
            String name = NAMES.get(i - 1);
            tasks.add(Samples.task(i, name, Kind.JOB, Phase.RUNNING, "", log(name)));
            List<String> lines = new ArrayList<>();
            for (int line = 1; line <= 90; line++) {
                lines.add(line(name, line));
            }
            screens.file(log(name), lines);
        }
        return screens.tasks(tasks).send(new Msg.LastLinesPoll()).keys(Key.of(Name.TAB));
    }

    private static String line(String name, int line) {
        return switch (line % 9) {
            case 2 -> "src/cart/total.ts:" + line + ":5: error: cannot find name 日本語";
            case 4 -> "\u001b[33mwarning\u001b[0m: see https://example.org/rules/" + line + ".";
            case 6 -> "\u001b[31mit broke in part " + line + "\u001b[0m";
            case 8 -> "done: 0 errors, " + "no failures, ".repeat(9);
            default -> name + " chunk " + line + " of 90  src/cart/rows.ts";
        };
    }
}
