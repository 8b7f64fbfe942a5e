package dev.simmer.tui.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.model.Kind;
import dev.simmer.model.Phase;
import dev.simmer.model.TaskView;
import dev.simmer.tui.model.Key;
import dev.simmer.tui.model.Key.Name;
import dev.simmer.tui.model.Layout;
import dev.simmer.tui.model.PaneBox;
import dev.simmer.tui.model.Samples;
import dev.simmer.tui.theme.Depth;
import dev.simmer.tui.theme.Theme;
import dev.simmer.tui.theme.Themes;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Lines that are longer than a screen are read row by row. */
class LongLinesTest {
    private static final Theme THEME =
            Themes.load(List.of()).theme(Themes.BUILT_IN, Depth.INDEXED256);
    private static final Path LOG = Path.of("/home/ada/shop/long.log");
    private static final int WORDS = 400;
    private static final int WORD = 9;

    private final Screens screens = open(List.of("first", longLine(), "last 日本語"));

    private static String longLine() {
        return IntStream.range(0, WORDS)
                .mapToObj("<word%03d>"::formatted)
                .collect(Collectors.joining());
    }

    private static Screens open(List<String> lines) {
        TaskView task = Samples.task(1, "build", Kind.JOB, Phase.RUNNING, "", LOG);
        return new Screens(80, 24, lines).tasks(List.of(task)).keys(Key.of(Name.TAB));
    }

    /** The rows of text in the pane. */
    private List<String> rows() {
        Layout layout = screens.model().layout();
        PaneBox box = layout.logs().getFirst();
        Frame frame = View.render(screens.model(), THEME);
        int y = box.box().y() + 1;
        int x = box.box().x() + 2;
        return IntStream.range(y, y + box.rows())
                .mapToObj(row -> frame.row(row).substring(x))
                .map(row -> row.substring(0, Math.min(row.length(), box.columns())).strip())
                .toList();
    }

    private String shown() {
        return String.join("", rows());
    }

    @Test
    void endFillsTheScreenWithRowsOfTheLine() {
        screens.type("w");
        assertThat(rows()).doesNotContain("").last().asString().contains("last");
        assertThat(shown()).contains("<word399>").doesNotContain("first");
    }

    @Test
    void pagesMissNothingOfALine() {
        screens.type("wg");
        assertThat(rows()).first().isEqualTo("first");
        SortedSet<Integer> seen = new TreeSet<>();
        for (int page = 0; page < 100 && !screens.model().log().follow(); page++) {
            note(seen);
            screens.keys(Key.of(Name.PAGE_DOWN));
        }
        note(seen);
        assertThat(seen).hasSize(WORDS);
        assertThat(shown()).contains("last");
        SortedSet<Integer> back = new TreeSet<>();
        for (int page = 0; page < 100 && !rows().getFirst().equals("first"); page++) {
            note(back);
            screens.keys(Key.of(Name.PAGE_UP));
        }
        note(back);
        assertThat(back).hasSize(WORDS);
    }

    private void note(SortedSet<Integer> seen) {
        String text = shown();
        for (int i = 0; i < WORDS; i++) {
            if (text.contains("<word%03d>".formatted(i))) {
                seen.add(i);
            }
        }
    }

    @Test
    void aRowIsAStep() {
        screens.type("wgj");
        assertThat(rows()).first().asString().startsWith("<word000>");
        List<String> before = rows();
        screens.type("j");
        assertThat(rows().subList(0, 5)).isEqualTo(before.subList(1, 6));
        screens.type("k");
        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void hitDeepInALineIsOnTheScreen() {
        screens.type("/word333\n");
        assertThat(shown()).as("cut").contains("word333");
        screens.type("w");
        assertThat(shown()).as("wrapped then").contains("word333");
        screens.type("/word111\n");
        assertThat(shown()).as("wrapped").contains("word111");
        screens.type("/first\n");
        assertThat(shown()).contains("first");
        screens.type("w/word222\n");
        assertThat(shown()).contains("word222");
        screens.type("/last\n");
        assertThat(screens.model().log().left()).as("all of it is seen from there").isZero();
    }

    @Test
    void logOfOneLineIsSeenAtAnyPart() {
        Screens one = open(List.of(longLine()));
        one.type("w%50\n");
        assertThat(one.model().log().top()).isZero();
        assertThat(one.model().log().row())
                .isBetween(1, WORDS * WORD / one.model().layout().logColumns());
    }
}
