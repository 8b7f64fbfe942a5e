package dev.simmer.terminal;

import java.nio.file.Path;
import java.util.Objects;

/** How the tests in real terminals start the program: from the classes that are being tested. */
final class Launching {
    private Launching() {}

    /** The command line, quoted for a shell. */
    static String commandLine() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath =
                Objects.requireNonNull(
                        System.getProperty(
                                "surefire.test.class.path", System.getProperty("java.class.path")));
        return "'"
                + java
                + "' -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED -cp '"
                + classPath
                + "' dev.simmer.cli.Main";
    }
}
