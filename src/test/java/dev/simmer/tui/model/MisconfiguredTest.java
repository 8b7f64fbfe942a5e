package dev.simmer.tui.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.model.Phase;
import java.util.List;
import org.junit.jupiter.api.Test;

class MisconfiguredTest {
    private final Play play = new Play();

    @Test
    void namesTheFileWithoutItsFolders() {
        assertThat(Misconfigured.brief("/home/ada/.config/simmer/config.yaml:3:1: no key x"))
                .isEqualTo("config.yaml:3:1: no key x");
        assertThat(Misconfigured.brief("keys.yaml:1:1: write /tmp/x")).endsWith("write /tmp/x");
    }

    @Test
    void allAreKeptForTheHelpAndTheFirstIsTold() {
        List<String> wrong = List.of("/x/config.yaml:3:1: no key x", "keys.yaml:1:1: no action y");
        play.send(new Msg.Wrong(wrong));
        assertThat(play.toast()).startsWith("config.yaml:3:1: no key x (1 of 2; ?");
        play.send(new Msg.Wrong(List.of("/x/dark.yaml:1:1: no colour")));
        play.send(new Msg.Wrong(wrong));
        assertThat(play.model().keymap().mistakes())
                .containsExactlyInAnyOrder(
                        "config.yaml:3:1: no key x",
                        "keys.yaml:1:1: no action y",
                        "dark.yaml:1:1: no colour");
    }

    @Test
    void theHelpOpensOverWhatIsRead() {
        play.show(Play.task(1, Phase.FAILED)).type("e?");
        assertThat(play.model().mode()).isEqualTo(new Mode.Help(0));
        play.type("?i?");
        assertThat(play.model().mode()).isEqualTo(new Mode.Help(0));
    }
}
