package dev.simmer.tui.term;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.simmer.tui.model.Cmd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutsideProgramTest {
    @TempDir private Path folder;

    private Path file() throws IOException {
        return Files.writeString(folder.resolve("f"), "one\ntwo\nthree\nfour\n");
    }

    private List<String> editor(String variable) throws IOException {
        Cmd.Open open = new Cmd.Open(file(), new Cmd.Spot.Line(3), Cmd.Program.EDITOR);
        return OutsideProgram.of(open, Map.of("EDITOR", variable)).argv();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|vi +3 FILE",
                "vim -f|vim -f +3 FILE",
                "/usr/bin/nano|/usr/bin/nano +3 FILE",
                "code --wait|code --wait --goto FILE:3",
                "hx|hx FILE:3",
                "mine|mine FILE",
            })
    void editorsAreBroughtToTheLine(String variable, String argv) throws IOException {
        String file = folder.resolve("f").toString();
        assertThat(String.join(" ", editor(variable)).replace(file, "FILE")).isEqualTo(argv);
    }

    @Test
    void pagerStaysAndShowsColours() throws IOException {
        Cmd.Open open = new Cmd.Open(file(), new Cmd.Spot.Offset(8), Cmd.Program.PAGER);
        OutsideProgram less = OutsideProgram.of(open, Map.of());
        assertThat(less.argv()).containsExactly("less", "-+F", "+8P", open.file().toString());
        assertThat(less.environment()).containsEntry("LESS", "R");
        OutsideProgram own = OutsideProgram.of(open, Map.of("LESS", "FRX"));
        assertThat(own.environment()).isEmpty();
        OutsideProgram more = OutsideProgram.of(open, Map.of("PAGER", "more"));
        assertThat(more.argv()).containsExactly("more", "+3", open.file().toString());
    }

    @Test
    void linesAreCountedUpToAnOffset() throws IOException {
        assertThat(OutsideProgram.lineAt(file(), 0)).isEqualTo(1);
        assertThat(OutsideProgram.lineAt(file(), 3)).isEqualTo(1);
        assertThat(OutsideProgram.lineAt(file(), 4)).isEqualTo(2);
        assertThat(OutsideProgram.lineAt(file(), 1_000)).isEqualTo(5);
    }

    @Test
    void wordsArePartedAsAShellDoes() {
        assertThat(OutsideProgram.words(" a  'b c' \"d e\\\"f\" g\\ h '' "))
                .containsExactly("a", "b c", "d e\"f", "g h", "");
        assertThat(OutsideProgram.words("  ")).isEmpty();
    }

    @Test
    void whatIsNoFileIsRefused() {
        Cmd.Spot spot = new Cmd.Spot.Line(1);
        Cmd.Open none = new Cmd.Open(folder.resolve("no"), spot, Cmd.Program.PAGER);
        Cmd.Open place = new Cmd.Open(folder, spot, Cmd.Program.PAGER);
        assertThatThrownBy(() -> OutsideProgram.of(none, Map.of())).hasMessage("it is not there");
        assertThatThrownBy(() -> OutsideProgram.of(place, Map.of()))
                .hasMessage("it is no regular file");
    }
}
