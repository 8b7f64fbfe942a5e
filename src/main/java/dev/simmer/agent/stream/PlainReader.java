package dev.simmer.agent.stream;

import dev.simmer.agent.stream.AgentEvent.End;
import dev.simmer.agent.stream.AgentEvent.Ended;
import dev.simmer.agent.stream.AgentEvent.Text;
import dev.simmer.model.ExitStatus;
import java.util.List;

/** The output of a program that prints plain text: its words are its lines, its end is its exit. */
final class PlainReader extends StreamReader {
    private boolean speaking;

    @Override
    public List<AgentEvent> read(String line) {
        String text = line.stripTrailing();
        if (text.isEmpty() && !speaking) {
            return List.of();
        }
        Text said = new Text((speaking ? "\n" : "") + Clip.head(text, LONGEST), speaking);
        speaking = true;
        return List.of(said);
    }

    @Override
    public List<AgentEvent> end(ExitStatus status) {
        return status instanceof ExitStatus.Code(int code)
                ? List.of(
                        code == 0
                                ? new Ended(true, End.COMPLETED, "", "")
                                : new Ended(false, End.ERROR, "exit code " + code, ""))
                : List.of();
    }

    @Override
    boolean event(String type, Node event, List<AgentEvent> to) {
        return false;
    }
}
