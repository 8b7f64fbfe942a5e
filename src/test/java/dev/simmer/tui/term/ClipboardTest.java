package dev.simmer.tui.term;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClipboardTest {
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    private Clipboard.Answer copy(Map<String, String> environment, String text) throws Exception {
        return new Clipboard(environment, sent::writeBytes).copy(text);
    }

    private String sent() {
        return sent.toString(StandardCharsets.US_ASCII);
    }

    @Test
    void textIsSentInBase64() throws Exception {
        Clipboard.Answer answer = copy(Map.of("TERM", "xterm"), "ä\u001b[2J\nb\n");
        assertThat(answer).isEqualTo(new Clipboard.Answer(true, "copied 2 lines"));
        assertThat(sent()).startsWith("\u001b]52;c;").endsWith("\u0007");
        byte[] text = Base64.getDecoder().decode(sent().substring(7, sent().length() - 1));
        assertThat(new String(text, StandardCharsets.UTF_8)).isEqualTo("ä\u001b[2J\nb\n");
    }

    @Test
    void screenPassesPiecesThrough() throws Exception {
        assertThat(copy(Map.of("TERM", "screen", "STY", "1.x"), "x".repeat(1_000)).done()).isTrue();
        String[] pieces = sent().split("\u001b\\\\", -1);
        assertThat(pieces).hasSizeGreaterThan(4).allMatch(piece -> piece.length() < 256);
        assertThat(sent().replace("\u001bP", "").replace("\u001b\\", ""))
                .startsWith("\u001b]52;c;")
                .endsWith("\u0007");
    }

    @Test
    void tooMuchIsRefusedAndNothingIsSent() throws Exception {
        Clipboard.Answer answer = copy(Map.of("TERM", "xterm"), "x".repeat(Clipboard.MOST + 1));
        assertThat(answer.done()).isFalse();
        assertThat(answer.words()).contains("too much").contains("75 KB");
        assertThat(copy(Map.of("TERM", "xterm"), "").done()).isFalse();
        assertThat(sent()).isEmpty();
        assertThat(copy(Map.of("TERM", "xterm"), "x".repeat(Clipboard.MOST)).done()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"linux", "dumb", ""})
    void terminalsWithoutOneAreNotAsked(String term) throws Exception {
        assertThat(copy(Map.of("TERM", term), "text").words()).contains("no clipboard");
        assertThat(sent()).isEmpty();
    }
}
