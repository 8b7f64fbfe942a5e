package dev.simmer.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The command line of the process that owns all tasks: {@code simmer supervisor serve}, with the
 * options of a JVM that is there to stay.
 *
 * <p>The launcher ({@code ./simmer}) sets {@code simmer.app} to the folder that it runs from, in
 * which the script {@code supervisor} starts the same build with the class path, heap and AOT cache
 * of its role. Without a launcher (tests, an IDE) it is this JVM's own class path.
 */
final class SupervisorCommandLine {
    /** The folder with the jars and scripts that this process runs from. */
    static final String APP = "simmer.app";

    /** The words that make the program the supervisor. */
    static final List<String> WORDS = List.of("supervisor", "serve");

    /** The largest heap, in MiB; the launcher's roles say the same. */
    static final int HEAP_MEBIBYTES = 48;

    private SupervisorCommandLine() {}

    /** The command of this installation; add nothing to it. */
    static List<String> ofThisProcess() {
        return from(System::getProperty);
    }

    /** The command that the properties ask for. */
    static List<String> from(UnaryOperator<@Nullable String> properties) {
        return Optional.ofNullable(properties.apply(APP))
                .map(app -> Path.of(app, "supervisor"))
                .filter(Files::isExecutable)
                .map(script -> List.of(script.toString()))
                .orElseGet(() -> ownClassPath(properties));
    }

    private static List<String> ownClassPath(UnaryOperator<@Nullable String> properties) {
        return List.of(
                Path.of(String.valueOf(properties.apply("java.home")), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx" + HEAP_MEBIBYTES + "m",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:+DisplayVMOutputToStderr",
                "-cp",
                String.valueOf(properties.apply("java.class.path")),
                Main.class.getName(),
                WORDS.getFirst(),
                WORDS.getLast());
    }
}
