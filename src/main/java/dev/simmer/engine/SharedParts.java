package dev.simmer.engine;

import dev.simmer.model.CallerEnvironment;
import dev.simmer.model.TaskSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Gives specifications that were read from a wire or a file their equal parts in common: a thousand
 * tasks of one folder have one folder, one environment and one set of policies. For one thread.
 */
final class SharedParts {
    private static final int PARTS = 512;

    /** An environment is some kilobytes. */
    private static final int ENVIRONMENTS = 16;

    private final Map<Object, Object> parts = recent(PARTS);
    private final Map<Object, Object> environments = recent(ENVIRONMENTS);

    private static Map<Object, Object> recent(int most) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Object, Object> eldest) {
                return size() > most;
            }
        };
    }

    @SuppressWarnings("unchecked") // what is equal to a T here is a T of the same class
    private static <T> T shared(Map<Object, Object> among, T part) {
        Object before = among.putIfAbsent(part, part);
        return before == null || before.getClass() != part.getClass() ? part : (T) before;
    }

    private <T> T shared(T part) {
        return shared(parts, part);
    }

    /** The same specification. */
    TaskSpec of(TaskSpec spec) {
        Optional<CallerEnvironment> inherited =
                spec.inherited().map(each -> shared(environments, each));
        return new TaskSpec(
                spec.name(),
                spec.kind(),
                spec.command(),
                shared(spec.workspace()),
                shared(spec.cwd()),
                spec.env(),
                spec.needs(),
                spec.locks(),
                spec.priority(),
                shared(spec.memory()),
                spec.heavy(),
                spec.evictable(),
                spec.isolateMemory(),
                shared(spec.timeout()),
                shared(spec.retry()),
                shared(spec.restart()),
                shared(spec.ready()),
                shared(spec.stop()),
                spec.input(),
                spec.tty(),
                spec.keepTmpOnFailure(),
                spec.autostart(),
                shared(spec.logLimit()),
                shared(spec.session()),
                inherited.isEmpty() ? inherited : shared(environments, inherited),
                spec.agent());
    }
}
