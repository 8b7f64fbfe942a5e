package dev.simmer.tui.term;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The reading of keys, which can rest while another program has the terminal, so that none of its
 * keys is lost to Simmer. A read from a terminal cannot be broken off as a stream; closing the
 * channel that a thread reads from does break it off, and takes nothing from the terminal.
 *
 * <p>{@link #listen} and {@link #rest} are for one thread.
 */
final class Keyboard {
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private final File terminal;
    private final KeyDecoder decoder;
    private final Runnable ended;
    private @Nullable Reading reading;

    /**
     * @param terminal the device
     * @param decoder what is typed goes there, by a thread of the keyboard's own
     * @param ended called by that thread when nothing more can be typed
     */
    Keyboard(File terminal, KeyDecoder decoder, Runnable ended) {
        this.terminal = terminal;
        this.decoder = decoder;
        this.ended = ended;
    }

    /** One thread's reading, from its beginning to its end. */
    private static final class Reading implements KeyReader.Source {
        private final FileInputStream file;
        private final FileChannel channel;
        private final Thread thread;
        private volatile boolean resting;

        Reading(File terminal, KeyDecoder decoder, Runnable ended) throws IOException {
            file = new FileInputStream(terminal);
            channel = file.getChannel();
            KeyReader reader = new KeyReader(this, decoder, () -> ended(ended));
            thread = Thread.ofPlatform().daemon().name("keys").unstarted(reader);
        }

        private void ended(Runnable told) {
            if (!resting) {
                told.run();
            }
        }

        @Override
        public int read(byte[] into) throws IOException {
            return channel.read(ByteBuffer.wrap(into));
        }

        @Override
        public int available() throws IOException {
            return file.available();
        }
    }

    /**
     * Begins to read.
     *
     * @throws IOException where the terminal cannot be opened
     */
    void listen() throws IOException {
        Reading next = new Reading(terminal, decoder, ended);
        reading = next;
        next.thread.start();
    }

    /** Stops reading; when it returns nothing is taken from the terminal any more. */
    void rest() throws InterruptedException {
        Reading last = reading;
        if (last == null) {
            return;
        }
        last.resting = true;
        try {
            last.channel.close();
            last.file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!last.thread.join(PATIENCE)) {
            // What it has read finds no room; whoever wants the keyboard to rest takes nothing in.
            last.thread.interrupt();
            last.thread.join();
        }
        reading = null;
    }
}
