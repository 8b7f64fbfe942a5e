package dev.simmer.model;

import java.util.List;

/** Names of Linux's signals (signal(7), x86-64 and ARM). */
final class SignalNames {
    private static final List<String> NAMES =
            List.of(
                    "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1",
                    "SEGV", "USR2", "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP",
                    "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO",
                    "PWR", "SYS");

    private SignalNames() {}

    /** {@code SIGTERM} for 15; {@code 63} for a signal with no name of its own. */
    static String of(int number) {
        return number >= 1 && number <= NAMES.size()
                ? "SIG" + NAMES.get(number - 1)
                : Integer.toString(number);
    }
}
