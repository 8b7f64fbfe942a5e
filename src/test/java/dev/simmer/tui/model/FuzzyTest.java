package dev.simmer.tui.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.tui.model.Fuzzy.Match;
import dev.simmer.tui.model.Fuzzy.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FuzzyTest {
    private static Optional<Match> match(String word, String text) {
        return Fuzzy.of(word).match(text);
    }

    private static int score(String word, String text) {
        return match(word, text).orElseThrow().score();
    }

    /** The text with what was found in brackets. */
    private static String marked(String word, String text) {
        Optional<Match> match = match(word, text);
        if (match.isEmpty()) {
            return "";
        }
        StringBuilder marked = new StringBuilder();
        int at = 0;
        for (Span span : match.get().spans()) {
            marked.append(text, at, span.from()).append('[');
            marked.append(text, span.from(), span.to()).append(']');
            at = span.to();
        }
        return marked.append(text.substring(at)).toString();
    }

    @Test
    void lettersMustBeThereInTheirOrder() {
        assertThat(match("bld", "build")).isPresent();
        assertThat(match("dlb", "build")).isEmpty();
        assertThat(match("builds", "build")).isEmpty();
        assertThat(match("", "build").orElseThrow().spans()).isEmpty();
        assertThat(match("a", "")).isEmpty();
    }

    @Test
    void choosesThePlacesThatReadBest() {
        assertThat(marked("ut", "bundle unit-tests")).isEqualTo("bundle [u]nit-[t]ests");
        assertThat(marked("test", "t-e-s-t latest test")).isEqualTo("t-e-s-t latest [test]");
        assertThat(marked("tc", "watch type-check")).isEqualTo("watch [t]ype-[c]heck");
        assertThat(marked("gf", "goldenFrames")).isEqualTo("[g]olden[F]rames");
        assertThat(marked("e2", "e12 e2e")).isEqualTo("e12 [e2]e");
    }

    @Test
    void theBetterMatchHasTheHigherScore() {
        assertThat(score("res", "restart")).isGreaterThan(score("res", "the rest"));
        assertThat(score("res", "the rest")).isGreaterThan(score("res", "interest"));
        assertThat(score("res", "interest")).isGreaterThan(score("res", "r e s"));
        assertThat(score("st", "stop task")).isGreaterThan(score("st", "last"));
        assertThat(score("ab", "a-b")).isGreaterThan(score("ab", "a----b"));
    }

    @Test
    void smallLettersMatchCapitalOnesButNotTheOtherWayRound() {
        assertThat(match("build", "BUILD")).isPresent();
        assertThat(match("Build", "build")).isEmpty();
        assertThat(marked("B", "ab Bc")).isEqualTo("ab [B]c");
        assertThat(match("straße", "STRASSE")).as("two letters for one").isEmpty();
        assertThat(match("ß", "ß")).isPresent();
        assertThat(match("σ", "ς Σ")).isPresent();
        assertThat(match("é", "É")).isPresent();
        assertThat(match("É", "é")).isEmpty();
    }

    @Test
    void lettersAreWhatAReaderSees() {
        assertThat(marked("ete", "e\u0301te\u0301")).isEqualTo("[e\u0301te\u0301]");
        assertThat(marked("e\u0301", "été")).isEqualTo("[é]té");
        assertThat(match("é", "ete")).isEmpty();
        assertThat(marked("👩‍👩‍👧‍👦", "a👩‍👩‍👧‍👦b")).isEqualTo("a[👩‍👩‍👧‍👦]b");
        assertThat(match("👩", "👩‍👩‍👧‍👦")).as("a part of a family").isEmpty();
        assertThat(marked("日語", "日本語")).isEqualTo("[日]本[語]");
        assertThat(match("\ud800", "\udc00")).isEmpty();
    }

    @Test
    void aMatchIsTightWhereAPersonWouldHaveMeantIt() {
        assertThat(match("srv", "server").orElseThrow().tight()).isTrue();
        assertThat(match("ild", "build").orElseThrow().tight()).isTrue();
        assertThat(match("nrd", "npm run dev").orElseThrow().tight()).isTrue();
        assertThat(match("ci", "npx vitest --config unit.mjs").orElseThrow().tight()).isFalse();
        assertThat(match("tnd", "cats are in bed").orElseThrow().tight()).isFalse();
    }

    @Test
    void looksOnlyAtTheBeginningOfLongTexts() {
        String text = "x".repeat(Fuzzy.LONGEST - 1) + "yz";
        assertThat(match("y", text)).isPresent();
        assertThat(match("z", text)).isEmpty();
        assertThat(match("é", text.replace('y', 'ö') + "é")).isEmpty();
    }

    /** Against all ways to place the letters. */
    @Test
    void findsWhatIsThereAndNothingElse() {
        Random random = new Random(1);
        for (int i = 0; i < 4_000; i++) {
            String text = text(random, 1 + random.nextInt(12));
            String word = text(random, 1 + random.nextInt(4));
            Optional<Match> match = match(word, text);
            assertThat(match.isPresent()).as("%s in %s", word, text).isEqualTo(holds(text, word));
            match.ifPresent(
                    found -> assertThat(joined(text, found.spans())).isEqualToIgnoringCase(word));
        }
    }

    private static String text(Random random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append("abcAB- ".charAt(random.nextInt(7)));
        }
        return text.toString();
    }

    private static boolean holds(String text, String word) {
        int at = 0;
        for (int i = 0; i < text.length() && at < word.length(); i++) {
            String there = text.substring(i, i + 1);
            String wanted = word.substring(at, at + 1);
            if (there.equals(wanted) || there.toLowerCase(Locale.ROOT).equals(wanted)) {
                at++;
            }
        }
        return at == word.length();
    }

    private static String joined(String text, List<Span> spans) {
        List<String> parts = new ArrayList<>();
        spans.forEach(span -> parts.add(text.substring(span.from(), span.to())));
        return String.join("", parts);
    }
}
