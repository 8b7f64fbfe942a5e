package dev.simmer.agent.definition;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of tools in their many spellings. */
class ToolNamesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Read, Grep | Read Grep",
                "read_file,run_shell_command | Read Bash",
                "[Read, 'Grep'] | Read Grep",
                "- Read - Grep | Read Grep",
                "Read, READ, read | Read",
                "bash(git:*) | Bash(git:*)",
                "mcp__a__b , My_Tool | mcp__a__b My_Tool",
                "Agent | Task",
                "none | ''",
            })
    void textIsReadAsCommonNames(String text, String names) {
        ToolNames read = ToolNames.of(new Value.Text(text, true, 1), false, new Told());
        assertThat(String.join(" ", read.allowed().orElseThrow())).isEqualTo(names);
        assertThat(read.denied()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"*", "All tools", "all", "''", "Read *"})
    void allIsNoLimit(String text) {
        assertThat(ToolNames.of(new Value.Text(text, true, 1), false, new Told()))
                .isEqualTo(ToolNames.EVERYTHING);
    }

    @Test
    void bracketsKeepWhatIsInThemTogether() {
        assertThat(ToolNames.split("Bash(npm test, npm run (all)), Read(~/x y)  Grep"))
                .containsExactly("Bash(npm test, npm run (all))", "Read(~/x y)", "Grep");
        assertThat(ToolNames.split("Bash(never closed, Read"))
                .containsExactly("Bash(never closed, Read");
    }
}
