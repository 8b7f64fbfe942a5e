package dev.simmer.tui.term;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import dev.simmer.tui.model.Msg;
import dev.simmer.tui.theme.Themes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files of themes beside the loop, and again as they are saved: the kernel tells of that
 * (inotify), so that nothing runs while nothing is saved. Safe for all threads.
 */
final class ThemeDesk implements AutoCloseable {
    /** Editors write a file in several steps; no more of them after so long. */
    private static final long QUIET_MILLIS = 60;

    private final List<Path> folders;
    private final Optional<KeptTheme> kept;
    private final Object lock = new Object();
    private volatile Themes newest;
    private @Nullable WatchService watch;
    private final Set<Path> watched = new HashSet<>();
    private @Nullable Consumer<Msg> answers;
    private boolean closed;
    private boolean asks;

    private ThemeDesk(List<Path> folders, Optional<KeptTheme> kept, Themes first) {
        this.folders = List.copyOf(folders);
        this.kept = kept;
        this.newest = first;
    }

    /** These themes and no others. */
    static ThemeDesk of(Themes themes) {
        return new ThemeDesk(List.of(), Optional.empty(), themes);
    }

    /**
     * The themes of folders.
     *
     * @param first what is there at once, until {@link #start}
     * @param kept where the choice is remembered
     */
    static ThemeDesk of(List<Path> folders, KeptTheme kept, Themes first) {
        return new ThemeDesk(folders, Optional.of(kept), first);
    }

    /** The same, which asks the terminal what its background is. */
    ThemeDesk asking(boolean asks) {
        ThemeDesk desk = new ThemeDesk(folders, kept, newest);
        desk.asks = asks;
        return desk;
    }

    /** What is to be sent once the first frame is seen; the answer comes as a message. */
    byte[] question() {
        return asks ? Background.QUESTION.getBytes(StandardCharsets.US_ASCII) : new byte[0];
    }

    /** The themes as they were read last. */
    Themes newest() {
        return newest;
    }

    /** Begins to read; from now on answers go out. To be called once. */
    void start(Consumer<Msg> out) {
        synchronized (lock) {
            answers = out;
        }
        read();
    }

    /** Reads all files, and watches the folders that are there by now. */
    void read() {
        if (!folders.isEmpty()) {
            Thread.ofVirtual().name("themes").start(this::readAll);
        }
    }

    private void readAll() {
        @Nullable Consumer<Msg> out;
        synchronized (lock) {
            out = answers;
            if (closed || out == null) {
                return;
            }
            watchFolders();
            newest = Themes.load(folders, newest);
        }
        Themes themes = newest;
        out.accept(new Msg.ThemesRead(themes.names(), themes.problems()));
    }

    /** A folder that cannot be watched is read when the list of themes is opened, as all are. */
    private void watchFolders() {
        try {
            for (Path folder : folders) {
                if (watched.contains(folder) || !Files.isDirectory(folder)) {
                    continue;
                }
                if (watch == null) {
                    WatchService service = folder.getFileSystem().newWatchService();
                    watch = service;
                    Thread.ofVirtual().name("theme-watch").start(() -> watch(service));
                }
                folder.register(watch, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE);
                watched.add(folder);
            }
        } catch (IOException | UnsupportedOperationException e) {
            // Too many are watched on this machine, or the file system cannot tell.
        }
    }

    private void watch(WatchService service) {
        try {
            while (true) {
                boolean ours = false;
                @Nullable WatchKey key = service.take();
                while (key != null) {
                    ours |= key.pollEvents().stream().anyMatch(e -> isTheme(e.context()));
                    key.reset();
                    key = service.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS);
                }
                if (ours) {
                    readAll();
                }
            }
        } catch (ClosedWatchServiceException e) {
            // The dashboard has been closed.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isTheme(@Nullable Object context) {
        return context == null || context.toString().endsWith(".yaml");
    }

    /** Remembers a choice; says what went wrong. */
    void keep(KeptTheme.Choice choice, Consumer<Msg> out) {
        kept.ifPresent(file ->
                Thread.ofVirtual()
                        .name("theme-keeper")
                        .start(() ->
                                file.write(choice)
                                        .ifPresent(why -> out.accept(new Msg.Problem(why)))));
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            if (watch != null) {
                try {
                    watch.close();
                } catch (IOException e) {
                    // It ends with the process at the latest.
                }
            }
        }
    }
}
