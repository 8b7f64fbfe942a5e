package dev.simmer.config;

import java.util.List;

/**
 * The keys that a part of a task file knows, in the order of the reference.
 *
 * @param owner what has these keys, in words
 * @param names the keys
 */
record Keys(String owner, List<String> names) {
    static final Keys FILE =
            of(
                    "a task file",
                    "version",
                    "name",
                    "limits",
                    "env",
                    "env_file",
                    "tasks",
                    "agents",
                    "groups");

    static final Keys LIMITS = of("`limits`", "heavy", "parallel", "reserve", "heavy_from", "load");

    static final Keys TASK =
            of(
                    "a task",
                    "run",
                    "kind",
                    "needs",
                    "ready",
                    "restart",
                    "retry",
                    "timeout",
                    "memory",
                    "heavy",
                    "priority",
                    "locks",
                    "stop",
                    "cwd",
                    "env",
                    "env_file",
                    "each",
                    "autostart",
                    "input",
                    "tty",
                    "keep_tmp",
                    "log_limit",
                    "evictable",
                    "isolate");

    static final Keys READY = of("`ready`", "log", "tcp", "http", "exec", "timeout");

    static final Keys RESTART = of("`restart`", "on", "max", "backoff");

    static final Keys RETRY = of("`retry`", "max", "backoff", "on_exit", "on_output");

    static final Keys STOP = of("`stop`", "signal", "grace");

    static final Keys EACH = of("`each`", "glob", "batch");

    static final Keys LOG_LIMIT = of("`log_limit`", "size", "full");

    static final Keys AGENT =
            of(
                    "an agent",
                    "agent",
                    "task",
                    "prompt",
                    "files",
                    "session",
                    "report",
                    "id",
                    "runner",
                    "model",
                    "needs",
                    "retry",
                    "timeout",
                    "memory",
                    "heavy",
                    "priority",
                    "locks",
                    "stop",
                    "cwd",
                    "env",
                    "env_file",
                    "autostart",
                    "keep_tmp",
                    "log_limit",
                    "evictable",
                    "isolate");

    /** The user's own configuration, docs/CONFIG.md. */
    static final Keys CONFIG =
            of("the configuration", "keep", "idle_exit", "log_limit", "agent", "notify");

    static final Keys CONFIG_AGENT = of("`agent`", "runner");

    static final Keys CONFIG_NOTIFY = of("`notify`", "by", "command", "events", "when", "quiet");

    Keys {
        names = List.copyOf(names);
    }

    private static Keys of(String owner, String... names) {
        return new Keys(owner, List.of(names));
    }
}
