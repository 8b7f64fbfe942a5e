package dev.simmer.agent.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClipTest {
    @Test
    void breakInACommandIsSeen() {
        assertThat(Clip.call("git status\nrm -rf ~")).isEqualTo("git status ↵ rm -rf ~");
        assertThat(Clip.call("a  \t b \r\n\n  c\n")).isEqualTo("a b ↵ c");
    }

    @Test
    void endOfALongCommandIsSeen() {
        String command = "ls" + " ".repeat(300) + "&& echo " + "a".repeat(400) + " ; rm -rf ~";
        assertThat(Clip.call(command))
                .startsWith("ls && echo aaa")
                .contains("…")
                .endsWith("; rm -rf ~")
                .hasSizeLessThanOrEqualTo(Clip.SUMMARY);
        String huge = "x".repeat(5_000_000) + " last";
        assertThat(Clip.call(huge)).endsWith(" last").hasSizeLessThanOrEqualTo(Clip.SUMMARY);
    }
}
