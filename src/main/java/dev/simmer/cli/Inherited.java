package dev.simmer.cli;

import dev.simmer.model.CallerEnvironment;
import java.util.HashMap;
import java.util.Map;

/** The environment that a caller's tasks inherit: the caller's own, not that of the supervisor. */
final class Inherited {
    /** Where the launcher leaves what LC_ALL was before it saw to UTF-8. */
    private static final String CALLERS_LOCALE = "SIMMER_CALLERS_LC_ALL";

    private Inherited() {}

    static CallerEnvironment of(Surroundings around) {
        Map<String, String> variables = new HashMap<>(around.environment());
        String locale = variables.remove(CALLERS_LOCALE);
        if (locale != null) {
            variables.remove("LC_ALL");
            if (!locale.isEmpty()) {
                variables.put("LC_ALL", locale);
            }
        }
        return new CallerEnvironment(variables);
    }
}
