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
 * What a task inherits: the variables that Simmer was started with, byte for byte, or those of
 * somebody who asked for the task. Safe for all threads.
 */
final class Environment {
    private static final String CALLERS_LOCALE = "SIMMER_CALLERS_LC_ALL";

    private static final String NO_PATH = "/usr/bin:/bin";

    private final List<Variable> inherited;
    private final String path;

    private record Variable(String name, String value, MemorySegment text) {}

    private Environment(List<Variable> inherited) {
        this.inherited = inherited;
        this.path = get("PATH").orElse(NO_PATH);
    }

    /** This process's, with the locale that Simmer's caller had. */
    static Environment own() {
        byte[] block;
        try {
            block = Files.readAllBytes(Path.of("/proc/self/environ"));
        } catch (IOException e) {
            return of(System.getenv());
        }
        Arena arena = Arena.global();
        List<Variable> variables = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < block.length; i++) {
            if (block[i] == 0) {
                add(variables, block, start, i, arena);
                start = i + 1;
            }
        }
        return new Environment(withCallersLocale(variables, arena));
    }

    /**
     * Simmer's own locale is one of UTF-8, since Java reads file names by it; {@code ./simmer} sees
     * to that and leaves what LC_ALL was in {@link #CALLERS_LOCALE}. Tasks get that back.
     */
    private static List<Variable> withCallersLocale(List<Variable> variables, Arena arena) {
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
            add(restored, text, 0, text.length, arena);
        }
        return restored;
    }

    /**
     * Variables as somebody has told them. What no environment can hold (a NUL byte, no name, "="
     * in a name) is left out.
     */
    static Environment of(Map<String, String> variables) {
        // Freed when nobody refers to the environment any more.
        Arena arena = Arena.ofAuto();
        List<Variable> list = new ArrayList<>();
        variables.forEach((name, value) -> {
            if (name.indexOf('=') < 0 && name.indexOf('\0') < 0 && value.indexOf('\0') < 0) {
                byte[] text = PathBytes.of(name + "=" + value);
                add(list, text, 0, text.length, arena);
            }
        });
        return new Environment(withCallersLocale(list, arena));
    }

    private static void add(
            List<Variable> variables, byte[] block, int start, int end, Arena arena) {
        int equals = start;
        while (equals < end && block[equals] != '=') {
            equals++;
        }
        if (equals == start || equals == end) {
            return;
        }
        String name = new String(block, start, equals - start, StandardCharsets.UTF_8);
        if (name.equals(Spawner.PROBE_VARIABLE)) {
            // Of a probe of a Simmer around this one, which looks for its processes by it.
            return;
        }
        MemorySegment text = arena.allocate(end - start + 1L);
        MemorySegment.copy(block, start, text, ValueLayout.JAVA_BYTE, 0, end - start);
        variables.add(
                new Variable(
                        name,
                        new String(block, equals + 1, end - equals - 1, StandardCharsets.UTF_8),
                        text));
    }

    /** The folders in which programs are looked for. */
    String path() {
        return path;
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
     * It points into this object, which must be kept for as long as it is used.
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
