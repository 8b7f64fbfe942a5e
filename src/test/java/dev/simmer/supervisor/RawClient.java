package dev.simmer.supervisor;

import dev.simmer.json.JsonFault;
import dev.simmer.json.JsonLimits;
import dev.simmer.json.JsonMembers;
import dev.simmer.json.JsonReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A client that writes what a test says and reads lines. */
final class RawClient implements AutoCloseable {
    private static final JsonReader READER = new JsonReader(JsonLimits.OWN);

    final Lines lines;
    final java.nio.channels.SocketChannel channel;

    RawClient(Path socket) throws IOException {
        channel = Sockets.connect(socket);
        lines = new Lines(channel);
    }

    void write(String line) throws IOException {
        write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    void write(byte[] bytes) throws IOException {
        lines.write(bytes);
    }

    /** Writes, and reads the next line. */
    String ask(String line) throws IOException {
        write(line);
        return read();
    }

    String read() throws IOException {
        return new String(lines.read(), StandardCharsets.UTF_8);
    }

    /** The next line within a time; after this nothing can be written. */
    String readSoon() throws IOException {
        byte[] line = lines.read(TimeUnit.SECONDS.toNanos(20));
        if (line == null) {
            throw new AssertionError("no line in time");
        }
        return new String(line, StandardCharsets.UTF_8);
    }

    JsonMembers readMessage() throws IOException, JsonFault {
        return READER.object(lines.read());
    }

    static JsonMembers parse(String line) throws JsonFault {
        return READER.object(line);
    }

    @Override
    public void close() {
        lines.close();
    }
}
