package dev.simmer.tui.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.tui.model.Key.Name;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyTextTest {
    @Test
    void everyNameIsReadAsItIsShown() {
        for (Binding binding : Bindings.DEFAULTS) {
            for (Key key : binding.keys()) {
                assertThat(KeyText.read(KeyText.of(key)))
                        .as(KeyText.of(key))
                        .isEqualTo(new KeyText.Known(key));
            }
        }
    }

    @Test
    void writingIsTakenAsItIs() {
        assertThat(KeyText.read(" ctrl+K ")).isEqualTo(new KeyText.Known(Key.ctrl("k")));
        assertThat(KeyText.read("Alt+Ctrl+p"))
                .isEqualTo(new KeyText.Known(new Key(Name.CHAR, "p", true, true)));
        assertThat(KeyText.read("pageup")).isEqualTo(new KeyText.Known(Key.of(Name.PAGE_UP)));
        assertThat(KeyText.read("+")).isEqualTo(new KeyText.Known(Key.typed("+")));
        assertThat(KeyText.read("Ä")).isEqualTo(new KeyText.Known(Key.typed("Ä")));
        assertThat(KeyText.read("Alt+Enter"))
                .isEqualTo(new KeyText.Known(new Key(Name.ENTER, "", false, true)));
    }

    @Test
    void whatNoTerminalSendsIsNoKey() {
        for (String text :
                List.of("", " ", "ab", "Ctrl+", "Ctrl+m", "Ctrl+ä", "Ctrl+[", "\u001b")) {
            assertThat(KeyText.read(text)).as(text).isInstanceOf(KeyText.Unknown.class);
        }
    }

    @Test
    void bindingShowsWhatFits() {
        Binding quit = Keymap.DEFAULT.binding(Context.TABLE, Action.QUIT).orElseThrow();
        assertThat(quit.shown()).isEqualTo("q");
        assertThat(quit.shown(7)).isEqualTo("q");
        assertThat(quit.shown(8)).isEqualTo("q Ctrl+C");
    }
}
