package dev.simmer.tui.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.tui.model.Action;
import dev.simmer.tui.model.Context;
import dev.simmer.tui.model.Key;
import dev.simmer.tui.model.Keymap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysFileTest {
    @TempDir private Path folder;

    private Keymap read(String... lines) throws IOException {
        Path file = folder.resolve("keys.yaml");
        Files.writeString(file, String.join("\n", lines));
        return KeysFile.read(Optional.of(file));
    }

    private static Optional<Action> action(Keymap keys, Context where, String letter) {
        return keys.action(where, Key.typed(letter));
    }

    @Test
    void noFileMeansTheOwnKeys() {
        assertThat(KeysFile.read(Optional.empty())).isSameAs(Keymap.DEFAULT);
        assertThat(KeysFile.read(Optional.of(folder.resolve("none.yaml"))))
                .isSameAs(Keymap.DEFAULT);
    }

    @Test
    void placeIsOfTheUsersConfiguration() {
        assertThat(KeysFile.place(Map.of("XDG_CONFIG_HOME", "/c", "HOME", "/h")))
                .contains(Path.of("/c/simmer/keys.yaml"));
        assertThat(KeysFile.place(Map.of("XDG_CONFIG_HOME", "c", "HOME", "/h")))
                .contains(Path.of("/h/.config/simmer/keys.yaml"));
        assertThat(KeysFile.place(Map.of("HOME", "h"))).isEmpty();
    }

    @Test
    void commentsAloneChangeNothing() throws IOException {
        Keymap keys = read("# my keys", "");
        assertThat(keys.mistakes()).isEmpty();
        assertThat(keys.bindings()).hasSameSizeAs(Keymap.DEFAULT.bindings());
    }

    @Test
    void keysAreReplaced() throws IOException {
        Keymap keys = read("stop: Ö", "kill: [Ctrl+Y, Ü]");
        assertThat(keys.mistakes()).isEmpty();
        assertThat(action(keys, Context.TABLE, "Ö")).contains(Action.STOP);
        assertThat(action(keys, Context.TABLE, "x")).isEmpty();
        assertThat(keys.action(Context.LOG, Key.ctrl("y"))).contains(Action.KILL);
        assertThat(action(keys, Context.LEAVING, "Ü")).contains(Action.KILL);
        assertThat(keys.shown(Context.TABLE, Action.KILL)).isEqualTo("Ctrl+Y");
    }

    @Test
    void sectionChangesOneContext() throws IOException {
        Keymap keys = read("stop: Ö", "log:", "  stop: Ctrl+Y");
        assertThat(keys.mistakes()).isEmpty();
        assertThat(action(keys, Context.TABLE, "Ö")).contains(Action.STOP);
        assertThat(action(keys, Context.LOG, "Ö")).isEmpty();
        assertThat(keys.action(Context.LOG, Key.ctrl("y"))).contains(Action.STOP);
    }

    @Test
    void noneTakesAKeyAway() throws IOException {
        Keymap keys = read("stop-and-quit: none", "table: {kill: none}");
        assertThat(keys.mistakes()).isEmpty();
        assertThat(action(keys, Context.TABLE, "Q")).isEmpty();
        assertThat(action(keys, Context.TABLE, "X")).isEmpty();
        assertThat(action(keys, Context.LOG, "X")).contains(Action.KILL);
    }

    @Test
    void mistakesAreToldWithTheirPlacesAndTheRestCounts() throws IOException {
        Keymap keys =
                read(
                        "stpo: Ö",
                        "pause: Entre",
                        "kill: [Foo, Ctrl+I, Ctrl+1, Ü]",
                        "tabel:",
                        "  stop: Ö",
                        "log:",
                        "  spawn: Ä",
                        "restart:");
        assertThat(keys.mistakes())
                .containsExactly(
                        "keys.yaml:1:1: `stpo` is no action; did you mean `stop`?",
                        "keys.yaml:2:8: `Entre` is no key; did you mean `enter`?",
                        "keys.yaml:3:8: `Foo` is no key; write a letter as it is typed, or a name"
                                + " such as `Enter`, `Space`, `PgUp` or `Ctrl+K`",
                        "keys.yaml:3:13: `Ctrl+I` is the same as Tab on a terminal; take another"
                                + " key",
                        "keys.yaml:3:21: `Ctrl+1` is sent by no terminal; take Ctrl with a letter"
                                + " from A to Z",
                        "keys.yaml:4:1: `tabel` is no place where keys go; did you mean `table`?",
                        "keys.yaml:7:3: `spawn` does nothing in the log",
                        "keys.yaml:8:9: nothing stands here; write a word; a sign that YAML"
                                + " knows, such as #, in quotes");
        assertThat(action(keys, Context.TABLE, "Ü")).contains(Action.KILL);
        assertThat(action(keys, Context.TABLE, "p")).contains(Action.PAUSE);
        assertThat(action(keys, Context.TABLE, "r")).contains(Action.RESTART);
    }

    @Test
    void keyForTwoActionsIsTold() throws IOException {
        Keymap keys = read("kill: [x, Ö]", "restart: Ö");
        assertThat(keys.mistakes()).hasSize(2);
        assertThat(keys.mistakes().getFirst())
                .startsWith("keys.yaml:1:8: `x` is `stop` too, in the table; give");
        assertThat(keys.mistakes().getLast())
                .startsWith("keys.yaml:2:10: `Ö` is `kill` too, in the table; give");
        assertThat(action(keys, Context.TABLE, "x")).contains(Action.STOP);
        assertThat(action(keys, Context.TABLE, "Ö")).contains(Action.KILL);
        assertThat(action(keys, Context.TABLE, "r")).contains(Action.RESTART);
    }

    @Test
    void keysMayBeExchanged() throws IOException {
        Keymap keys = read("kill: x", "stop: X");
        assertThat(keys.mistakes()).isEmpty();
        assertThat(action(keys, Context.LOG, "x")).contains(Action.KILL);
        assertThat(action(keys, Context.LOG, "X")).contains(Action.STOP);
    }

    @Test
    void wayOutStays() throws IOException {
        Keymap keys = read("quit: none", "prompt:", "  cancel: none", "  accept: a");
        assertThat(keys.mistakes())
                .containsExactly(
                        "keys.yaml:1:1: nothing would lead out of the table any more; leave `quit`"
                                + " a key",
                        "keys.yaml:3:3: nothing would lead out of a prompt any more; leave"
                                + " `cancel` a key",
                        "keys.yaml:4:11: `a` is typed in a prompt; take a key that types nothing,"
                                + " such as `Ctrl+K`");
        assertThat(action(keys, Context.TABLE, "q")).contains(Action.QUIT);
        assertThat(keys.action(Context.PROMPT, Key.of(Key.Name.ESCAPE))).contains(Action.CANCEL);
    }

    @Test
    void brokenFileIsTold() throws IOException {
        assertThat(read("stop: [x").mistakes()).hasSize(1);
        assertThat(read("- x").mistakes().getFirst())
                .startsWith("keys.yaml:1:1: the file is a map");
        assertThat(read("stop: x").action(Context.TABLE, Key.typed("x"))).contains(Action.STOP);
    }
}
