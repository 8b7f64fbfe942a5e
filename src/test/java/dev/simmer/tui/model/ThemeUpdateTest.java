package dev.simmer.tui.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.tui.model.Key.Name;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThemeUpdateTest {
    private static final List<String> NAMES =
            List.of("high-contrast-dark", "simmer-dark", "simmer-light", "warm-dark");

    private Model model = Model.opening(Samples.place(), 100, 30, NAMES, Appearance.AUTO);
    private final List<Cmd> commands = new ArrayList<>();

    private void send(Msg msg) {
        Step step = Update.update(model, msg);
        model = step.model();
        commands.clear();
        commands.addAll(step.commands());
    }

    private void press(Key key) {
        send(new Msg.KeyPressed(key));
    }

    private void type(String keys) {
        keys.codePoints().forEach(c -> press(Key.typed(Character.toString(c))));
    }

    @Test
    void movingShowsAndEnterKeeps() {
        type("t");
        assertThat(commands).containsExactly(new Cmd.ReadThemes());
        assertThat(model.theme()).isEqualTo("simmer-dark");
        type("j");
        assertThat(model.theme()).isEqualTo("high-contrast-dark");
        assertThat(commands).isEmpty();
        type("G");
        assertThat(model.theme()).isEqualTo("warm-dark");
        press(Key.of(Name.ENTER));
        assertThat(model.theme()).isEqualTo("warm-dark");
        assertThat(model.appearance().chosen()).isEqualTo("warm-dark");
        assertThat(commands).containsExactly(new Cmd.KeepTheme("warm-dark", false));
        assertThat(model.mode()).isEqualTo(new Mode.Normal());
    }

    @Test
    void escapeGivesTheOldOneBack() {
        type("tjj");
        press(Key.of(Name.ESCAPE));
        assertThat(model.theme()).isEqualTo("simmer-dark");
        assertThat(model.appearance().chosen()).isEqualTo(Appearance.AUTO);
        assertThat(commands).isEmpty();
        assertThat(model.mode()).isEqualTo(new Mode.Normal());
    }

    @Test
    void keepingWhatIsKeptWritesNothing() {
        type("tjk");
        press(Key.of(Name.ENTER));
        assertThat(commands).isEmpty();
        assertThat(model.appearance().chosen()).isEqualTo(Appearance.AUTO);
    }

    @Test
    void wheelAndMouseChooseToo() {
        type("t");
        send(new Msg.Wheeled(1, 1, 1));
        assertThat(model.theme()).isEqualTo("high-contrast-dark");
        Rect box = ThemeBox.of(model);
        send(new Msg.Clicked(box.x() + 3, box.y() + 5));
        assertThat(model.theme()).isEqualTo("warm-dark");
        send(new Msg.Clicked(box.x() + 3, box.y() + 6));
        send(new Msg.Clicked(0, 0));
        assertThat(model.theme()).isEqualTo("warm-dark");
    }

    @Test
    void autoFollowsTheTerminalAndRemembersWhatItWas() {
        send(new Msg.Background(0xfdf6e3));
        assertThat(model.theme()).isEqualTo("simmer-light");
        assertThat(commands).containsExactly(new Cmd.KeepTheme(Appearance.AUTO, true));
        send(new Msg.Background(0xffffff));
        assertThat(commands).isEmpty();
        send(new Msg.Background(0x1c1c1c));
        assertThat(model.theme()).isEqualTo("simmer-dark");
    }

    @Test
    void chosenThemeIsKeptWhateverTheTerminalIs() {
        model = Model.opening(Samples.place(), 100, 30, NAMES, "warm-dark");
        send(new Msg.Background(0xffffff));
        assertThat(model.theme()).isEqualTo("warm-dark");
    }

    @Test
    void cursorStaysOnItsThemeWhenFilesAreRead() {
        type("tjjjj");
        assertThat(model.theme()).isEqualTo("warm-dark");
        List<String> more = new ArrayList<>(NAMES);
        more.addFirst("bright");
        send(new Msg.ThemesRead(more, List.of()));
        assertThat(model.theme()).isEqualTo("warm-dark");
        assertThat(model.mode()).isEqualTo(new Mode.Themes(5));
        send(new Msg.ThemesRead(List.of("simmer-dark"), List.of()));
        assertThat(model.theme()).isEqualTo("simmer-dark");
        assertThat(model.mode()).isEqualTo(new Mode.Themes(0));
    }

    @Test
    void mistakeIsToldWithItsPlaceAndNothingElseChanges() {
        model = Model.opening(Samples.place(), 100, 30, NAMES, "warm-dark");
        String first = "/home/ada/.config/simmer/themes/warm-dark.yaml:4:9: no such colour";
        send(new Msg.ThemesRead(NAMES, List.of(first, "another")));
        assertThat(model.toast().orElseThrow().text())
                .startsWith("warm-dark.yaml:4:9: no such colour" + " (1 of 2; ?");
        assertThat(model.toast().orElseThrow().error()).isTrue();
        assertThat(model.theme()).isEqualTo("warm-dark");
    }

    @Test
    void listFitsIntoTheSmallestTerminal() {
        for (int rows = Layout.LEAST_ROWS; rows < 40; rows++) {
            model = Model.opening(Samples.place(), Layout.LEAST_COLUMNS, rows, NAMES, "warm-dark");
            Rect box = ThemeBox.of(model);
            assertThat(box.y() + box.height()).isLessThan(rows);
            assertThat(box.x() + box.width()).isLessThanOrEqualTo(Layout.LEAST_COLUMNS);
            assertThat(ThemeBox.rows(model)).isPositive();
            int top = ThemeBox.top(model, NAMES.size());
            assertThat(top + ThemeBox.rows(model)).isGreaterThanOrEqualTo(NAMES.size() + 1);
        }
    }
}
