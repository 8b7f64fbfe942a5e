package dev.simmer.agent.runner;

import java.util.Set;

/** The environment variables by which coding agents mark what they start. */
final class Marks {
    /**
     * Dropped for every program: with them it would take itself for a part of the agent that Simmer
     * was started from. Keys and addresses of model servers are not among them. A star at the end
     * stands for anything.
     */
    static final Set<String> OF_OUTER_AGENTS =
            Set.of(
                    "CLAUDECODE*",
                    "CLAUDE_CODE_ENTRYPOINT",
                    "CLAUDE_CODE_SSE_PORT",
                    "CLAUDE_CODE_SESSION_ID",
                    "CLAUDE_CODE_PARENT_SESSION_ID",
                    "CLAUDE_CODE_CHILD_SESSION",
                    "CLAUDE_CODE_EXECPATH",
                    "CLAUDE_AGENT_SDK_VERSION",
                    "CODEX_CI",
                    "CODEX_SANDBOX",
                    "CODEX_SANDBOX_NETWORK_DISABLED",
                    "CODEX_THREAD_ID",
                    "CODEX_INTERNAL_ORIGINATOR_OVERRIDE",
                    "GEMINI_CLI",
                    "GEMINI_CLI_IDE_*",
                    "OPENCODE",
                    "OPENCODE_PID",
                    "OPENCODE_RUN_ID",
                    "OPENCODE_PROCESS_ROLE",
                    "CURSOR_AGENT",
                    "CURSOR_TRACE_ID",
                    "AI_AGENT");

    private Marks() {}
}
