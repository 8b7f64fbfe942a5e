package dev.simmer.supervisor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** This process's resident memory, as Linux tells it (proc(5), VmRSS). */
final class ResidentMemory {
    private static final String NAME = "VmRSS:";

    private ResidentMemory() {}

    /** In bytes; 0 where it is not told. */
    static long bytes() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith(NAME)) {
                    String figure = line.substring(NAME.length()).strip();
                    return 1024 * Long.parseLong(figure.substring(0, figure.indexOf(' ')));
                }
            }
            return 0;
        } catch (IOException | RuntimeException e) {
            return 0;
        }
    }
}
