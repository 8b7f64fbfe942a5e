package dev.simmer.tui.settings;

import dev.simmer.json.JsonFault;
import dev.simmer.json.JsonLimits;
import dev.simmer.json.JsonMembers;
import dev.simmer.json.JsonObject;
import dev.simmer.json.JsonReader;
import dev.simmer.json.JsonValue;
import dev.simmer.model.WorkspaceId;
import dev.simmer.tui.model.Remembered;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The file that remembers how a workspace's dashboard is arranged: JSON, an object with the
 * workspace's folder and, under {@code remembered}, lists of words by name. What cannot be read,
 * belongs to another folder, or is larger than any such file, is as if it was not there.
 */
public final class RememberedFile {
    private static final int LARGEST = 256 << 10;
    private static final JsonLimits LIMITS = new JsonLimits(LARGEST, 8, 8_192, 1_000, 40_000);
    private static final String WORKSPACE = "workspace";
    private static final String ENTRIES = "remembered";

    private final Path file;
    private final WorkspaceId workspace;

    private RememberedFile(Path file, WorkspaceId workspace) {
        this.file = file;
        this.workspace = workspace;
    }

    /** The file of a workspace, in the folder {@code dashboard} of Simmer's home. */
    public static RememberedFile of(Path home, WorkspaceId workspace) {
        String name = HexFormat.of().toHexDigits(hash(workspace.folder().toString())) + ".json";
        return new RememberedFile(home.resolve("dashboard").resolve(name), workspace);
    }

    /** Where it lies. */
    public Path path() {
        return file;
    }

    /** FNV-1a of 64 bits, by Fowler, Noll and Vo; the file itself says whose it is. */
    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (each & 0xff)) * 0x100000001b3L;
        }
        return hash;
    }

    /** What it holds; nothing where that is nothing of use. */
    public Remembered read() {
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                return Remembered.NOTHING;
            }
            byte[] bytes;
            try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                bytes = in.readNBytes(LARGEST + 1);
            }
            if (bytes.length > LARGEST) {
                return Remembered.NOTHING;
            }
            JsonMembers all = new JsonReader(LIMITS).object(bytes);
            boolean ours = all.text(WORKSPACE).equals(workspace.folder().toString());
            return ours
                    ? new Remembered(entries(all.value(ENTRIES).orElse(null)))
                    : Remembered.NOTHING;
        } catch (IOException | JsonFault e) {
            return Remembered.NOTHING;
        }
    }

    private static Map<String, List<String>> entries(@Nullable JsonValue value) {
        Map<String, List<String>> entries = new TreeMap<>();
        if (value instanceof JsonValue.Members(var members)) {
            members.forEach((name, words) -> {
                if (words instanceof JsonValue.Items(var items)) {
                    List<String> texts = new ArrayList<>();
                    for (JsonValue item : items) {
                        if (item instanceof JsonValue.Text(String text)) {
                            texts.add(text);
                        }
                    }
                    entries.put(name, texts);
                }
            });
        }
        return entries;
    }

    /**
     * Replaces the file as a whole; only its owner can read it.
     *
     * @throws IOException when it cannot be written; what was there is then still there
     */
    public void write(Remembered remembered) throws IOException {
        JsonObject all = new JsonObject();
        all.put(WORKSPACE, workspace.folder().toString());
        all.putObject(
                ENTRIES, remembered.entries(), (json, entries) -> entries.forEach(json::putTexts));
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder, mode("rwx------"));
        Path beside = Files.createTempFile(folder, "arranged", ".new", mode("rw-------"));
        try {
            Files.write(beside, all.toBytes());
            try {
                Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private static FileAttribute<?> mode(String mode) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode));
    }
}
