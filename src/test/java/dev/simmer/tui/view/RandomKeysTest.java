package dev.simmer.tui.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.logs.CellWidth;
import dev.simmer.model.AgentRun;
import dev.simmer.model.AgentRun.State;
import dev.simmer.model.AgentVerdict;
import dev.simmer.model.Kind;
import dev.simmer.model.Phase;
import dev.simmer.model.Reply;
import dev.simmer.model.Snapshot;
import dev.simmer.model.TaskId;
import dev.simmer.model.TaskView;
import dev.simmer.model.WorkspaceId;
import dev.simmer.tui.model.AgentSamples;
import dev.simmer.tui.model.Cmd;
import dev.simmer.tui.model.Key;
import dev.simmer.tui.model.Layout;
import dev.simmer.tui.model.Mode;
import dev.simmer.tui.model.Msg;
import dev.simmer.tui.model.PaneBox;
import dev.simmer.tui.model.Rect;
import dev.simmer.tui.model.Samples;
import dev.simmer.tui.model.Sight;
import dev.simmer.tui.model.Sights;
import dev.simmer.tui.model.Timers;
import dev.simmer.tui.theme.Depth;
import dev.simmer.tui.theme.Theme;
import dev.simmer.tui.theme.Themes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever is pressed: nothing throws, every row is exactly as wide as the screen. */
class RandomKeysTest {
    private static final int SEEDS = Integer.getInteger("simmer.seeds", 200);
    private static final int STEPS = 300;
    private static final Theme THEME =
            Themes.load(List.of()).theme(Themes.BUILT_IN, Depth.INDEXED256);
    private static final List<Phase> RAN =
            Stream.of(Phase.values())
                    .filter(phase -> phase != Phase.WAITING && phase != Phase.SKIPPED)
                    .toList();
    private static final String LETTERS =
            "eEV#|%M:ucnxXrspfwtzjkgGhlqQyN/?cRWodvPP1234L<>mTDi+=! *SSbbCC0:-ayé日🙂\u0301";
    private static final String[] NAMES = {
        "web", "日本語のタスク", "\u001b[31mred\u0007", "👩‍👩‍👧‍👦", "a b\nc", "שלום", "x".repeat(90)
    };

    @Test
    void anyKeysInAnyOrder() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            Screens screens =
                    new Screens(20 + random.nextInt(200), 4 + random.nextInt(60), log(random));
            for (int step = 0; step < STEPS; step++) {
                String where = "seed " + seed + " step " + step;
                try {
                    screens.send(message(random, screens));
                    check(screens, where);
                } catch (RuntimeException e) {
                    throw new AssertionError(where, e);
                }
            }
        }
    }

    private static List<String> log(Random random) {
        List<String> lines = new ArrayList<>(Screens.sampleLog(random.nextInt(3_000)));
        if (random.nextBoolean()) {
            lines.add("x".repeat(random.nextInt(5_000)) + "日".repeat(50));
        }
        return lines;
    }

    private static Msg message(Random random, Screens screens) {
        int columns = screens.model().columns();
        int rows = screens.model().rows();
        return switch (random.nextInt(30)) {
            case 0 -> new Msg.Resized(1 + random.nextInt(230), 1 + random.nextInt(70));
            case 1, 2 -> new Msg.SnapshotChanged(snapshot(random));
            case 3 -> new Msg.Clicked(random.nextInt(columns + 3), random.nextInt(rows + 3));
            case 16 ->
                    random.nextInt(4) == 0
                            ? new Msg.Released()
                            : new Msg.Dragged(random.nextInt(columns), random.nextInt(rows));
            case 4, 5 ->
                    new Msg.Wheeled(
                            random.nextInt(columns),
                            random.nextInt(rows),
                            random.nextBoolean() ? 1 : -1);
            case 6 -> new Msg.Pasted("pasted\u001b[31m\ntext 日本 " + random.nextInt());
            case 7 ->
                    random.nextBoolean()
                            ? new Msg.LastLinesPoll()
                            : new Msg.LookedUp(DialogScenes.nasty(random));
            case 8 -> new Msg.LogPoll();
            case 9 ->
                    random.nextInt(5) == 0
                            ? new Msg.FocusChanged(random.nextBoolean())
                            : new Msg.Clock(Samples.NOW.plusSeconds(random.nextInt(10)));
            case 10 -> reply(random, screens);
            case 11, 12, 13, 14 -> {
                List<Key.Name> names = List.of(Key.Name.values());
                Key.Name name = names.get(1 + random.nextInt(names.size() - 1));
                yield new Msg.KeyPressed(Key.of(name));
            }
            case 15 -> new Msg.KeyPressed(Key.ctrl(pick(random, List.of("u", "d", "r", "e", "z"))));
            default -> {
                int[] letters = LETTERS.codePoints().toArray();
                int letter = letters[random.nextInt(letters.length)];
                yield new Msg.KeyPressed(Key.typed(Character.toString(letter)));
            }
        };
    }

    private static Snapshot snapshot(Random random) {
        WorkspaceId other = new WorkspaceId(Path.of("/home/ada/日本 \u001b[2Jother"));
        List<TaskView> tasks = new ArrayList<>();
        for (TaskView task : tasks(random)) {
            tasks.add(
                    switch (random.nextInt(6)) {
                        case 0 -> Samples.in(other, "", task);
                        case 1 -> Samples.in(Samples.FOLDER, "old\u0007 set", task);
                        default -> task;
                    });
        }
        return switch (random.nextInt(4)) {
            case 0 -> Samples.snapshot("old\u0007 set", tasks);
            case 1 ->
                    Samples.troubled(
                            tasks, "no room\u001b[2J on 日本 ".repeat(1 + random.nextInt(20)));
            default -> Samples.snapshot(tasks);
        };
    }

    private static Msg reply(Random random, Screens screens) {
        for (Cmd command : screens.unanswered()) {
            if (command instanceof Cmd.Submit submit) {
                Reply reply =
                        random.nextBoolean()
                                ? new Reply.Refused("no\u001b[2J, because 日本")
                                : new Reply.Accepted(List.of(new TaskId(1 + random.nextInt(40))));
                return random.nextInt(4) == 0
                        ? new Msg.Unanswered(submit.request(), "it has gone")
                        : new Msg.Replied(submit.request(), reply);
            }
        }
        return new Msg.Problem("something \u0007 went wrong");
    }

    private static List<TaskView> tasks(Random random) {
        List<TaskView> tasks = new ArrayList<>();
        List<Phase> phases = List.of(Phase.values());
        List<Kind> kinds = List.of(Kind.values());
        int count = random.nextInt(4) == 0 ? random.nextInt(3) : random.nextInt(60);
        for (int i = 1; i <= count; i++) {
            if (random.nextInt(4) == 0) {
                tasks.add(agent(i, random));
                continue;
            }
            tasks.add(
                    Samples.task(
                            i,
                            NAMES[random.nextInt(NAMES.length)],
                            kinds.get(random.nextInt(kinds.size())),
                            phases.get(random.nextInt(phases.size())),
                            random.nextBoolean() ? "" : "waits for 日本\u001b[2J ".repeat(9),
                            Path.of("/none/" + i)));
        }
        return tasks;
    }

    private static <T> T pick(Random random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private static TaskView agent(int id, Random random) {
        String doing = NAMES[random.nextInt(NAMES.length)];
        State state = pick(random, List.of(State.values()));
        Path folder = Path.of("/none");
        AgentRun run =
                random.nextBoolean()
                        ? AgentSamples.run(
                                state,
                                "(2 of 3): " + doing,
                                Samples.NOW.minusSeconds(random.nextInt(900)),
                                Optional.of(Samples.NOW.plusSeconds(random.nextInt(200_000))))
                        : AgentSamples.ended(
                                pick(random, List.of(AgentVerdict.values())),
                                Optional.of(Path.of("/none/\u001b[2J日本" + "x".repeat(99))),
                                random.nextBoolean()
                                        ? Optional.of(AgentSamples.diff(folder, id))
                                        : Optional.empty(),
                                List.of(doing, "a note\u0007".repeat(random.nextInt(40))));
        Phase phase = pick(random, RAN);
        return AgentSamples.task(id, doing, phase, folder, run);
    }

    private static void check(Screens screens, String where) {
        Timers timers = Timers.of(screens.model());
        assertThat(timers).isNotNull();
        Frame frame = View.render(screens.model(), THEME);
        assertThat(frame.width()).isEqualTo(screens.model().columns());
        assertThat(frame.height()).isEqualTo(screens.model().rows());
        for (int y = 0; y < frame.height(); y++) {
            checkRow(frame, y, where);
        }
        boolean plain = screens.model().mode() instanceof Mode.Normal;
        if (plain && screens.model().sights().shown() != Sight.TASKS) {
            Layout layout = screens.model().layout();
            if (!layout.tooSmall()) {
                checkBody(frame, Sights.body(layout), where);
            }
        } else if (plain) {
            Layout layout = screens.model().layout();
            layout.table().ifPresent(box -> checkBox(frame, box, -1, where));
            for (PaneBox pane : layout.logs()) {
                int rule = pane.rule() > 0 ? pane.detail() + 1 : -1;
                checkBox(frame, pane.box(), pane.box().y() + rule, where);
            }
        }
    }

    private static boolean isPlain(String glyph) {
        return glyph.length() == 1
                && (glyph.charAt(0) < 127 || (glyph.charAt(0) >= '─' && glyph.charAt(0) <= '╿'));
    }

    private static void checkRow(Frame frame, int y, String where) {
        int x = 0;
        while (x < frame.width()) {
            String glyph = frame.glyph(x, y);
            if (isPlain(glyph) && glyph.charAt(0) >= ' ') {
                x++;
                continue;
            }
            int width = CellWidth.width(glyph);
            boolean whole =
                    width == 1
                            || (width == 2
                                    && x + 1 < frame.width()
                                    && frame.glyph(x + 1, y).isEmpty());
            if (!whole || glyph.chars().anyMatch(Character::isISOControl)) {
                assertThat(glyph).as("%s at %s,%s: %s", where, x, y, frame.row(y)).isEqualTo(" ");
            }
            x += width;
        }
        assertThat(x).as(where).isEqualTo(frame.width());
    }

    /** The lowest line may say that there is more to either side. */
    private static void checkBody(Frame frame, Rect box, String where) {
        int bottom = box.y() + box.height() - 1;
        boolean whole = frame.glyph(box.x(), bottom).equals("╰");
        for (int x = box.x() + 1; x < box.x() + box.width() - 1; x++) {
            whole &= "─‹›".contains(frame.glyph(x, bottom));
        }
        for (int y = box.y() + 1; y < bottom; y++) {
            whole &= frame.glyph(box.x(), y).equals("│");
            whole &= "│┃".contains(frame.glyph(box.x() + box.width() - 1, y));
        }
        assertThat(whole).as("%s: the border of %s", where, box).isTrue();
    }

    private static void checkBox(Frame frame, Rect box, int rule, String where) {
        int right = box.x() + box.width() - 1;
        int bottom = box.y() + box.height() - 1;
        boolean whole =
                frame.glyph(box.x(), box.y()).equals("╭")
                        && frame.glyph(right, box.y()).equals("╮")
                        && frame.glyph(box.x(), bottom).equals("╰")
                        && frame.glyph(right, bottom).equals("╯");
        for (int y = box.y() + 1; y < bottom; y++) {
            whole &= frame.glyph(box.x(), y).equals(y == rule ? "├" : "│");
            whole &=
                    (y == rule ? "┤┃" : "│┃").contains(frame.glyph(right, y))
                            && !frame.glyph(right, y).isEmpty();
        }
        for (int x = box.x() + 1; x < right; x++) {
            whole &= frame.glyph(x, bottom).equals("─");
        }
        assertThat(whole).as("%s: the border of %s", where, box).isTrue();
    }
}
