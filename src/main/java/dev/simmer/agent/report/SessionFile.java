package dev.simmer.agent.report;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * A session file: Markdown whose front matter lists the background agents of a session. Only an
 * agent's status and its result's place are ever changed, and every other byte stays.
 *
 * <p>Changes are made one at a time among all threads and processes of Simmer. An agent or a person
 * who writes the file meanwhile knows nothing of that; when the file is not what was read any more,
 * the change is made again from what is there now. Between that look and the rename lie some
 * microseconds which no lock can close against a writer that takes none.
 */
public final class SessionFile {
    private static final Duration TURN = Duration.ofSeconds(30);
    private static final int TRIES = 10;

    private SessionFile() {}

    /** What became of a change. */
    public sealed interface Result {
        /**
         * The file says so now.
         *
         * @param changed false where it said so before
         */
        record Settled(boolean changed) implements Result {}

        /**
         * Nothing was changed.
         *
         * @param reason with the file's name, what is wrong, and what to do
         */
        record LeftAlone(String reason) implements Result {}
    }

    /** Sets an agent's entry, adding it where it is missing. Blocks at most about 30 s. */
    public static Result set(SafePath.Inside file, AgentEntry entry) {
        try (SafeFolder folder = SafeFolder.of(file, false);
                FileTurn _ = FileTurn.take(file.absolute(), folder, TURN)) {
            return inTurn(folder, file, entry);
        } catch (IOException e) {
            return left(file, Words.of(e), "see to it that the file is there and may be written");
        }
    }

    /** Why {@link #set} would leave the file alone as it is now; empty where it would not. */
    public static Optional<String> fault(SafePath.Inside file, AgentEntry entry) {
        try (SafeFolder folder = SafeFolder.of(file, false)) {
            Optional<byte[]> there = folder.read(file.name());
            if (there.isEmpty()) {
                return reason(left(file, "it does not exist", "make it, or name another one"));
            }
            if (!Files.isWritable(file.absolute())) {
                return reason(left(file, "it is read-only", "allow its owner to write it"));
            }
            byte[] _ = SessionText.with(there.get(), entry, SessionText.Kind.of(file.name()));
            return Optional.empty();
        } catch (YamlFault e) {
            return reason(left(file, e.words(1), mend(file)));
        } catch (IOException e) {
            return reason(
                    left(file, Words.of(e), "see to it that the file is there and may be written"));
        }
    }

    private static String mend(SafePath.Inside file) {
        return switch (SessionText.Kind.of(file.name())) {
            case MARKDOWN -> "mend its front matter";
            case YAML -> "mend it";
            case JSON -> "name a file of Markdown or YAML";
        };
    }

    private static Optional<String> reason(Result left) {
        return left instanceof Result.LeftAlone(String reason)
                ? Optional.of(reason)
                : Optional.empty();
    }

    private static Result inTurn(SafeFolder folder, SafePath.Inside file, AgentEntry entry)
            throws IOException {
        String name = file.name();
        for (int tries = 0; tries < TRIES; tries++) {
            Optional<byte[]> before = folder.read(name);
            if (before.isEmpty()) {
                return left(file, "it does not exist", "make it, or name another one");
            }
            if (!Files.isWritable(file.absolute())) {
                return left(file, "it is read-only", "allow its owner to write it");
            }
            byte[] after;
            try {
                after = SessionText.with(before.get(), entry, SessionText.Kind.of(name));
            } catch (YamlFault e) {
                return left(file, e.words(1), mend(file));
            }
            if (Arrays.equals(after, before.get())) {
                return new Result.Settled(false);
            }
            if (folder.write(
                    name,
                    after,
                    () -> Arrays.equals(before.get(), folder.read(name).orElse(new byte[0])))) {
                return new Result.Settled(true);
            }
        }
        return left(file, "somebody else keeps writing it", "set the entry by hand");
    }

    private static Result left(SafePath.Inside file, String reason, String remedy) {
        return new Result.LeftAlone(
                "the session file "
                        + Clean.line(file.text())
                        + " is left alone: "
                        + reason
                        + "; "
                        + remedy);
    }
}
