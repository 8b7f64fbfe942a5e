/**
 * Agents as tasks: orders planned into tasks of a program's own, and around each attempt what a
 * background agent is held to, whatever it does: its session entry, its limits, its transcript, its
 * verdict and its report.
 */
@NullMarked
package dev.simmer.agent;

import org.jspecify.annotations.NullMarked;
