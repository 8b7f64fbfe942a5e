package dev.simmer.model;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The environment variables of whoever asked for a task: what the task inherits where it is not
 * started by that process itself. Values may be secret, so {@link #toString} holds none.
 *
 * @param variables values by name, in the order of the names
 */
public record CallerEnvironment(Map<String, String> variables) {
    public CallerEnvironment {
        variables = Collections.unmodifiableMap(new TreeMap<>(variables));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CallerEnvironment that && variables.equals(that.variables);
    }

    @Override
    public int hashCode() {
        return variables.hashCode();
    }

    @Override
    public String toString() {
        return "CallerEnvironment" + variables.keySet();
    }
}
