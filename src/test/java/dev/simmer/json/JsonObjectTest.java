package dev.simmer.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class JsonObjectTest {
    @Test
    void whateverIsPutInIsReadBack() throws Exception {
        StringBuilder nasty = new StringBuilder();
        for (char c = 0; c < 0x2100; c++) {
            nasty.append(c);
        }
        nasty.append("\uD83D\uDE00");
        String json =
                new JsonObject()
                        .put("text", nasty.toString())
                        .put("whole", Long.MIN_VALUE)
                        .put("yes", true)
                        .put("none", OptionalInt.empty())
                        .put("list", List.of(new JsonObject().put("a", 1), new JsonObject()))
                        .putTexts("texts", List.of("x", "\""))
                        .toString();
        JsonNode read = new ObjectMapper().readTree(json);

        assertThat(json).doesNotContain("\n", "\u2028", "\u2029", "\033", "\u007f", "\u009b");
        assertThat(read.get("text").asText()).isEqualTo(nasty.toString());
        assertThat(read.get("whole").asLong()).isEqualTo(Long.MIN_VALUE);
        assertThat(read.get("yes").asBoolean()).isTrue();
        assertThat(read.get("none").isNull()).isTrue();
        assertThat(read.get("list").size()).isEqualTo(2);
        assertThat(read.get("texts").get(1).asText()).isEqualTo("\"");
    }

    @Test
    void loneSurrogatesAreEscaped() {
        assertThat(new JsonObject().put("t", "a\uD800b\uDC00").toString())
                .isEqualToIgnoringCase("{\"t\":\"a\\ud800b\\udc00\"}");
    }

    @Test
    void nameIsAlwaysOneThatCanBeRead() throws Exception {
        String json =
                new JsonObject()
                        .putTextMap(
                                "env", Map.of("a\uD800", "1", "\uD83D\uDE00", "2", "\uDC00", "3"))
                        .toString();
        assertThat(new JsonReader(JsonLimits.OWN).object(json).textMap("env"))
                .containsOnly(
                        entry("a\uFFFD", "1"), entry("\uD83D\uDE00", "2"), entry("\uFFFD", "3"));
    }
}
