package dev.simmer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.model.CallerEnvironment;
import dev.simmer.model.Need;
import dev.simmer.model.WorkspaceId;
import dev.simmer.tui.model.AgentOrder;
import dev.simmer.tui.model.Findings;
import dev.simmer.tui.model.Inquiry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the dashboard's dialogs find on a real disk. */
class DialogLookupsTest {
    @TempDir Path folder = Path.of("/");
    private Path shop = Path.of("/");
    private Path bin = Path.of("/");

    @BeforeEach
    void project() throws IOException {
        shop = Files.createDirectories(folder.resolve("shop"));
        bin = Files.createDirectories(folder.resolve("bin"));
        Path agents = Files.createDirectories(shop.resolve(".agents/agents"));
        Files.writeString(
                agents.resolve("own.md"),
                "---\nname: own\ndescription: Looks.\ncommand: look\n---\n");
        Files.writeString(shop.resolve("package.json"), "{\"scripts\":{\"dev\":\"vite\"}}");
        Files.createDirectories(shop.resolve("src"));
        Files.writeString(shop.resolve("a file"), "");
        Path sessions = Files.createDirectories(shop.resolve(".agents/sessions"));
        Files.writeString(sessions.resolve("1.md"), "");
        Files.writeString(sessions.resolve("2.md"), "");
        Files.writeString(sessions.resolve(".2.md.lock"), "");
        program("look");
        Files.writeString(bin.resolve("paper"), "");
    }

    private void program(String name) throws IOException {
        Files.createFile(
                bin.resolve(name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    }

    private Findings find(Inquiry inquiry) {
        CallerEnvironment caller =
                new CallerEnvironment(
                        Map.of("PATH", bin + ":relative:/nowhere", "HOME", folder.toString()));
        return new DialogLookups(new WorkspaceId(shop), caller, folder).find(inquiry);
    }

    @Test
    void commandsAreOfTheProjectAndOfPath() {
        Findings.Commands found = (Findings.Commands) find(new Inquiry.Commands());
        assertThat(found.project()).contains(new Findings.Offer("npm run dev", "package.json"));
        assertThat(found.programs()).containsExactly("look");
    }

    @Test
    void filesAreOfTheFolderThatIsTyped() {
        Findings.Files here = (Findings.Files) find(new Inquiry.Files(""));
        assertThat(here.names()).contains("src/", "a file", "package.json");
        Findings.Files home = (Findings.Files) find(new Inquiry.Files("~/"));
        assertThat(home.names()).containsExactly("bin/", "shop/");
        Findings.Files none = (Findings.Files) find(new Inquiry.Files("none/"));
        assertThat(none.names()).isEmpty();
        Findings.Files bad = (Findings.Files) find(new Inquiry.Files("\0/"));
        assertThat(bad.names()).isEmpty();
    }

    @Test
    void agentsAndSessionsAreListed() {
        Findings.Agents found = (Findings.Agents) find(new Inquiry.Agents());
        assertThat(found.definitions()).contains(new Findings.Offer("own", "command: Looks."));
        assertThat(found.sessions())
                .containsExactly(".agents/sessions/2.md", ".agents/sessions/1.md");
    }

    private static AgentOrder order(String definition, Optional<Boolean> worktree) {
        return new AgentOrder(
                definition,
                "look around",
                List.of("src"),
                Optional.of(".agents/sessions/1.md"),
                worktree,
                List.of(new Need("build", Need.Condition.READY)),
                OptionalLong.of(1 << 20));
    }

    @Test
    void planSaysWhatWouldBeRun() throws IOException {
        Findings.Planned planned =
                (Findings.Planned) find(new Inquiry.Plan(order("own", Optional.of(true)), false));
        assertThat(planned.command()).isEqualTo("look …/prompt.txt");
        assertThat(planned.report()).startsWith(".agents/reports/").endsWith("own.md");
        assertThat(planned.task().planned().orElseThrow().worktree()).isTrue();
        assertThat(planned.task().needs()).containsExactly(new Need("build", Need.Condition.READY));
        assertThat(folder.resolve("agent-names")).as("looking gives no name away").doesNotExist();
        Findings.Planned own =
                (Findings.Planned) find(new Inquiry.Plan(order("own", Optional.empty()), true));
        assertThat(own.task().planned().orElseThrow().worktree()).isFalse();
        assertThat(folder.resolve("agent-names")).exists();
    }

    @Test
    void planThatCannotBeIsRefused() {
        Inquiry.Plan plan = new Inquiry.Plan(order("owl", Optional.empty()), true);
        Findings.Refused refused = (Findings.Refused) find(plan);
        assertThat(refused.asked()).isEqualTo(plan);
        assertThat(refused.why()).contains("owl");
    }
}
