package dev.simmer.model;

/**
 * The share of time in which something had to wait for a resource: the kernel's pressure stall
 * information, its line {@code some} (<a
 * href="https://docs.kernel.org/accounting/psi.html">PSI</a>).
 *
 * @param avg10 over ten seconds, as the kernel averages it; from 0 to 1
 * @param recent since the look before, or where that is long ago since a few seconds; from 0 to 1
 */
public record Stall(double avg10, double recent) {
    /** None; also where the kernel does not tell. */
    public static final Stall NONE = new Stall(0, 0);

    public Stall {
        if (!(avg10 >= 0 && avg10 <= 1 && recent >= 0 && recent <= 1)) {
            throw new IllegalArgumentException(
                    "a share lies in 0 to 1, not " + avg10 + ", " + recent);
        }
    }
}
