package dev.simmer.logs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextLinkTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    src/cart/total.ts:12:5: error: x      | src/cart/total.ts:12:5      | src/cart/total.ts | 12 | 5
                    error at total.ts:12                  | total.ts:12                 | total.ts          | 12 | 0
                    src/a.ts(12,5): error TS1             | src/a.ts(12,5)              | src/a.ts          | 12 | 5
                    at x.Main.run(Main.java:7)            | Main.java:7                 | Main.java         | 7  | 0
                    --> /home/u/src/main.rs:3:1           | /home/u/src/main.rs:3:1     | /home/u/src/main.rs | 3 | 1
                    File "app/x.py", line 9, in run       | app/x.py", line 9           | app/x.py          | 9  | 0
                    ./Makefile:3: x                       | ./Makefile:3                | ./Makefile        | 3  | 0
                    ~/größe/ü.txt:4                       | ~/größe/ü.txt:4             | ~/größe/ü.txt     | 4  | 0
                    see https://x.org/a(b)?q=1. Yes       | https://x.org/a(b)?q=1      | https://x.org/a(b)?q=1 | 0 | 0
                    (http://localhost:3000/)              | http://localhost:3000/      | http://localhost:3000/ | 0 | 0
                    """)
    void placeIsFound(String text, String shown, String target, int line, int column) {
        int start = text.indexOf(shown);
        TextLink link = new TextLink(start, start + shown.length(), target, line, column);
        assertThat(TextLink.in(text)).containsExactly(link);
        assertThat(link.isAddress()).isEqualTo(line == 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12:04:31 chunk 3",
                "localhost:3000",
                "example.com:8080",
                "127.0.0.1:8080",
                "a: b",
                "http://",
                "total.ts",
                "total.ts:",
                "total.ts:x",
                "src/:3",
                "total.ts:0",
                "call(3)",
                "f(x.y(3",
                "ratio 3.5:1"
            })
    void whatIsNoPlaceIsNone(String text) {
        assertThat(TextLink.in(text)).isEmpty();
    }

    @Test
    void severalInOneLineAndNotTooMany() {
        assertThat(TextLink.in("a.c:1 b.c:2, https://x.y/z")).hasSize(3);
        assertThat(TextLink.in("a.c:1 ".repeat(1_000))).hasSize(32);
        assertThat(TextLink.in("a/".repeat(1_000_000) + ":1")).isEmpty();
    }
}
