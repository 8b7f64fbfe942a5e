package dev.simmer.supervisor;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Asks for a snapshot at the socket that it is given, and prints the answer; needs no other class.
 */
final class StrangeClient {
    private StrangeClient() {}

    public static void main(String[] args) throws IOException {
        try (SocketChannel channel =
                SocketChannel.open(UnixDomainSocketAddress.of(Path.of(args[0])))) {
            byte[] asked =
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"snapshot\"}\n"
                            .getBytes(StandardCharsets.UTF_8);
            try {
                channel.write(ByteBuffer.wrap(asked));
            } catch (IOException e) {
                // It was turned away already; what it was told is still to be read.
            }
            var from = Channels.newInputStream(channel);
            for (int c = from.read(); c >= 0 && c != '\n'; c = from.read()) {
                System.out.write(c);
            }
            System.out.flush();
        }
    }
}
