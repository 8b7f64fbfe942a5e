package dev.simmer.agent.report;

import java.util.Locale;
import java.util.Optional;

/** How bad a finding is, the worst first. */
public enum Severity {
    CRITICAL,
    HIGH,
    MEDIUM,
    LOW,
    INFO,
    /** The report does not say, or not in one of these words. */
    UNRATED;

    /** As a report has it. */
    public String word() {
        return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    }

    /** From a report's word; empty for a word that is none and for a choice of several. */
    static Optional<Severity> of(String words) {
        String[] all =
                words.toUpperCase(Locale.ROOT).replaceAll("[^A-Z|/]+", " ").strip().split(" ", -1);
        if (words.contains("|")) {
            return Optional.empty();
        }
        for (String word : all) {
            switch (word) {
                case "CRITICAL", "BLOCKER", "SEVERE" -> {
                    return Optional.of(CRITICAL);
                }
                case "HIGH", "MAJOR" -> {
                    return Optional.of(HIGH);
                }
                case "MEDIUM", "MODERATE" -> {
                    return Optional.of(MEDIUM);
                }
                case "LOW", "MINOR" -> {
                    return Optional.of(LOW);
                }
                case "INFO", "INFORMATIONAL", "INFORMATION", "NOTE", "NONE" -> {
                    return Optional.of(INFO);
                }
                case "" -> {}
                default -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }
}
