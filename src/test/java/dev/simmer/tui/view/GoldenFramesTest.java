package dev.simmer.tui.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.model.Kind;
import dev.simmer.model.Phase;
import dev.simmer.model.Reply;
import dev.simmer.model.Request;
import dev.simmer.model.TaskView;
import dev.simmer.model.WorkspaceId;
import dev.simmer.tui.model.Key;
import dev.simmer.tui.model.Key.Name;
import dev.simmer.tui.model.Msg;
import dev.simmer.tui.model.Samples;
import dev.simmer.tui.theme.Depth;
import dev.simmer.tui.theme.Paint;
import dev.simmer.tui.theme.Theme;
import dev.simmer.tui.theme.Themes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Whole screens, text and looks, against files; {@code -Dsimmer.golden.update=true} writes them
 * anew.
 */
class GoldenFramesTest {
    private static final Path FOLDER = Path.of("src/test/resources/golden");
    private static final Path LOG = Path.of("/home/ada/shop/output.log");
    private static final Themes THEMES = Themes.load(List.of(Path.of("themes")));
    private static final Key ENTER = Key.of(Name.ENTER);
    private static final Key TAB = Key.of(Name.TAB);

    private static final String FULL =
            "the disk is full: /home/ada/.local/state/simmer/simmer.db cannot be written. Running"
                    + " tasks go on, nothing is lost and nothing new starts; make room and all goes"
                    + " on by itself";

    private static final String SHORT =
            "memory is short: 612M available, below half the reserve of 1.6G; nothing heavy starts,"
                    + " 1 task is paused";

    private static Map<String, UnaryOperator<Screens>> scenarios() {
        Map<String, UnaryOperator<Screens>> all = new LinkedHashMap<>();
        List<TaskView> mix = Samples.everyPhase(LOG);
        all.put("empty", s -> s.tasks(List.of()));
        all.put("mix", GoldenFramesTest::mix);
        all.put("waiting", s -> s.tasks(mix).type("jjj"));
        all.put(
                "many-scrolled",
                s -> s.tasks(many()).keys(Key.of(Name.PAGE_DOWN), Key.of(Name.PAGE_DOWN)));
        all.put("filter-typing", s -> s.tasks(many()).type("/fail"));
        all.put("filter-kept", s -> s.tasks(many()).type("/job 12").keys(ENTER));
        all.put("filter-nothing", s -> s.tasks(mix).type("/zebra"));
        all.put("help", s -> s.tasks(mix).type("?"));
        all.put("spawn", s -> s.tasks(mix).type("nnpm run dev &").keys(Key.of(Name.LEFT)));
        all.put("spawn-long", s -> s.tasks(mix).type("n" + "echo a long command; ".repeat(12)));
        all.put(
                "spawn-lines",
                s ->
                        s.tasks(mix)
                                .type("n")
                                .send(new Msg.Pasted("cd x\rmake\rmake test\r"))
                                .keys(Key.ctrl("b"), Key.ctrl("b"), Key.ctrl("b"))
                                .keys(Key.ctrl("b"), Key.ctrl("b"), Key.ctrl("b")));
        all.put("spawn-refused", s -> s.tasks(mix).type("nvim notes.txt").keys(ENTER));
        all.put("rename", s -> s.tasks(mix).type("jjR").type(" again"));
        all.put("clean", s -> s.tasks(mix).type("c"));
        all.put("leaving", s -> s.tasks(mix).type("Qy"));
        all.put("leaving-asked", s -> s.tasks(mix).type("Q"));
        all.put("session", s -> s.snapshot(Samples.snapshot("audit", places())));
        all.put("elsewhere", s -> s.tasks(places().subList(13, 17)));
        all.put("workspaces", s -> s.tasks(places()).type("WG"));
        all.put("trouble", s -> s.snapshot(Samples.troubled(mix, FULL)).type("jj"));
        all.put("pressure", s -> s.snapshot(Samples.pressed(mix, SHORT)).type("jj"));
        all.put(
                "explained",
                s ->
                        s.tasks(mix)
                                .type("jjje")
                                .send(
                                        new Msg.Replied(
                                                new Request.Explain(mix.get(3).id()),
                                                new Reply.Explained(
                                                        Samples.explanation(mix.get(3))))));
        all.put("themes", s -> s.tasks(mix).type("tj"));
        all.put("connecting", s -> s);
        all.put("log-dropped", s -> s.dropping(5_153_960_755L).tasks(mix).type("jj\ng"));
        all.put("log-focus", s -> s.tasks(mix).type("jj").keys(TAB).type("kkk"));
        all.put("log-zoom", s -> s.tasks(mix).type("jj\n"));
        all.put("log-wrap", s -> s.tasks(mix).type("jj\nwk"));
        all.put("log-sideways", s -> s.tasks(mix).type("jj\nll"));
        all.put("search-typing", s -> s.tasks(mix).type("jj").keys(TAB).type("/page"));
        all.put("search-hits", s -> s.tasks(mix).type("jj\n/page=1").keys(ENTER).type("NN"));
        all.put("search-none", s -> s.tasks(mix).type("jj\n/zebra").keys(ENTER));
        all.put("refused", s -> s.tasks(mix).send(new Msg.Problem("dev does not run")));
        all.put(
                "help-refused",
                s -> s.tasks(mix).type("?").send(new Msg.Problem("dev does not run: " + FULL)));
        all.put("nasty", s -> s.tasks(nasty()).type("j").send(new Msg.LastLinesPoll()));
        return all;
    }

    private static Screens mix(Screens screens) {
        return screens.tasks(Samples.everyPhase(LOG)).type("jj").send(new Msg.LastLinesPoll());
    }

    /** Tasks of several workspaces and sessions. */
    private static List<TaskView> places() {
        List<TaskView> tasks = new ArrayList<>(Samples.everyPhase(LOG));
        WorkspaceId blog = new WorkspaceId(Path.of("/home/ada/blog"));
        WorkspaceId far = new WorkspaceId(Path.of("/srv/日本語のとても長い名前のフォルダです"));
        TaskView task = Samples.task(14, "preview", Kind.SERVICE, Phase.READY, "", LOG);
        tasks.add(Samples.in(blog, "", task));
        task = Samples.task(15, "publish", Kind.JOB, Phase.RUNNING, "", LOG);
        tasks.add(Samples.in(blog, "", task));
        task = Samples.task(16, "audit-deps", Kind.AGENT, Phase.RUNNING, "", LOG);
        tasks.add(Samples.in(Samples.FOLDER, "audit", task));
        task = Samples.task(17, "index", Kind.JOB, Phase.FAILED, "exit code 2", LOG);
        tasks.add(Samples.in(far, "", task));
        return tasks;
    }

    private static List<TaskView> many() {
        List<TaskView> tasks = new ArrayList<>();
        List<Phase> phases = List.of(Phase.values());
        for (int i = 1; i <= 200; i++) {
            Phase phase = phases.get(i * 7 % phases.size());
            tasks.add(Samples.task(i, "task-" + i, Kind.JOB, phase, "", LOG));
        }
        return tasks;
    }

    private static List<TaskView> nasty() {
        String bell = "\u0007bell\u001b[31mred\u001b]0;title\u0007\u001b[2J";
        List<String> names =
                List.of(
                        bell,
                        "日本語のとても長い名前のタスクです",
                        "👩‍👩‍👧‍👦 🙂 🇩🇪 ✌🏽",
                        "e\u0301te\u0301 \u0301",
                        "שלום עולם",
                        "\u202eright to left",
                        "line\nbreak\ttab\rreturn",
                        "a".repeat(300));
        List<TaskView> tasks = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            tasks.add(
                    Samples.task(
                            i + 1,
                            names.get(i),
                            Kind.SERVICE,
                            Phase.FAILED,
                            "could not start " + names.get(i),
                            LOG));
        }
        return tasks;
    }

    @TestFactory
    List<DynamicTest> framesAreAsReviewed() {
        List<DynamicTest> tests = new ArrayList<>();
        Theme dark = THEMES.theme("simmer-dark", Depth.RGB);
        scenarios()
                .forEach((name, steps) -> {
                    tests.add(test(name + "-80x24", steps, 80, 24, dark));
                    tests.add(test(name + "-160x45", steps, 160, 45, dark));
                });
        AgentScenes.all()
                .forEach((name, steps) -> {
                    tests.add(test(name + "-80x24", steps, 80, 24, dark));
                    tests.add(test(name + "-160x45", steps, 160, 45, dark));
                });
        LogScenes.all()
                .forEach((name, steps) -> {
                    tests.add(test(name + "-80x24", steps, 80, 24, dark));
                    tests.add(test(name + "-120x35", steps, 120, 35, dark));
                    tests.add(test(name + "-160x45", steps, 160, 45, dark));
                });
        SightScenes.all()
                .forEach((name, steps) -> {
                    tests.add(test(name + "-80x24", steps, 80, 24, dark));
                    tests.add(test(name + "-120x35", steps, 120, 35, dark));
                    tests.add(test(name + "-200x60", steps, 200, 60, dark));
                });
        DialogScenes.all()
                .forEach((name, steps) -> {
                    tests.add(test(name + "-80x24", steps, 80, 24, dark));
                    tests.add(test(name + "-120x35", steps, 120, 35, dark));
                    tests.add(test(name + "-160x45", steps, 160, 45, dark));
                });
        NoticeScenes.all()
                .forEach((name, steps) -> {
                    tests.add(test(name + "-80x24", steps, 80, 24, dark));
                    tests.add(test(name + "-120x35", steps, 120, 35, dark));
                    tests.add(test(name + "-160x45", steps, 160, 45, dark));
                });
        PaneScenes.all()
                .forEach((name, steps) -> {
                    tests.add(test(name + "-80x24", steps, 80, 24, dark));
                    tests.add(test(name + "-120x35", steps, 120, 35, dark));
                    tests.add(test(name + "-160x45", steps, 160, 45, dark));
                });
        TableScenes.all()
                .forEach((name, steps) -> {
                    tests.add(test(name + "-80x24", steps, 80, 24, dark));
                    tests.add(test(name + "-120x35", steps, 120, 35, dark));
                    tests.add(test(name + "-160x45", steps, 160, 45, dark));
                });
        UnaryOperator<Screens> four = PaneScenes.all().getOrDefault("panes-four", s -> s);
        tests.add(test("panes-four-40x18", four, 40, 18, dark));
        tests.add(test("panes-four-40x10", four, 40, 10, dark));
        tests.add(test("panes-four-200x60", four, 200, 60, dark));
        UnaryOperator<Screens> silent = AgentScenes.all().getOrDefault("agents-silent", s -> s);
        tests.add(test("agents-40x10", silent, 40, 10, dark));
        tests.add(test("agents-60x16", silent, 60, 16, dark));
        tests.add(test("agents-120x30", silent, 120, 30, dark));
        tests.add(test("agents-220x50", silent, 220, 50, dark));
        tests.add(test("agents-mono", silent, 80, 24, THEMES.theme("simmer-dark", Depth.MONO)));
        UnaryOperator<Screens> mix = GoldenFramesTest::mix;
        tests.add(test("mix-40x10", mix, 40, 10, dark));
        tests.add(test("mix-60x16", mix, 60, 16, dark));
        tests.add(test("mix-220x50", mix, 220, 50, dark));
        tests.add(test("tiny-39x9", mix, 39, 9, dark));
        tests.add(test("tiny-20x5", mix, 20, 5, dark));
        tests.add(test("tiny-8x2", mix, 8, 2, dark));
        for (Depth depth : List.of(Depth.MONO, Depth.ANSI16, Depth.INDEXED256)) {
            Theme theme = THEMES.theme("simmer-dark", depth);
            tests.add(
                    test(
                            "mix-" + depth.name().toLowerCase(java.util.Locale.ROOT),
                            mix,
                            80,
                            24,
                            theme));
        }
        UnaryOperator<Screens> themes = s -> mix(s).type("tjj");
        tests.add(test("themes-40x10", themes, 40, 10, dark));
        tests.add(test("themes-mono", themes, 80, 24, THEMES.theme("simmer-dark", Depth.MONO)));
        tests.add(test("mix-light", mix, 80, 24, THEMES.theme("simmer-light", Depth.RGB)));
        return tests;
    }

    private static DynamicTest test(
            String name, UnaryOperator<Screens> steps, int columns, int rows, Theme theme) {
        return DynamicTest.dynamicTest(
                name,
                () -> {
                    Screens screens =
                            steps.apply(new Screens(columns, rows, Screens.sampleLog(120)));
                    compare(name, print(View.render(screens.model(), theme)));
                });
    }

    private static void compare(String name, String frame) throws IOException {
        Path file = FOLDER.resolve(name + ".txt");
        if (Boolean.getBoolean("simmer.golden.update")) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, frame);
        }
        assertThat(file).exists();
        assertThat(frame).isEqualTo(Files.readString(file));
    }

    /** The rows, a letter per cell for its look, and what the letters mean. */
    private static String print(Frame frame) {
        StringBuilder text = new StringBuilder();
        for (int y = 0; y < frame.height(); y++) {
            text.append(frame.row(y)).append("|\n");
        }
        Map<Long, Character> letters = new LinkedHashMap<>();
        text.append('\n');
        for (int y = 0; y < frame.height(); y++) {
            for (int x = 0; x < frame.width(); x++) {
                char next =
                        (char)
                                (letters.size() < 26
                                        ? 'a' + letters.size()
                                        : 'A' + letters.size() - 26);
                text.append(letters.computeIfAbsent(frame.paint(x, y), _ -> next).charValue());
            }
            text.append('\n');
        }
        text.append('\n');
        letters.forEach((paint, letter) ->
                text.append(letter).append(' ').append(look(paint)).append('\n'));
        if (frame.cursorColumn() >= 0) {
            text.append("cursor ")
                    .append(frame.cursorColumn())
                    .append(' ')
                    .append(frame.cursorRow())
                    .append('\n');
        }
        return text.toString();
    }

    private static String look(long paint) {
        StringBuilder sgr = new StringBuilder();
        Paint.appendSgr(sgr, paint);
        return sgr.substring(2, sgr.length() - 1);
    }
}
