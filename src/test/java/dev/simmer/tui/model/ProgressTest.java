package dev.simmer.tui.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressTest {
    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "[12/345] Building CXX object a.o => 3 12/345",
                "[ 45%] Building C object src/CMakeFiles/x.dir/y.c.o => 45",
                "tests/test_api.py ........F.....                    [ 45%] => 45",
                "   Compiling serde v1.0.200 => none",
                "    Building [=======>                 ] 123/345: syn, quote(build) => 35 123/345",
                "45%|████▌     | 450/1000 [00:04<00:05, 99.1it/s] => 45 450/1000",
                "<s> [webpack.Progress] 45% building => 45",
                "45% building 12/20 modules => 60 12/20",
                "10% setup before run => 10",
                "<==========---> 75% EXECUTING [12s] => 75",
                "Receiving objects:  45% (123/273), 1.20 MiB | 2.00 MiB/s => 45 123/273",
                "Resolving deltas: 100% (80/80), done. => 100 80/80",
                "    1,234,567  45%    1.23MB/s    0:00:12 => 45",
                "######################                  55.3% => 55",
                "archive.tar.gz   45%[========>           ]   1.20M  2.00MB/s => 45",
                "[download]  45.3% of 12.34MiB at 1.20MiB/s ETA 00:12 => 45",
                "     ━━━━━━━━━━━━╸━━━━━━━━━━━ 1.7/3.4 MB 5.6 MB/s eta 0:00:01 => 50 1.7/3.4",
                "#8 [3/12] RUN npm ci => 25 3/12",
                "#11 [builder 6/12] COPY . . => 50 6/12",
                "[+] Building 12.3s (9/15) => 60 9/15",
                "Step 3/7 : RUN make => 42 3/7",
                "[1/4] Resolving packages... => 25 1/4",
                "[12 / 48] 3 actions, 2 running => 25 12/48",
                "chunk 214/312  src/cart/total.ts => 68 214/312",
                "Epoch 3/10 loss 0.12 => 30 3/10",
                "Processing 12 of 345 => 3 12/345",
                "Compiling 120 of 240 files => 50 120/240",
                "file 7 of 9 => 77 7/9",
                "progress: 45% => 45",
                "Downloading model… 45% => 45",
                "Uploading 45% => 45",
                "Progress: [ 45%] => 45",
                "(12/24) checking keys => 50 12/24",
                "[INFO] Building shop-api 1.0                          [3/10] => 30 3/10",
            })
    void linesThatTell(String line, String expected) {
        String told =
                Progress.of(line).map(p -> (p.percent() + " " + p.count()).strip()).orElse("none");
        assertThat(told).as(line).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "2026/03/01 12:00:00 starting",
                "03/01/2026 12:00:00 starting",
                "[03/12] nightly",
                "100% of 3 tests failed",
                "exit code 1: 2 of 431 tests failed",
                "running tests: 2 of 431 failed",
                "src/1/2/file.ts:12",
                "GET /api/v1/2/items 200 in 12ms",
                "1/2 teaspoon",
                "TOTAL                345     12    96%",
                "All files      |   84.21 |    75.3 |",
                "Statements   : 84.21% ( 123/146 )",
                "coverage: 84% of statements",
                "CPU 45%",
                "cpu usage: 12%",
                "memory 45% used",
                "disk is 91% full",
                "45% faster than before",
                "3 of the 5 servers answer",
                "one of 12 ways to do it",
                "HTTP/1.1 200 OK",
                "100.5% wrong",
                "width: 50%;",
                "[345/12] backwards",
                "5/0 division",
                "Tests: 3 failed, 12 passed, 15 total",
                "10.0.0.0/8 is a network",
                "%d of %d",
                "took 12/5ms",
            })
    void linesThatDoNot(String line) {
        assertThat(Progress.of(line)).as(line).isEmpty();
    }

    @Test
    void aLongLineIsNotLookedAtAsAWhole() {
        String line = "[12/24] " + "x/1 ".repeat(100_000) + " 45%";
        assertThat(Progress.of(line).orElseThrow().count()).isEqualTo("12/24");
    }

    private static Optional<Progress> line(Optional<Progress> before, String line) {
        return Progress.after(before, Progress.of(line));
    }

    @Test
    void linesBetweenDoNotTakeTheFigureAwayButAFullBarDoesNotStay() {
        Optional<Progress> at = line(Optional.empty(), "[12/24] a.o");
        at = line(at, "warning: unused import");
        assertThat(at.orElseThrow().percent()).isEqualTo(50);
        for (int i = 0; i < 100; i++) {
            at = line(at, "linking");
        }
        assertThat(at).isEmpty();
        at = line(line(at, "[24/24] b.o"), "now the tests");
        assertThat(at).isEmpty();
    }

    @Test
    void workSideBySideDoesNotGoBackAndANewPhaseBegins() {
        Optional<Progress> at = line(Optional.empty(), "[12/100] a.o");
        at = line(at, "[11/100] b.o");
        assertThat(at.orElseThrow().count()).isEqualTo("12/100");
        at = line(at, "[90/100] b.o");
        at = line(at, "[1/100] tests");
        assertThat(at.orElseThrow().percent()).isEqualTo(1);
        at = line(line(Optional.empty(), "[3/4] Linking"), "[180/250] a.o");
        assertThat(at.orElseThrow().count()).isEqualTo("180/250");
    }
}
