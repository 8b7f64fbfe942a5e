package dev.simmer.agent.runner;

import dev.simmer.agent.stream.Program;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a program is started. Its standard input must be closed or at its end: Codex reads it, and
 * Claude Code may wait for it.
 *
 * @param words the command line, the program's name first
 * @param variables environment variables to set, by name
 * @param dropped environment variables that the program must not inherit, see {@link #drops}
 * @param files what must be written before it is started: name to content. None holds a secret;
 *     they lie in one folder of the run's own, readable for the owner alone
 * @param session the id of the program's session; empty where the program chooses it
 * @param notes what the definition asks and this program cannot do, or what Simmer does in its
 *     place; for people
 */
public record Invocation(
        Program program,
        List<Word> words,
        SortedMap<String, Word> variables,
        Set<String> dropped,
        SortedMap<String, String> files,
        Optional<String> session,
        List<String> notes) {
    /** Bytes of one word or variable that Linux takes: 32 pages, with the NUL at its end. */
    static final int LONGEST_WORD = 131_071;

    public Invocation {
        words = List.copyOf(words);
        variables = Collections.unmodifiableSortedMap(new TreeMap<>(variables));
        dropped = Set.copyOf(dropped);
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        notes = List.copyOf(notes);
    }

    /** The command line, where the files lie in that folder. */
    public List<String> argv(Path folder) {
        return words.stream().map(word -> word.in(folder)).toList();
    }

    /** The variables to set, where the files lie in that folder. */
    public SortedMap<String, String> environment(Path folder) {
        SortedMap<String, String> values = new TreeMap<>();
        variables.forEach((name, value) -> values.put(name, value.in(folder)));
        return values;
    }

    /** The environment that the program gets. */
    public SortedMap<String, String> environment(Map<String, String> inherited, Path folder) {
        SortedMap<String, String> values = new TreeMap<>(inherited);
        values.keySet().removeIf(this::drops);
        values.putAll(environment(folder));
        return values;
    }

    /** Whether the program must not inherit that variable. */
    public boolean drops(String variable) {
        return dropped.stream()
                .anyMatch(each ->
                        each.endsWith("*")
                                ? variable.startsWith(each.substring(0, each.length() - 1))
                                : variable.equals(each));
    }

    /** Collects what an invocation is made of. */
    static final class Draft {
        private final Program program;
        private final List<Word> words = new ArrayList<>();
        private final SortedMap<String, Word> variables = new TreeMap<>();
        private final SortedMap<String, String> files = new TreeMap<>();
        private final List<String> notes = new ArrayList<>();
        private Optional<String> session = Optional.empty();

        Draft(Program program) {
            this.program = program;
        }

        Draft word(String... texts) {
            for (String text : texts) {
                words.add(new Word.Plain(text));
            }
            return this;
        }

        Draft word(Word word) {
            words.add(word);
            return this;
        }

        Draft set(String name, String value) {
            variables.put(name, new Word.Plain(value));
            return this;
        }

        Draft set(String name, Word value) {
            variables.put(name, value);
            return this;
        }

        Draft file(String name, String content) {
            files.put(name, content);
            return this;
        }

        Draft session(String id) {
            session = Optional.of(id);
            return this;
        }

        Draft note(String note) {
            notes.add(note);
            return this;
        }

        Draft notes(List<String> more) {
            notes.addAll(more);
            return this;
        }

        /** The invocation, unless the system would not take it. */
        Compiled compiled() {
            List<String> texts = new ArrayList<>();
            words.forEach(each -> texts.add(each.in(Path.of(""))));
            // The name and an equals sign stand in the same string.
            variables.forEach((name, value) -> texts.add(name + "=" + value.in(Path.of(""))));
            for (String each : texts) {
                Optional<String> fault = fault(each);
                if (fault.isPresent()) {
                    return new Compiled.Refused(fault.get());
                }
            }
            return new Compiled.Ready(
                    new Invocation(
                            program,
                            words,
                            variables,
                            Marks.OF_OUTER_AGENTS,
                            files,
                            session,
                            notes));
        }

        /** Why the system would not take a word or a variable. */
        private static Optional<String> fault(String text) {
            if (text.indexOf('\0') >= 0) {
                return Optional.of(
                        "the prompt or the definition holds a NUL (the byte 0), which no command"
                                + " line takes: write it without");
            }
            int bytes = text.getBytes(StandardCharsets.UTF_8).length;
            return bytes <= LONGEST_WORD
                    ? Optional.empty()
                    : Optional.of(
                            "the prompt or the definition is too long: it makes a text of "
                                    + bytes
                                    + " bytes, of which a command line takes "
                                    + LONGEST_WORD
                                    + "; put the long part into a file and name the file in the"
                                    + " task");
        }
    }
}
