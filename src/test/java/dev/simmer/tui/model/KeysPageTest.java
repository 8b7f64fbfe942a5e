package dev.simmer.tui.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The page about keys has every action with its keys; {@code -Dsimmer.golden.update=true} writes
 * its table anew.
 */
class KeysPageTest {
    private static final Path PAGE = Path.of("docs/KEYS.md");
    private static final String HEAD = "| action | in | keys | |";

    private static String code(String text) {
        return text.equals("|") ? "<code>&#124;</code>" : "`" + text + "`";
    }

    private static String row(Binding binding) {
        List<String> where = new ArrayList<>();
        for (Context context : Context.values()) {
            if (binding.where().contains(context)) {
                where.add(context.word());
            }
        }
        List<String> keys = binding.keys().stream().map(key -> code(KeyText.of(key))).toList();
        String says = binding.help().isEmpty() ? binding.label() : binding.help();
        return "| `%s` | %s | %s | %s |"
                .formatted(
                        binding.action().word(),
                        String.join(", ", where),
                        String.join(" ", keys),
                        says);
    }

    @Test
    void pageHasEveryAction() throws IOException {
        String text = Files.readString(PAGE);
        int at = text.indexOf(HEAD);
        StringBuilder table = new StringBuilder(HEAD + "\n|---|---|---|---|\n");
        for (Binding binding : Bindings.DEFAULTS) {
            table.append(row(binding)).append('\n');
        }
        if (Boolean.getBoolean("simmer.golden.update")) {
            Files.writeString(PAGE, text.substring(0, at < 0 ? text.length() : at) + table);
        }
        assertThat(Files.readString(PAGE)).endsWith(table);
    }

    @Test
    void everyActionHasAKey() {
        assertThat(Stream.of(Action.values()))
                .allMatch(action ->
                        Bindings.DEFAULTS.stream().anyMatch(each -> each.action() == action));
    }
}
