package dev.simmer.cli;

/** This program's version. */
final class Version {
    private Version() {}

    /**
     * Such as {@code 1.2.0}; {@code development} where it does not run from a jar. The launcher
     * says it too: for a command, opening the jar takes longer than all that it does with the
     * version.
     */
    static String text() {
        String said = System.getProperty("simmer.version", "");
        if (!said.isEmpty()) {
            return said;
        }
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
