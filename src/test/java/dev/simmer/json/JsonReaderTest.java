package dev.simmer.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonReaderTest {
    private static final JsonLimits SMALL = new JsonLimits(1000, 5, 20, 10, 40);

    private final JsonReader reader = new JsonReader(SMALL);

    private void refused(String json, String message) {
        assertThatThrownBy(() -> reader.read(json))
                .isInstanceOf(JsonFault.class)
                .hasMessageContaining(message);
        assertThatThrownBy(() -> reader.read(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(JsonFault.class)
                .hasMessageContaining(message);
    }

    @Test
    void everySortOfValueIsRead() throws JsonFault {
        String json = "{\"a\":[1,-2.5e1,\"\\ud800x\",true,null,{}]}";
        assertThat(reader.read(json).toString())
                .isEqualTo(
                        "Members[values={a=Items[values=[Whole[value=1], Fraction[value=-25.0],"
                                + " Text[value=\uD800x], Flag[value=true], Nothing[],"
                                + " Members[values={}]]]}]");
        assertThat(new JsonObject().putValue("v", reader.read(json)).toString())
                .isEqualTo("{\"v\":" + json.replace("-2.5e1", "-25.0") + "}");
    }

    @Test
    void whateverIsTooLargeIsRefused() throws JsonFault {
        assertThat(reader.read("[[[[[]]]]]")).isNotNull();
        refused("[[[[[[]]]]]]", "nested deeper than 5");
        refused("[" + " ".repeat(1000) + "]", "limit of 1000 bytes");
        refused("[\"" + "x".repeat(21) + "\"]", "a text is longer than 20 characters");
        refused("{\"" + "x".repeat(21) + "\":1}", "a name is longer than 20 characters");
        refused("[" + "1".repeat(41) + "]", "a number is longer than 40 characters");
        refused("[" + "1,".repeat(50) + "1]", "more than ");
        StringBuilder many = new StringBuilder("{\"x\":1");
        for (int i = 0; i < 10; i++) {
            many.append(",\"").append(i).append("\":1");
        }
        refused(many + "}", "more than 10 members");
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        refused("[9223372036854775808]", "[0]: the number is out of range");
        refused("[1e400]", "[0]: the number is out of range");
        refused("[NaN]", "NaN");
    }

    @Test
    void whatReadersDisagreeAboutIsRefused() {
        refused("{\"a\":{\"b\":1,\"b\":2}}", "a.b: the name is there twice");
        refused("{} {}", "something follows the end");
        refused("{\"a\":1,}", "Unexpected character");
        refused("", "there is nothing");
        refused("{\"a\":", "end-of-input");
        refused("// x\n1", "Unexpected character");
        refused("\uFEFF1", "Unexpected character");
        refused("[\"\u001b\"]", "Illegal unquoted character");
    }

    @Test
    void textIsUtf8AndNothingElse() {
        for (byte[] each :
                new byte[][] {
                    "[1]".getBytes(StandardCharsets.UTF_16LE),
                    "[1]".getBytes(StandardCharsets.UTF_16),
                    {'"', (byte) 0xff, '"'},
                    {'"', (byte) 0xc3, '"'},
                    {'"', (byte) 0xed},
                }) {
            assertThatThrownBy(() -> reader.read(each)).isInstanceOf(JsonFault.class);
        }
    }

    @Test
    void noiseIsRefusedAndNothingElseHappens() {
        Random random = new Random(3);
        int refused = 0;
        for (int i = 0; i < 30_000; i++) {
            byte[] noise = new byte[random.nextInt(40)];
            for (int at = 0; at < noise.length; at++) {
                String likely = "{}[]\",:0123e.-tfn \\u";
                noise[at] =
                        (byte)
                                (random.nextInt(4) == 0
                                        ? random.nextInt(256)
                                        : likely.charAt(random.nextInt(likely.length())));
            }
            try {
                assertThat(reader.read(noise)).isNotNull();
            } catch (JsonFault e) {
                refused++;
                assertThat(e.getMessage()).isNotEmpty().doesNotContain("\033", "\n");
            }
        }
        assertThat(refused).isGreaterThan(20_000);
    }

    @Test
    void manyNamesOfOneHashAreReadInGoodTime() throws JsonFault {
        // "Aa" and "BB" have one hash, and so has each row of them.
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < 1 << 13; i++) {
            json.append(i == 0 ? "\"" : ",\"");
            for (int bit = 0; bit < 13; bit++) {
                json.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            json.append("\":1");
        }
        JsonMembers read = new JsonReader(JsonLimits.MESSAGE).object(json.append('}').toString());
        assertThat(read.whole("AaBB" + "Aa".repeat(11))).isEqualTo(1);
    }

    @Test
    void nestedPatternIsRefusedWhateverItsDepth() {
        String json = "{\"log\":{\"pattern\":\"" + "(".repeat(1_000_000) + "\"},\"timeout_ms\":1}";
        assertThatThrownBy(() ->
                        new JsonReader(JsonLimits.MESSAGE).object(json).as(PolicyJson::readiness))
                .isInstanceOf(JsonFault.class)
                .hasMessageStartingWith("log: ");
    }
}
