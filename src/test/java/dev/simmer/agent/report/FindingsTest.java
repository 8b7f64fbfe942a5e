package dev.simmer.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FindingsTest {
    @Test
    void readsTheSeedsForm() {
        List<Finding> findings =
                Findings.of(
                        """
                        # Audit

                        ## Findings

                        ### Finding 1: Passwords in clear text
                        **Severity**: High
                        **Location**: `src/auth/token.py:42`
                        **Description**: They are stored
                        as they are:

                        ```
                        Severity: Low
                        ### no heading
                        ```
                        **Recommendation**: Hash them.

                        ### Finding 2: A slow loop
                        - **Severity:** low
                        - **Location:** a.py
                        - Description: slow\u001b[31m

                        ## Recommendations

                        Severity matters.
                        """);
        assertThat(findings)
                .containsExactly(
                        new Finding(
                                "Passwords in clear text",
                                Severity.HIGH,
                                "src/auth/token.py:42",
                                "They are stored\nas they are:\n\n```\nSeverity: Low\n"
                                        + "### no heading\n```",
                                "Hash them."),
                        new Finding("A slow loop", Severity.LOW, "a.py", "slow[31m", ""));
        assertThat(Findings.sums(findings))
                .containsEntry(Severity.HIGH, 1)
                .containsEntry(Severity.LOW, 1)
                .containsEntry(Severity.CRITICAL, 0)
                .hasSize(Severity.values().length);
    }

    @ParameterizedTest
    @CsvSource({
        "High, HIGH",
        "**CRITICAL**, CRITICAL",
        "'🔴 high (8.1)', HIGH",
        "medium., MEDIUM",
        "Informational, INFO",
        "High | Medium | Low | Info, UNRATED",
        "bad, UNRATED",
    })
    void knowsSeverities(String word, Severity severity) {
        assertThat(Findings.of("## A\nSeverity: " + word + "\n"))
                .extracting(Finding::severity)
                .containsExactly(severity);
    }

    @Test
    void findsNoneInOrdinaryText() {
        assertThat(Findings.of("# Report\n\nLocation: here\nFiles: a, b\n")).isEmpty();
    }
}
