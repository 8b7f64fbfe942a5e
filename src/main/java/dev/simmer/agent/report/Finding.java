package dev.simmer.agent.report;

/**
 * One finding of a report. Texts are free of control characters and empty where the report does not
 * say.
 *
 * @param title without "Finding 1:"
 * @param location such as {@code path/to/file.py:123}
 */
public record Finding(
        String title,
        Severity severity,
        String location,
        String description,
        String recommendation) {}
