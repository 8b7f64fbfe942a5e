package dev.simmer.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * What a folder takes on disk, by du(1): the JDK does not tell how much of a sparse file is there.
 */
final class DiskUse {
    private DiskUse() {}

    /** In bytes; 0 where it cannot be told. */
    static long bytes(Path folder) {
        try {
            Process du =
                    new ProcessBuilder("du", "-skx", "--", folder.toString())
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            du.getOutputStream().close();
            byte[] answer = du.getInputStream().readAllBytes();
            String text = new String(answer, StandardCharsets.US_ASCII);
            int end = text.indexOf('\t');
            return end > 0 ? Long.parseLong(text.substring(0, end)) * 1024 : 0;
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }
}
