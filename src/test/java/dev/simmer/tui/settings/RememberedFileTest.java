package dev.simmer.tui.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.model.WorkspaceId;
import dev.simmer.tui.model.Remembered;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RememberedFileTest {
    private static final Remembered SOME =
            new Remembered(Map.of("layout", List.of("beside"), "pinned", List.of("dév", "", "b")));

    @TempDir private Path home;

    private final WorkspaceId shop = new WorkspaceId(Path.of("/home/ada/shop"));

    private RememberedFile file() {
        return RememberedFile.of(home, shop);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var all = Files.list(folder)) {
            return all.toList();
        }
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        assertThat(file().read()).isEqualTo(Remembered.NOTHING);
        file().write(SOME);
        assertThat(file().read()).isEqualTo(SOME);
        assertThat(files(home.resolve("dashboard"))).containsExactly(file().path());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file().path())))
                .isEqualTo("rw-------");
        RememberedFile other = RememberedFile.of(home, new WorkspaceId(Path.of("/home/ada/blog")));
        assertThat(other.read()).isEqualTo(Remembered.NOTHING);
        assertThat(other.path()).isNotEqualTo(file().path());
    }

    @Test
    void whatIsOfNoUseIsAsIfItWasNotThere() throws IOException {
        file().write(SOME);
        String good = Files.readString(file().path());
        List<String> bad =
                List.of(
                        "",
                        "\u0000\u0001",
                        "[]",
                        "{}",
                        good.substring(0, good.length() - 2),
                        good.replace("/home/ada/shop", "/home/ada/blog"),
                        good.replace(
                                "{\"layout", "{\"x\":\"" + "y".repeat(400_000) + "\",\"layout"),
                        good.replace("[\"beside\"]", "[".repeat(50) + "]".repeat(50)));
        for (String text : bad) {
            Files.writeString(file().path(), text);
            assertThat(file().read()).as(text).isEqualTo(Remembered.NOTHING);
        }
        file().write(SOME);
        assertThat(file().read()).as("written anew").isEqualTo(SOME);
    }

    @Test
    void wordsThatAreNoWordsAreLeftOut() throws IOException {
        file().write(SOME);
        String text = Files.readString(file().path());
        Files.writeString(file().path(), text.replace("[\"beside\"]", "{\"a\":[1]}"));
        assertThat(file().read().entries()).containsOnlyKeys("pinned");
    }

    @Test
    void linksAndFoldersAreNotRead() throws IOException {
        Path real = home.resolve("real.json");
        file().write(SOME);
        Files.move(file().path(), real);
        Files.createSymbolicLink(file().path(), real);
        assertThat(file().read()).isEqualTo(Remembered.NOTHING);
        file().write(SOME);
        assertThat(Files.isSymbolicLink(file().path())).isFalse();
        Files.delete(file().path());
        Files.createDirectory(file().path());
        assertThat(file().read()).isEqualTo(Remembered.NOTHING);
    }

    @Test
    void lastChangeIsWrittenAtTheEndAndStrangeWordsStay() {
        Remembered before =
                new Remembered(Map.of("layout", List.of("below"), "of-the-future", List.of("x")));
        List<String> troubles = Collections.synchronizedList(new ArrayList<>());
        Duration never = Duration.ofDays(1);
        try (Remembering keeper = new Remembering(file(), before, never, troubles::add)) {
            keeper.note(Remembered.NOTHING);
            keeper.note(SOME);
        }
        assertThat(file().read().words("of-the-future")).containsExactly("x");
        assertThat(file().read().words("layout")).containsExactly("beside");
        assertThat(troubles).isEmpty();
    }

    @Test
    void nothingIsWrittenWhereNothingWasChanged() {
        Duration never = Duration.ofDays(1);
        new Remembering(file(), Remembered.NOTHING, never, _ -> {}).close();
        assertThat(file().path()).doesNotExist();
    }

    @Test
    void folderThatCannotBeWrittenIsToldOnce() throws IOException {
        Files.writeString(home.resolve("dashboard"), "in the way");
        List<String> troubles = Collections.synchronizedList(new ArrayList<>());
        Duration never = Duration.ofDays(1);
        try (Remembering keeper =
                new Remembering(file(), Remembered.NOTHING, never, troubles::add)) {
            keeper.note(SOME);
        }
        assertThat(troubles).singleElement().asString().startsWith("the layout is not remembered");
    }
}
