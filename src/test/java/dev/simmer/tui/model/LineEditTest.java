package dev.simmer.tui.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.tui.model.Key.Name;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineEditTest {
    @Test
    void movesByWhatAReaderTakesForOneLetter() {
        LineEdit line = LineEdit.of("a👩‍👩‍👧e\u0301");
        line = line.press(Key.of(Name.LEFT));
        assertThat(line.text().substring(line.cursor())).isEqualTo("e\u0301");
        line = line.press(Key.of(Name.BACKSPACE));
        assertThat(line.text()).isEqualTo("ae\u0301");
        line = line.press(Key.of(Name.DELETE));
        assertThat(line).isEqualTo(new LineEdit("a", 1));
    }

    @Test
    void shellKeysEdit() {
        LineEdit line = LineEdit.of("git commit  -a");
        assertThat(line.press(Key.ctrl("w")).text()).isEqualTo("git commit  ");
        assertThat(line.press(Key.ctrl("w")).press(Key.ctrl("w")).text()).isEqualTo("git ");
        assertThat(line.press(Key.ctrl("u"))).isEqualTo(LineEdit.EMPTY);
        assertThat(line.press(Key.ctrl("a")).press(Key.ctrl("k"))).isEqualTo(LineEdit.EMPTY);
        assertThat(line.press(Key.ctrl("a")).press(Key.typed("x")).text())
                .isEqualTo("xgit commit  -a");
    }

    @Test
    void holdsNoControlCharacterAndHasAnEnd() {
        assertThat(LineEdit.EMPTY.insert("a\u001b[31m\tb\r\n").text()).isEqualTo("a[31m b  ");
        assertThat(LineEdit.EMPTY.insert("x".repeat(20_000)).text()).hasSize(LineEdit.LONGEST);
    }

    @Test
    void linesThatArePastedStayLines() {
        LineEdit line = LineEdit.of("sh ").insertLines(" a\tb\r\nc\rd\u0007\n\ne\r\n\n");
        assertThat(line).isEqualTo(LineEdit.of("sh  a b\nc\nd\n\ne"));
        line = line.press(Key.of(Name.LEFT)).press(Key.of(Name.LEFT));
        assertThat(line.text().substring(line.cursor())).isEqualTo("\ne");
        assertThat(line.press(Key.of(Name.BACKSPACE)).text()).isEqualTo("sh  a b\nc\nd\ne");
        assertThat(line.press(Key.ctrl("w")).text()).isEqualTo("sh  a b\nc\n\ne");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "npm run dev|dev",
                "npm test|test",
                "FOO=1 BAR=2 make -j4 all|all",
                "cargo build --release|cargo-build",
                "./gradlew check|gradlew-check",
                "python3 tools/gen.py --x|gen",
                "sleep 100|sleep",
                "/usr/bin/env node server.js|server",
                "日本語|command",
                "echo 'a;b'|echo",
                "cd web && npm run dev|dev",
                "sh -c 'make test'|test",
                "python3 -c 'print(1)'|python3",
                "perl -e 'print a x 100000, end'|perl",
                "make build-all-of-the-images|build-all-of-the",
                "docker compose up|docker-compose"
            })
    void namesTellWhatRuns(String line, String name) {
        assertThat(CommandName.of(line)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"sleep 1 &|sleep 1", "a && b|a && b", "a &&|a &&", "echo \\&|echo \\&", "x|x"})
    void ampersandAtTheEndGoes(String typed, String line) {
        assertThat(CommandName.withoutAmpersand(typed)).isEqualTo(line);
    }
}
