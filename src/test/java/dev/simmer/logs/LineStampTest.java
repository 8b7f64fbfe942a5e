package dev.simmer.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineStampTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant ABOUT = Instant.parse("2026-11-21T20:30:00Z");

    private static OptionalLong stamp(String text) {
        return LineStamp.of(text, ABOUT, BERLIN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    2026-11-21T20:03:01Z it began            | 2026-11-21T20:03:01Z
                    2026-11-21T21:03:01.250+01:00 x          | 2026-11-21T20:03:01.250Z
                    2026-11-21T21:03:01+0100 x               | 2026-11-21T20:03:01Z
                    [2026-11-21 21:03:01,250] x              | 2026-11-21T20:03:01.250Z
                    2026/11/21 21:03:01 x                    | 2026-11-21T20:03:01Z
                    21:03:01 x                               | 2026-11-21T20:03:01Z
                    [21:03:01.5] x                           | 2026-11-21T20:03:01.500Z
                    22:10:00 within the grace                | 2026-11-21T21:10:00Z
                    23:59:59 yesterday                       | 2026-11-20T22:59:59Z
                    Nov 21 21:03:01 host cron[1]: x          | 2026-11-21T20:03:01Z
                    <34>Nov  1 21:03:01 host x               | 2026-11-01T20:03:01Z
                    Dec 24 18:00:00 host x                   | 2025-12-24T17:00:00Z
                    1.2.3.4 - - [21/Nov/2026:21:03:01 +0100] "GET /" | 2026-11-21T20:03:01Z
                    1795291381 x                             | 2026-11-21T20:03:01Z
                    1795291381.25 x                          | 2026-11-21T20:03:01.250Z
                    1795291381250 x                          | 2026-11-21T20:03:01.250Z
                    [1795291381] x                           | 2026-11-21T20:03:01Z
                    {"level":"info","time":"2026-11-21T20:03:01Z"} | 2026-11-21T20:03:01Z
                    {"ts":1795291381.25,"msg":"x"}           | 2026-11-21T20:03:01.250Z
                    """)
    void stampIsRead(String line, Instant expected) {
        assertThat(stamp(line)).hasValue(expected.toEpochMilli());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "it began at 2026-11-21T20:03:01Z",
                "2026-13-41T20:03:01Z",
                "25:61:61 x",
                "12345678901234567890",
                "1795291381abc",
                "21:03:01:44",
                "Foo 21 21:03:01 host",
                "1.2.3.4.5.6.7",
                "{\"ts\":\"yesterday\",\"n\":123456}"
            })
    void whatIsNoStampIsNone(String line) {
        assertThat(stamp(line)).isEmpty();
    }

    @Test
    void hugeLineCostsNoMore() {
        assertThat(stamp("1:".repeat(1_000_000))).isEmpty();
    }
}
