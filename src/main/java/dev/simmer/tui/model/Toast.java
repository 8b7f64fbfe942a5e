package dev.simmer.tui.model;

import java.time.Instant;

/**
 * A message that goes away by itself, or with the next key.
 *
 * @param text may quote what Simmer did not write, so sanitise before printing
 * @param error whether something went wrong
 * @param until when it goes at the latest
 */
public record Toast(String text, boolean error, Instant until) {}
