package dev.simmer.process;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The variables that Simmer was started with, byte for byte, and what a task has on top of them.
 * Safe for all threads.
 */
final class Environment {
    private static final String CALLERS_LOCALE = "SIMMER_CALLERS_LC_ALL";

    private final List<Variable> inherited;

    private record Variable(String name, String value, MemorySegment text) {}

    private Environment(List<Variable> inherited) {
        this.inherited = inherited;
    }

    /** This process's, with the locale that Simmer's caller had. */
    static Environment own() {
        byte[] block;
        try {
            block = Files.readAllBytes(Path.of("/proc/self/environ"));
        } catch (IOException e) {
            return of(System.getenv());
        }
        List<Variable> variables = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < block.length; i++) {
            if (block[i] == 0) {
                add(variables, block, start, i);
                start = i + 1;
            }
        }
        return new Environment(withCallersLocale(variables));
    }

    /**
     * Simmer's own locale is one of UTF-8, since Java reads file names by it; {@code ./simmer} sees
     * to that and leaves what LC_ALL was in {@link #CALLERS_LOCALE}. Tasks get that back.
     */
    private static List<Variable> withCallersLocale(List<Variable> variables) {
        List<Variable> restored = new ArrayList<>();
        Optional<Variable> callers =
                variables.stream().filter(each -> each.name().equals(CALLERS_LOCALE)).findFirst();
        if (callers.isEmpty()) {
            return variables;
        }
        for (Variable variable : variables) {
            if (!variable.name().equals("LC_ALL") && !variable.name().equals(CALLERS_LOCALE)) {
                restored.add(variable);
            }
        }
        if (!callers.get().value().isEmpty()) {
            byte[] text = PathBytes.of("LC_ALL=" + callers.get().value());
            add(restored, text, 0, text.length);
        }
        return restored;
    }

    static Environment of(Map<String, String> variables) {
        List<Variable> list = new ArrayList<>();
        variables.forEach((name, value) -> {
            byte[] text = PathBytes.of(name + "=" + value);
            add(list, text, 0, text.length);
        });
        return new Environment(list);
    }

    private static void add(List<Variable> variables, byte[] block, int start, int end) {
        int equals = start;
        while (equals < end && block[equals] != '=') {
            equals++;
        }
        if (equals == start || equals == end) {
            return;
        }
        MemorySegment text = Arena.global().allocate(end - start + 1L);
        MemorySegment.copy(block, start, text, ValueLayout.JAVA_BYTE, 0, end - start);
        variables.add(
                new Variable(
                        new String(block, start, equals - start, StandardCharsets.UTF_8),
                        new String(block, equals + 1, end - equals - 1, StandardCharsets.UTF_8),
                        text));
    }

    /** A variable as it was inherited. */
    Optional<String> get(String name) {
        return inherited.stream()
                .filter(variable -> variable.name().equals(name))
                .map(Variable::value)
                .findFirst();
    }

    /**
     * The array of pointers that execve(2) takes, with {@code more} in the place of inherited ones.
     */
    MemorySegment block(Map<String, String> more, SegmentAllocator allocator) {
        MemorySegment block =
                allocator.allocate(ValueLayout.ADDRESS, (long) inherited.size() + more.size() + 1);
        long index = 0;
        for (Variable variable : inherited) {
            if (!more.containsKey(variable.name())) {
                block.setAtIndex(ValueLayout.ADDRESS, index++, variable.text());
            }
        }
        for (Map.Entry<String, String> entry : more.entrySet()) {
            block.setAtIndex(
                    ValueLayout.ADDRESS,
                    index++,
                    allocator.allocateFrom(entry.getKey() + "=" + entry.getValue()));
        }
        block.setAtIndex(ValueLayout.ADDRESS, index, MemorySegment.NULL);
        return block;
    }
}
