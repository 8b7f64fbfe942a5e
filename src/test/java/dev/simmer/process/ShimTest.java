package dev.simmer.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.model.ExitStatus;
import org.junit.jupiter.api.Test;

class ShimTest {
    @Test
    void wholeLineIsRead() {
        assertThat(Shim.exit("exit 3 12.34 end\n", true)).contains(new ExitStatus.Code(3));
        assertThat(Shim.exit("exit 137 12.34 end\n", true)).contains(new ExitStatus.Code(137));
        assertThat(Shim.exit("Killed\nexit 137 12.34 end\n", true))
                .contains(new ExitStatus.Signaled(9));
        assertThat(Shim.exit("exit 130 12.34 end\n", true)).contains(new ExitStatus.Signaled(2));
    }

    @Test
    void shellThatSaysNothingGoesByItsNumbers() {
        assertThat(Shim.exit("exit 137 12.34 end\n", false)).contains(new ExitStatus.Signaled(9));
        assertThat(Shim.exit("exit 128 12.34 end\n", false)).contains(new ExitStatus.Code(128));
        assertThat(Shim.exit("exit 255 12.34 end\n", false)).contains(new ExitStatus.Code(255));
    }

    @Test
    void halfWrittenLineIsNone() {
        String whole = "Killed\nexit 137 12.34 end\n";
        for (int length = 0; length < whole.length(); length++) {
            assertThat(Shim.exit(whole.substring(0, length), true)).as("%d", length).isEmpty();
        }
        assertThat(Shim.exit("exit 999 12.34 end\n", true)).isEmpty();
        assertThat(Shim.exit("simmer: 4: Cannot fork\n", true)).isEmpty();
    }

    @Test
    void secondTryOnAFullDiskIsRead() {
        assertThat(Shim.exit("exiexit 1exit 139 12.34 end\n", true))
                .contains(new ExitStatus.Code(139));
    }

    @Test
    void blanksBehindTheLineAreNothing() {
        assertThat(Shim.exit("\n".repeat(256), true)).isEmpty();
        assertThat(Shim.exit("exit 3 12.34 end" + "\n".repeat(200), true))
                .contains(new ExitStatus.Code(3));
        assertThat(Shim.exit("Killed\nexit 137 12.34 end" + "\n".repeat(200), true))
                .contains(new ExitStatus.Signaled(9));
        String half = "exit 137 12.34 end";
        for (int length = 0; length < half.length(); length++) {
            String text = half.substring(0, length) + "\n".repeat(256 - length);
            assertThat(Shim.exit(text, true)).as("%d", length).isEmpty();
        }
    }

    @Test
    void idsAreReadWhole() {
        String whole = "123 4567 122\n";
        assertThat(Shim.ids(whole)).contains(new Shim.Ids(123, 4567, 122));
        for (int length = 0; length < whole.length(); length++) {
            assertThat(Shim.ids(whole.substring(0, length))).isEmpty();
        }
    }
}
