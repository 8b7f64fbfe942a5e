package dev.simmer.tui.term;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.tui.model.Key;
import dev.simmer.tui.model.Key.Name;
import dev.simmer.tui.model.Msg;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        assertThat(typing("\u001b[?62;22c\u001b[>0;10;1c\u001b[12;40R\u001b[[A")).isEmpty();
        assertThat(
                        typing(
                                "\u001b]10;rgb:1515/1717/1c1c\u001b\\\u001b]0;q\u0007\u001bP1$rq\u001b\\"))
                .isEmpty();
        assertThat(typing("ok")).containsExactly(typed("o"), typed("k"));
    }

    /** As tmux, screen, xterm, kitty and the Linux console send them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001b]11;rgb:1515/1717/1c1c\u001b\\",
                "\u001b]11;rgb:ffff/ffff/dddd\u0007",
                "\u001b]10;rgba:ffff/ffff/dddd/ffff\u0007",
                "\u001b[?2026;2$y",
                "\u001b[?2026;0$y",
                "\u001b[?1;2c",
                "\u001b[?64;1;2;6;9;15;18;21;22c",
                "\u001b[?6c",
                "\u001b[>84;0;0c",
                "\u001b[>83;40801;0c",
                "\u001b[>41;390;0c",
                "\u001bP>|tmux 3.4\u001b\\",
                "\u001bP1+r544e=787465726d\u001b\\",
                "\u001b_Gi=31;OK\u001b\\",
                "\u001b[?0u",
                "\u001b[?997;1n",
                "\u001b[0n",
                "\u001b[8;45;160t"
            })
    void answersAreNoKeysAlsoWhenTheyComeInPieces(String answer) {
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        for (int cut = 3; cut < bytes.length; cut++) {
            got.clear();
            decoder.feed(bytes, cut);
            assertThat(decoder.patienceMillis()).as("cut at %s", cut).isGreaterThan(500);
            byte[] rest = java.util.Arrays.copyOfRange(bytes, cut, bytes.length);
            decoder.feed(rest, rest.length);
            assertThat(got).as("cut at %s", cut).noneMatch(Msg.KeyPressed.class::isInstance);
            assertThat(typing("j")).as("cut at %s", cut).containsExactly(typed("j"));
        }
    }

    @Test
    void answerThatNeverEndsIsGivenUp() {
        assertThat(typing("\u001b]11;rgb:15")).isEmpty();
        decoder.flush();
        assertThat(typing("q")).containsExactly(typed("q"));
    }

    @Test
    void escapeAloneWaitsForAMomentOnly() {
        assertThat(typing("\u001b")).isEmpty();
        assertThat(decoder.patienceMillis()).isBetween(1, 30);
        decoder.flush();
        assertThat(got).containsExactly(new Msg.KeyPressed(Key.of(Name.ESCAPE)));
    }

    @Test
    void focusIsTold() {
        assertThat(typing("\u001b[I\u001b[O"))
                .containsExactly(new Msg.FocusChanged(true), new Msg.FocusChanged(false));
    }

    @Test
    void keysOfKittysProtocol() {
        assertThat(typing("\u001b[27u\u001b[99;5u\u001b[120;3u\u001b[13u\u001b[9;1:1u"))
                .containsExactly(
                        new Msg.KeyPressed(Key.of(Name.ESCAPE)),
                        new Msg.KeyPressed(Key.ctrl("c")),
                        new Msg.KeyPressed(new Key(Name.CHAR, "x", false, true)),
                        new Msg.KeyPressed(Key.of(Name.ENTER)),
                        new Msg.KeyPressed(Key.of(Name.TAB)));
        assertThat(typing("\u001b[9;2u\u001b[127u\u001b[1089::99;5u\u001b[97;1:3u\u001b[57399u"))
                .containsExactly(
                        new Msg.KeyPressed(Key.of(Name.BACK_TAB)),
                        new Msg.KeyPressed(Key.of(Name.BACKSPACE)),
                        new Msg.KeyPressed(Key.ctrl("c")));
    }

    @Test
    void pasteOfMegabytesInSmallPiecesIsOnePaste() {
        String text = "\u001b[200~" + "0123456789\r".repeat(300_000) + "\u001b[201~j";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        got.clear();
        for (int at = 0; at < bytes.length; at += 1_000) {
            int length = Math.min(1_000, bytes.length - at);
            decoder.feed(java.util.Arrays.copyOfRange(bytes, at, at + length), length);
        }
        assertThat(got).hasSize(2).last().isEqualTo(typed("j"));
    }

    @Test
    void restOfAPasteThatStalledIsNoKeys() {
        assertThat(typing("\u001b[200~first half")).isEmpty();
        decoder.flush();
        assertThat(got).containsExactly(new Msg.Pasted("first half"));
        assertThat(typing("rm -rf everything\r")).isEmpty();
        assertThat(typing("and more\rq\u001b[201~j")).containsExactly(typed("j"));
        assertThat(typing("k")).containsExactly(typed("k"));
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
