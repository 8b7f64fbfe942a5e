package dev.simmer.agent.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.agent.stream.AgentEvent.Denied;
import dev.simmer.agent.stream.AgentEvent.End;
import dev.simmer.agent.stream.AgentEvent.Ended;
import dev.simmer.agent.stream.AgentEvent.Retry;
import dev.simmer.agent.stream.AgentEvent.Text;
import dev.simmer.agent.stream.AgentEvent.ToolEnded;
import dev.simmer.agent.stream.AgentEvent.ToolStarted;
import dev.simmer.agent.stream.TranscriptLine.Sort;
import dev.simmer.model.ExitStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TranscriptTest {
    private static List<String> show(List<TranscriptLine> lines) {
        return lines.stream().map(line -> line.sort() + " " + line.text()).toList();
    }

    private static List<String> show(String recording) {
        Recording run = Recording.of(recording);
        return show(
                new Transcript()
                        .add(
                                Recording.events(
                                        run.program(), run.stdout(), new ExitStatus.Code(0))));
    }

    @Test
    void sameWorkReadsTheSameWithAllPrograms() {
        List<String> work =
                List.of(
                        "TOOL Bash echo hello-from-tool → hello-from-tool",
                        "SAID Stub says: the task is done. Report written.",
                        "END ended in order");
        for (String name : Recording.names()) {
            if (name.endsWith("-tool")) {
                assertThat(show(name)).as(name).endsWith(work.toArray(String[]::new));
                assertThat(show(name).getFirst()).startsWith("NOTICE started");
            }
        }
    }

    @Test
    void refusalIsSeenWithTheCallThatWasRefused() {
        String why = "Permission to use Bash with command echo hello-from-tool has been denied.";
        assertThat(show("claude-2.1.329-denied"))
                .contains(
                        "DENIED refused: Bash: " + why,
                        "TOOL_FAILED Bash echo hello-from-tool ✗ " + why);
    }

    @Test
    void toolThatRunsIsOpenUntilItsResultIsFoldedIn() {
        Transcript transcript = new Transcript();
        assertThat(transcript.add(new ToolStarted("a", "Read", "x.txt"))).isEmpty();
        assertThat(transcript.add(new ToolStarted("b", "Bash", "ls"))).isEmpty();
        assertThat(show(transcript.open())).containsExactly("TOOL Read x.txt …", "TOOL Bash ls …");
        assertThat(show(transcript.add(new ToolEnded("b", true, "one (+3)"))))
                .containsExactly("TOOL Bash ls → one (+3)");
        assertThat(show(transcript.add(new Ended(false, End.ERROR, "gone", ""))))
                .containsExactly(
                        "TOOL_FAILED Read x.txt ✗ no result",
                        "END_FAILED ended with an error: gone");
        assertThat(transcript.open()).isEmpty();
    }

    @Test
    void speechInPiecesBecomesWholeLines() {
        Transcript transcript = new Transcript();
        assertThat(transcript.add(new Text("Hel", false))).isEmpty();
        assertThat(show(transcript.open())).containsExactly("SAID Hel");
        assertThat(show(transcript.add(new Text("lo\nwor", true)))).containsExactly("SAID Hello");
        assertThat(show(transcript.add(new Text("ld", true)))).isEmpty();
        assertThat(show(transcript.add(new Text("Next", false)))).containsExactly("SAID world");
        assertThat(show(transcript.add(new Denied("", "Bash", ""))))
                .containsExactly("SAID Next", "DENIED refused: Bash");
    }

    @Test
    void retryTellsWhichAndWhen() {
        assertThat(show(new Transcript().add(new Retry(2, 5, Duration.ofSeconds(4), "529"))))
                .containsExactly("RETRY retrying the model (2 of 5): 529, in 4.0s");
    }

    @Test
    void portionsChangeNothing() {
        for (String name : Recording.names()) {
            Recording run = Recording.of(name);
            List<AgentEvent> events =
                    Recording.events(run.program(), run.lines(), new ExitStatus.Code(0));
            List<TranscriptLine> single = new ArrayList<>();
            Transcript transcript = new Transcript();
            events.forEach(event -> single.addAll(transcript.add(event)));
            assertThat(single).isEqualTo(new Transcript().add(events));
        }
    }

    @Test
    void noLineHoldsABreakAndNoneIsEndless() {
        Transcript transcript = new Transcript();
        List<TranscriptLine> lines = new ArrayList<>();
        lines.addAll(transcript.add(new Text("a\r\nb\u2028c\n" + "x".repeat(100_000), false)));
        lines.addAll(transcript.add(new ToolStarted("a", "B\nash", "")));
        lines.addAll(transcript.add(new ToolEnded("a", false, "")));
        assertThat(lines).hasSize(4).allMatch(line -> line.text().lines().count() == 1);
        assertThat(lines).allMatch(line -> line.text().length() <= 4_000);
        assertThat(lines.getLast())
                .isEqualTo(new TranscriptLine(Sort.TOOL_FAILED, "B ash ✗ failed"));
    }

    @Test
    void manyOpenCallsHaveALimit() {
        Transcript transcript = new Transcript();
        List<TranscriptLine> lines = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            lines.addAll(
                    transcript.add(new ToolStarted(i % 2 == 0 ? "" : "id" + i, "Bash", "" + i)));
        }
        assertThat(transcript.open()).hasSize(100);
        assertThat(lines).hasSize(900);
    }
}
