package dev.simmer.model;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

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
    public String toString() {
        return "CallerEnvironment" + variables.keySet();
    }
}
