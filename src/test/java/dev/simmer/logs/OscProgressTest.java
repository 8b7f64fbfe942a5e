package dev.simmer.logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class OscProgressTest {
    private static OptionalInt newest(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return OscProgress.newest(bytes, bytes.length);
    }

    @Test
    void theNewestCountsWithEitherEnd() {
        assertThat(newest("\u001b]9;4;1;12\u0007a\n\u001b]9;4;1;45\u001b\\b\n")).hasValue(45);
        assertThat(newest("x\u001b]9;4;4;7\u0007")).hasValue(7);
        assertThat(newest("x\u001b]9;4;2;100\u0007 error")).hasValue(100);
        assertThat(newest("\u001b]9;4;1;450\u0007")).hasValue(100);
    }

    @Test
    void takenAwayIsTold() {
        assertThat(newest("\u001b]9;4;1;45\u0007\u001b]9;4;0;0\u0007")).hasValue(OscProgress.GONE);
        assertThat(newest("\u001b]9;4;0\u001b\\")).hasValue(OscProgress.GONE);
    }

    @Test
    void whatIsCutOrSomethingElseTellsNothing() {
        assertThat(newest("")).isEmpty();
        assertThat(newest("45% ]9;4;1;45")).isEmpty();
        assertThat(newest("\u001b]9;hello\u0007")).isEmpty();
        assertThat(newest("\u001b]9;4;")).isEmpty();
        assertThat(newest("\u001b]9;4;1")).isEmpty();
        assertThat(newest("\u001b]9;4;1;4")).isEmpty();
        assertThat(newest("\u001b]9;4;9;40\u0007")).isEmpty();
        assertThat(newest("\u001b]9;4;1;30\u0007\u001b]9;4;3;0\u0007")).hasValue(30);
    }
}
