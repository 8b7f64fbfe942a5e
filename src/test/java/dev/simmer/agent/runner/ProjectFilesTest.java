package dev.simmer.agent.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.agent.definition.Catalogue;
import dev.simmer.agent.definition.Definition;
import dev.simmer.agent.stream.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectFilesTest {
    @TempDir Path workspace;

    private void agent(String place, String name, String head) throws IOException {
        Path folder = Files.createDirectories(workspace.resolve(place));
        Files.writeString(
                folder.resolve(name + ".md"),
                "---\nname: " + name + "\ndescription: x\n" + head + "---\nDo it.\n");
    }

    private Set<Program> refusedBy() {
        return ProjectFiles.refusedBy(
                Catalogue.of(workspace, Map.of(), Path.of("/nowhere")), workspace);
    }

    @Test
    void colourOfAnotherProgramKeepsOpenCodeFromStarting() throws IOException {
        agent(".claude/agents", "one", "color: purple\n");
        agent(".opencode/agent", "two", "color: \"#12aBcd\"\n");
        agent(".opencode/agent", "three", "color: warning\nmodel: inherit\n");
        assertThat(refusedBy()).isEmpty();
        // It hides nothing and is hidden by the one of the same name, and is read all the same.
        agent(".opencode/agents", "one", "color: purple\n");
        assertThat(refusedBy()).containsExactly(Program.OPENCODE);
    }

    @Test
    void thenItRunsWithoutTheProject() throws IOException {
        agent(".opencode/agent", "one", "color: purple\n");
        Definition one =
                Catalogue.of(workspace, Map.of(), Path.of("/nowhere")).find("one").orElseThrow();
        for (Program program : Program.values()) {
            Order order =
                    new Order(
                            one,
                            "do it",
                            Definitions.SESSION,
                            Optional.empty(),
                            workspace,
                            refusedBy());
            if (Runners.of(program).compile(order) instanceof Compiled.Ready(var invocation)) {
                assertThat(invocation.variables().containsKey("OPENCODE_DISABLE_PROJECT_CONFIG"))
                        .isEqualTo(program == Program.OPENCODE);
                assertThat(invocation.notes().stream().anyMatch(n -> n.contains(".opencode")))
                        .isEqualTo(program == Program.OPENCODE);
            }
        }
    }
}
