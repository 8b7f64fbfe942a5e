package dev.simmer.cli;

/** This program's version. */
final class Version {
    private Version() {}

    /** Such as {@code 1.2.0}; {@code development} where it does not run from a jar. */
    static String text() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
