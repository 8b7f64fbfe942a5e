package dev.simmer.tui.term;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.tui.model.Key;
import dev.simmer.tui.model.Key.Name;
import dev.simmer.tui.model.Msg;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class KeyDecoderTest {
    private final List<Msg> got = new ArrayList<>();
    private final KeyDecoder decoder = new KeyDecoder(got::add);

    private List<Msg> typing(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        got.clear();
        decoder.feed(bytes, bytes.length);
        return List.copyOf(got);
    }

    private static Msg key(Name name) {
        return new Msg.KeyPressed(Key.of(name));
    }

    private static Msg typed(String letter) {
        return new Msg.KeyPressed(Key.typed(letter));
    }

    @Test
    void lettersAndControls() {
        assertThat(typing("aZ é日🙂"))
                .containsExactly(
                        typed("a"), typed("Z"), typed(" "), typed("é"), typed("日"), typed("🙂"));
        assertThat(typing("\r\n\t\u007f\u0008"))
                .containsExactly(
                        key(Name.ENTER),
                        key(Name.ENTER),
                        key(Name.TAB),
                        key(Name.BACKSPACE),
                        key(Name.BACKSPACE));
        assertThat(typing("\u0003\u0015"))
                .containsExactly(
                        new Msg.KeyPressed(Key.ctrl("c")), new Msg.KeyPressed(Key.ctrl("u")));
    }

    @Test
    void namedKeysInBothModes() {
        assertThat(typing("\u001b[A\u001bOB\u001b[C\u001b[D\u001b[H\u001b[F\u001bOH\u001b[4~"))
                .containsExactly(
                        key(Name.UP),
                        key(Name.DOWN),
                        key(Name.RIGHT),
                        key(Name.LEFT),
                        key(Name.HOME),
                        key(Name.END),
                        key(Name.HOME),
                        key(Name.END));
        assertThat(typing("\u001b[5~\u001b[6~\u001b[3~\u001b[2~\u001b[Z\u001b[15~"))
                .containsExactly(
                        key(Name.PAGE_UP),
                        key(Name.PAGE_DOWN),
                        key(Name.DELETE),
                        key(Name.INSERT),
                        key(Name.BACK_TAB),
                        key(Name.FUNCTION));
        assertThat(typing("\u001b[1;5D"))
                .containsExactly(new Msg.KeyPressed(new Key(Name.LEFT, "", true, false)));
    }

    @Test
    void escapeAloneNeedsPatience() {
        assertThat(typing("\u001b")).isEmpty();
        assertThat(decoder.patienceMillis()).isPositive();
        decoder.flush();
        assertThat(got).containsExactly(key(Name.ESCAPE));
        assertThat(decoder.patienceMillis()).isZero();
    }

    @Test
    void twoEscapesAreTwoKeys() {
        assertThat(typing("\u001b\u001b")).containsExactly(key(Name.ESCAPE));
        decoder.flush();
        assertThat(got).containsExactly(key(Name.ESCAPE), key(Name.ESCAPE));
    }

    @Test
    void altTakesALetter() {
        assertThat(typing("\u001bx"))
                .containsExactly(new Msg.KeyPressed(new Key(Name.CHAR, "x", false, true)));
    }

    @Test
    void everySplitGivesTheSame() {
        String text = "a\u001b[A🙂\u001b[<0;12;7M日\u001b[200~rm -rf x\nq\u001b[201~z\u001b[1;5C";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        List<Msg> whole = typing(text);
        assertThat(whole).hasSize(8);
        for (int cut = 1; cut < bytes.length; cut++) {
            List<Msg> parts = new ArrayList<>();
            KeyDecoder other = new KeyDecoder(parts::add);
            other.feed(bytes, cut);
            byte[] rest = java.util.Arrays.copyOfRange(bytes, cut, bytes.length);
            other.feed(rest, rest.length);
            assertThat(parts).as("cut at %s", cut).isEqualTo(whole);
        }
    }

    @Test
    void pasteIsNeverKeys() {
        assertThat(typing("\u001b[200~q\u0003\u001b[A yes\r\u001b[201~j"))
                .containsExactly(new Msg.Pasted("q\u0003\u001b[A yes\r"), typed("j"));
    }

    @Test
    void pasteThatNeverEndsIsGivenUp() {
        assertThat(typing("\u001b[200~half")).isEmpty();
        assertThat(decoder.patienceMillis()).isGreaterThan(100);
        decoder.flush();
        assertThat(got).containsExactly(new Msg.Pasted("half"));
        assertThat(typing("q")).containsExactly(typed("q"));
    }

    @Test
    void longPasteIsCut() {
        List<Msg> pasted = typing("\u001b[200~" + "x".repeat(100_000) + "\u001b[201~");
        assertThat(pasted).containsExactly(new Msg.Pasted("x".repeat(KeyDecoder.LONGEST_PASTE)));
    }

    @Test
    void backgroundIsTold() {
        assertThat(typing("a\u001b]11;rgb:1515/1717/1c1c\u001b\\b\u001b]11;rgb:ff/ff/ff\u0007c"))
                .containsExactly(
                        typed("a"),
                        new Msg.Background(0x15171c),
                        typed("b"),
                        new Msg.Background(0xffffff),
                        typed("c"));
        assertThat(typing("\u001b]11;what\u0007\u001bP11;rgb:ff/ff/ff\u001b\\")).isEmpty();
    }

    @Test
    void mouse() {
        assertThat(typing("\u001b[<0;1;1M\u001b[<0;1;1m\u001b[<64;300;50M\u001b[<65;2;3M"))
                .containsExactly(
                        new Msg.Clicked(0, 0),
                        new Msg.Released(),
                        new Msg.Wheeled(299, 49, -1),
                        new Msg.Wheeled(1, 2, 1));
        assertThat(typing("\u001b[<32;7;2M\u001b[<40;8;2M"))
                .containsExactly(new Msg.Dragged(6, 1), new Msg.Dragged(7, 1));
        assertThat(typing("\u001b[<2;5;5m\u001b[<34;5;5M")).as("another button").isEmpty();
        assertThat(typing("\u001b[<2;5;5M\u001b[<35;5;5M\u001b[<0;0;5M\u001b[M !!")).isEmpty();
    }

    @Test
    void unknownSequencesLeaveNoKeys() {
        assertThat(typing("\u001b[?62;22c\u001b[I\u001b[>0;10;1c\u001b[12;40R\u001b[[A")).isEmpty();
        assertThat(
                        typing(
                                "\u001b]10;rgb:1515/1717/1c1c\u001b\\\u001b]0;q\u0007\u001bP1$rq\u001b\\"))
                .isEmpty();
        assertThat(typing("ok")).containsExactly(typed("o"), typed("k"));
    }

    @Test
    void brokenUtf8IsDropped() {
        byte[] bytes = {(byte) 0xff, (byte) 0xc3, 'a', (byte) 0xe6, (byte) 0x97, 'b', (byte) 0xc3};
        decoder.feed(bytes, bytes.length);
        decoder.flush();
        assertThat(got).containsExactly(typed("a"), typed("b"));
    }

    @Test
    void garbageNeverThrowsAndNeverSticks() {
        for (long seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            got.clear();
            byte[] bytes = new byte[1 + random.nextInt(300)];
            random.nextBytes(bytes);
            for (int i = 0; i < bytes.length; i++) {
                if (random.nextInt(6) == 0) {
                    bytes[i] = 0x1b;
                }
            }
            decoder.feed(bytes, bytes.length);
            decoder.flush();
            decoder.flush();
            assertThat(typing("j")).as("seed %s", seed).containsExactly(typed("j"));
        }
    }
}
