package dev.simmer.cli;

import dev.simmer.agent.report.ReportName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Names for agents' reports and ids that no other command has given in the same second: several may
 * be started at once, and none of their reports is there yet. What was given last stands in a file
 * of Simmer's home, which commands lock for a moment.
 */
final class AgentName {
    private static final String FILE = "agent-names";
    private static final int MOST_BYTES = 1 << 16;
    private static final int MOST = 1_000;
    private static final int LONGEST = 50;

    private AgentName() {}

    /**
     * A name of its own.
     *
     * @param home exists
     * @param name of the agent, any text
     */
    static ReportName unique(Path home, LocalDateTime now, String name) throws IOException {
        try (FileChannel file =
                        FileChannel.open(
                                home.resolve(FILE),
                                Set.of(
                                        StandardOpenOption.CREATE,
                                        StandardOpenOption.READ,
                                        StandardOpenOption.WRITE,
                                        LinkOption.NOFOLLOW_LINKS),
                                PosixFilePermissions.asFileAttribute(
                                        PosixFilePermissions.fromString("rw-------")));
                FileLock _ = file.lock()) {
            String stamp = ReportName.of(now, name).stamp();
            List<String> given = new ArrayList<>(given(file, stamp));
            ReportName wanted = ReportName.of(now, name);
            // What a report is called is cut at its end, where the number stands.
            String stem = wanted.name().substring(0, Math.min(LONGEST, wanted.name().length()));
            ReportName free = wanted;
            for (int number = 2; given.contains(free.agentId()) && number < MOST; number++) {
                free = ReportName.of(now, stem + "-" + number);
            }
            given.add(free.agentId());
            write(file, given);
            return free;
        }
    }

    /** The ids of this second; older ones are forgotten. */
    private static List<String> given(FileChannel file, String stamp) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(file.size(), MOST_BYTES));
        while (bytes.hasRemaining() && file.read(bytes, bytes.position()) >= 0) {
            // Until the end.
        }
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("bg-" + stamp + "-"))
                .toList();
    }

    private static void write(FileChannel file, List<String> ids) throws IOException {
        String text = String.join("\n", ids) + "\n";
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        file.truncate(0);
        while (bytes.hasRemaining()) {
            file.write(bytes, bytes.position());
        }
    }
}
