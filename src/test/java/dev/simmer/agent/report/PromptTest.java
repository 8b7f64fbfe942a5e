package dev.simmer.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromptTest {
    private static final String FORM =
            """
            Run security audit on auth module.

            Files:
            - src/auth/endpoints.py
            - src/auth/token.py

            Check for OWASP Top 10 vulnerabilities.

            Write report to: .agents/reports/20260123-143000-auth-security.md

            Session: .agents/sessions/20260123-140000-auth-feature.md
            Background Agent ID: bg-20260123-143000-auth-security
            """;

    private static final Prompt AUDIT =
            new Prompt(
                    "Run security audit on auth module.\n\n"
                            + "Check for OWASP Top 10 vulnerabilities.",
                    List.of("src/auth/endpoints.py", "src/auth/token.py"),
                    Optional.of(".agents/reports/20260123-143000-auth-security.md"),
                    Optional.of(".agents/sessions/20260123-140000-auth-feature.md"),
                    Optional.of("bg-20260123-143000-auth-security"));

    @Test
    void isWrittenAndReadInTheSeedsForm() {
        assertThat(AUDIT.text()).isEqualTo(FORM);
        assertThat(Prompt.parse(FORM)).isEqualTo(AUDIT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Another order.
                """
                Background Agent ID: bg-20260123-143000-auth-security
                Session: .agents/sessions/20260123-140000-auth-feature.md
                Write report to: .agents/reports/20260123-143000-auth-security.md

                Run security audit on auth module.

                Check for OWASP Top 10 vulnerabilities.

                Files:
                - src/auth/endpoints.py
                - src/auth/token.py\
                """,
                // Markdown, backticks, a value in the next line, a list with stars.
                """
                Run security audit on auth module.

                **Files:**

                * `src/auth/endpoints.py`
                * `src/auth/token.py`

                Check for OWASP Top 10 vulnerabilities.

                **Output location**: `.agents/reports/20260123-143000-auth-security.md`
                - Session file:
                   .agents/sessions/20260123-140000-auth-feature.md
                - background_agent_id: `bg-20260123-143000-auth-security`
                """,
                // Wrapped.
                """
                Run security audit on auth module.
                Files: src/auth/endpoints.py, src/auth/token.py

                Check for OWASP Top 10 vulnerabilities.
                Write report to: .agents/reports/20260123-143000-
                  auth-security.md
                Session:
                .agents/sessions/20260123-140000-auth-feature.md
                Background Agent ID:
                  bg-20260123-143000-auth-security
                """,
            })
    void isReadInOtherForms(String text) {
        assertThat(Prompt.parse(text)).isEqualTo(AUDIT);
        assertThat(Prompt.parse("\uFEFF" + text.replace("\n", "\r\n"))).isEqualTo(AUDIT);
    }

    @Test
    void needsNoneOfItsParts() {
        assertThat(Prompt.parse("Count the files.\nAll of them."))
                .isEqualTo(
                        new Prompt(
                                "Count the files.\nAll of them.",
                                List.of(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()));
        assertThat(Prompt.parse("").mistakes()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Session: log in twice and look what happens",
                "Report: every fault that you find, with its place",
                "Files: all those that changed today.",
                "Output: one line for each",
            })
    void leavesWordsOfTheTaskInTheTask(String task) {
        assertThat(Prompt.parse(task + "\n").task()).isEqualTo(task);
    }

    @Test
    void letsTheLastFieldCount() {
        Prompt prompt =
                Prompt.parse(
                        "Write report to: a.md\nDo.\nWrite report to: b.md\nSession: x/y.md\n");
        assertThat(prompt.report()).contains("b.md");
        assertThat(prompt.task()).isEqualTo("Do.");
    }

    @Test
    void tellsWhatDoesNotFitAndWritesItHarmlessly() {
        Prompt prompt =
                new Prompt(
                        "Do\u001b[2J it",
                        List.of("a\nSession: /etc/x.md"),
                        Optional.of("r\u0007.md"),
                        Optional.empty(),
                        Optional.of("bg\r\n-1"));
        assertThat(prompt.mistakes()).hasSize(3);
        assertThat(prompt.text())
                .isEqualTo(
                        """
                        Do[2J it

                        Files:
                        - a Session: /etc/x.md

                        Write report to: r.md

                        Background Agent ID: bg  -1
                        """);
    }

    @ParameterizedTest
    @CsvSource({
        "audit, audit",
        "'Auth: Müller & Söhne', Auth-Muller-Sohne",
        "../../etc/passwd, etc-passwd",
        "'--rf /', rf",
        "'\u001b[2J', 2J",
        "'日本', agent",
        "'', agent",
        "a..b.md., a.b.md",
    })
    void makesNamesSafe(String name, String safe) {
        ReportName made = ReportName.of(LocalDateTime.of(2026, 1, 23, 4, 5, 6), name);
        assertThat(made.reportPath()).isEqualTo(".agents/reports/20260123-040506-" + safe + ".md");
        assertThat(made.agentId()).isEqualTo("bg-20260123-040506-" + safe);
    }
}
