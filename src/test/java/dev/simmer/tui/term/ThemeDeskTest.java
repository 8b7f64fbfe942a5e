package dev.simmer.tui.term;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.tui.model.Msg;
import dev.simmer.tui.theme.Depth;
import dev.simmer.tui.theme.Paint;
import dev.simmer.tui.theme.Role;
import dev.simmer.tui.theme.Themes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThemeDeskTest {
    @TempDir private Path folder;
    private final BlockingQueue<Msg> answers = new LinkedBlockingQueue<>();

    private static String theme(String ink) {
        return "roles: {text: {fg: \"" + ink + "\", bg: \"#000000\"}}\n";
    }

    private int ink(ThemeDesk desk) {
        long paint = desk.newest().theme("mine", Depth.RGB).paint(Role.TEXT);
        return Paint.foreground(paint) & 0xffffff;
    }

    private Msg.ThemesRead await(String what, Predicate<Msg.ThemesRead> wanted)
            throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        Msg last = null;
        while (System.nanoTime() < end) {
            Msg msg = answers.poll(100, TimeUnit.MILLISECONDS);
            if (msg instanceof Msg.ThemesRead read && wanted.test(read)) {
                return read;
            }
            last = msg == null ? last : msg;
        }
        throw new AssertionError("waited in vain for " + what + "; the last was " + last);
    }

    private ThemeDesk desk(Path... folders) {
        KeptTheme kept = new KeptTheme(folder.resolve("kept").resolve("theme"));
        return ThemeDesk.of(List.of(folders), kept, Themes.builtIn());
    }

    @Test
    void savedThemeIsReadAnewAndABrokenOneLeavesTheLastGoodOne() throws Exception {
        Path file = Files.writeString(folder.resolve("mine.yaml"), theme("#ffffff"));
        try (ThemeDesk desk = desk(folder)) {
            desk.start(answers::add);
            await("the theme", read -> read.names().contains("mine"));
            assertThat(ink(desk)).isEqualTo(0xffffff);

            Files.writeString(file, theme("#00ff00"));
            await("the change", read -> ink(desk) == 0x00ff00);

            Files.writeString(file, "roles:\n  text: {fg: green, bg: \"#000000\"}\n");
            Msg.ThemesRead broken = await("the mistake", read -> !read.problems().isEmpty());
            assertThat(broken.problems().getFirst()).startsWith(file + ":2:14: no such colour");
            assertThat(broken.names()).contains("mine");
            assertThat(ink(desk)).isEqualTo(0x00ff00);

            Files.delete(file);
            await("its end", read -> !read.names().contains("mine"));
        }
    }

    @Test
    void folderThatIsMadeLaterIsSeenWhenTheListIsOpened() throws Exception {
        Path later = folder.resolve("later");
        try (ThemeDesk desk = desk(later)) {
            desk.start(answers::add);
            await("the first reading", read -> !read.names().contains("mine"));
            Files.writeString(Files.createDirectory(later).resolve("mine.yaml"), theme("#ffffff"));
            desk.read();
            await("the theme", read -> read.names().contains("mine"));
            Files.writeString(later.resolve("mine.yaml"), theme("#0000ff"));
            await("the change", read -> ink(desk) == 0x0000ff);
        }
    }

    @Test
    void choiceIsRemembered() throws Exception {
        KeptTheme kept = new KeptTheme(folder.resolve("dashboard").resolve("theme"));
        assertThat(kept.read()).isEmpty();
        KeptTheme.Choice choice = new KeptTheme.Choice("warm-dark", true);
        assertThat(kept.write(choice)).isEmpty();
        assertThat(kept.read()).isEqualTo(Optional.of(choice));
        try (var files = Files.list(folder.resolve("dashboard"))) {
            assertThat(files).containsExactly(kept.file());
        }
        Files.writeString(kept.file(), "theme: warm-dark\nsomething else\n");
        assertThat(kept.read()).isEmpty();
    }

    @Test
    void whatCannotBeRememberedIsTold() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        KeptTheme kept = new KeptTheme(file.resolve("theme"));
        assertThat(kept.read()).isEmpty();
        assertThat(kept.write(new KeptTheme.Choice("auto", false)).orElseThrow())
                .startsWith("the theme is not remembered: " + kept.file());
    }
}
