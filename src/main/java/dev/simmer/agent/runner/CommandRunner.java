package dev.simmer.agent.runner;

import dev.simmer.agent.stream.Program;
import java.util.List;

/**
 * A definition's own command. It is given the prompt in a file: where a word of the command is
 * {@code {prompt}}, the file's path stands there, else it is the last word. The path is in
 * SIMMER_PROMPT too. Its output is plain text; exit code 0 means that it is done.
 */
final class CommandRunner implements Runner {
    private static final String FILE = "prompt.txt";
    private static final String PLACE = "{prompt}";

    @Override
    public Program program() {
        return Program.COMMAND;
    }

    @Override
    public String executable() {
        return "";
    }

    @Override
    public Compiled compile(Order order) {
        List<String> command = order.definition().command().orElse(List.of());
        if (command.isEmpty()) {
            return new Compiled.Refused(
                    "the definition names no command (command: in its front matter): run it with"
                            + " another program (--runner)");
        }
        Word path = new Word.FilePath("", FILE);
        Invocation.Draft draft = new Invocation.Draft(program());
        for (String each : command) {
            draft.word(each.equals(PLACE) ? path : new Word.Plain(each));
        }
        if (!command.contains(PLACE)) {
            draft.word(path);
        }
        draft.file(FILE, order.prompt()).set("SIMMER_PROMPT", path);
        return draft.compiled();
    }
}
