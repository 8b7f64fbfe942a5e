package dev.simmer.process;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.util.List;

/** Whether something answers on the network. */
final class NetworkChecks {
    private static final int CONNECT_MILLIS = 1_000;
    private static final int ANSWER_MILLIS = 5_000;
    private static final List<InetAddress> LOOPBACK = loopback();

    private NetworkChecks() {}

    private static List<InetAddress> loopback() {
        try {
            byte[] six = new byte[16];
            six[15] = 1;
            return List.of(
                    InetAddress.getByAddress(new byte[] {127, 0, 0, 1}),
                    InetAddress.getByAddress(six));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Whether a port of this machine accepts a connection, by IPv4 or IPv6. */
    static boolean accepts(int port) throws InterruptedException {
        for (InetAddress address : LOOPBACK) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(address, port), CONNECT_MILLIS);
                return true;
            } catch (IOException e) {
                // Nobody listens there (yet).
                stopIfInterrupted();
            }
        }
        return false;
    }

    /** Whether a GET is answered with 200 to 399; redirections are not followed. */
    static boolean answers(URI uri) throws InterruptedException {
        try {
            if (!(uri.toURL().openConnection(Proxy.NO_PROXY) instanceof HttpURLConnection http)) {
                return false;
            }
            http.setConnectTimeout(CONNECT_MILLIS);
            http.setReadTimeout(ANSWER_MILLIS);
            http.setInstanceFollowRedirects(false);
            http.setUseCaches(false);
            try {
                int status = http.getResponseCode();
                return status >= 200 && status <= 399;
            } finally {
                http.disconnect();
            }
        } catch (IOException | IllegalArgumentException e) {
            // Nobody answers (yet), or not in HTTP.
            stopIfInterrupted();
            return false;
        }
    }

    private static void stopIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }
}
