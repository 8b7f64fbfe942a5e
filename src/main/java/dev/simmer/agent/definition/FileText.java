package dev.simmer.agent.definition;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** What came of reading a definition's file. */
sealed interface FileText {
    /** No file may be larger; in bytes. */
    int MAX_BYTES = 1 << 20;

    /**
     * The whole text.
     *
     * @param text without a byte order mark, lines ended by {@code \n}
     */
    record Good(String text) implements FileText {}

    /** The file is no such text; {@code why} in words. */
    record Bad(String why) implements FileText {}

    /** Reads a file. Never opens what is no regular file, so a pipe holds nobody up. */
    static FileText read(Path file, Told told) {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            if (!found.isRegularFile()) {
                return new Bad(
                        found.isDirectory()
                                ? "this is a folder"
                                : "this is a device, a pipe or a socket, not a regular file");
            }
            try (InputStream in = Files.newInputStream(file)) {
                return decode(in.readNBytes(MAX_BYTES + 1), told);
            }
        } catch (NoSuchFileException e) {
            return new Bad(
                    Files.isSymbolicLink(file)
                            ? "this is a link to nothing"
                            : "this file is no longer there");
        } catch (AccessDeniedException e) {
            return new Bad("this file must not be read; give yourself the right to read it");
        } catch (FileSystemLoopException e) {
            return new Bad("this link leads to itself");
        } catch (IOException e) {
            return new Bad(
                    Files.isSymbolicLink(file)
                            ? "this link leads nowhere or to itself"
                            : "this file cannot be read; check the disk");
        }
    }

    /** Turns a file's bytes into text; tells what had to be replaced. */
    static FileText decode(byte[] bytes, Told told) {
        if (bytes.length > MAX_BYTES) {
            return new Bad("this file is larger than 1 MiB; no definition needs that");
        }
        String text;
        if (startsWith(bytes, 0xFF, 0xFE) || startsWith(bytes, 0xFE, 0xFF)) {
            told.line(1, "the file is UTF-16; save it as UTF-8, other programs cannot read it");
            text = new String(bytes, StandardCharsets.UTF_16);
        } else {
            text = utf8(bytes, told);
        }
        if (text.startsWith("\uFEFF")) {
            text = text.substring(1);
        }
        if (text.indexOf('\0') >= 0) {
            return new Bad("this file holds NUL characters, so it is no text");
        }
        if (text.isBlank()) {
            return new Bad("this file is empty");
        }
        return new Good(text.replace("\r\n", "\n").replace('\r', '\n'));
    }

    private static String utf8(byte[] bytes, Told told) {
        Charset utf8 = StandardCharsets.UTF_8;
        try {
            return utf8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            String text = new String(bytes, utf8);
            int first = Math.max(0, text.indexOf('\uFFFD'));
            long line = 1 + text.substring(0, first).chars().filter(c -> c == '\n').count();
            told.line((int) line, "the file is not all UTF-8; what is not is shown as \uFFFD");
            return text;
        }
    }

    private static boolean startsWith(byte[] bytes, int first, int second) {
        return bytes.length >= 2 && (bytes[0] & 0xFF) == first && (bytes[1] & 0xFF) == second;
    }
}
