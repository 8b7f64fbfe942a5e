package dev.simmer.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** What came of reading a small text file that a person wrote. */
sealed interface SourceText {
    /** No file may be larger; in bytes. */
    int MAX_BYTES = 1 << 20;

    /** The whole text, without a byte order mark. */
    record Text(String text) implements SourceText {}

    /** There is no such file, or it cannot be read as one. */
    record NoFile(String wrong, String right) implements SourceText {}

    /** The file holds something that is no text. */
    record BadText(Position at, String wrong, String right) implements SourceText {}

    /** Reads a file. Never opens what is no regular file, so a pipe holds nobody up. */
    static SourceText read(Path file) {
        byte[] bytes;
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            if (found.isDirectory()) {
                return new NoFile("this is a folder", "name the file in it");
            }
            if (!found.isRegularFile()) {
                return new NoFile("this is a device, a pipe or a socket", "name a regular file");
            }
            try (InputStream in = Files.newInputStream(file)) {
                bytes = in.readNBytes(MAX_BYTES + 1);
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return new NoFile("there is no such file", "check the path");
        } catch (AccessDeniedException e) {
            return new NoFile("this file must not be read", "give yourself the right to read it");
        } catch (IOException e) {
            return new NoFile("this file cannot be read", "check the path and the disk");
        }
        return bytes.length > MAX_BYTES
                ? new BadText(
                        Position.START,
                        "this file is larger than 1 MiB",
                        "a file of that size is nothing that a person wrote")
                : decode(bytes);
    }

    private static SourceText decode(byte[] bytes) {
        boolean marked =
                bytes.length >= 3
                        && bytes[0] == (byte) 0xEF
                        && bytes[1] == (byte) 0xBB
                        && bytes[2] == (byte) 0xBF;
        int start = marked ? 3 : 0;
        ByteBuffer in = ByteBuffer.wrap(bytes, start, bytes.length - start);
        CharBuffer out = CharBuffer.allocate(in.remaining());
        CharsetDecoder decoder =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT);
        CoderResult result = decoder.decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            return new BadText(
                    positionOf(text, text.length()),
                    String.format("byte 0x%02X is not UTF-8", in.get(in.position())),
                    "save the file as UTF-8");
        }
        for (int i = 0; i < text.length(); i++) {
            if (!isText(text.charAt(i))) {
                return new BadText(
                        positionOf(text, i),
                        "a control character stands here: "
                                + Visible.whole(text.substring(i, i + 1)),
                        "remove it, or write it as an escape in double quotes");
            }
        }
        return new Text(text);
    }

    /** What YAML 1.1 calls printable, section 5.1; of pairs either half. */
    private static boolean isText(char c) {
        return (c >= ' ' && c < 0x7F)
                || c == '\t'
                || c == '\n'
                || c == '\r'
                || c == 0x85
                || (c >= 0xA0 && c < 0xFFFE);
    }

    private static Position positionOf(String text, int index) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < index; i++) {
            char c = text.charAt(i);
            if (c == '\n' || (c == '\r' && !text.startsWith("\n", i + 1))) {
                line++;
                lineStart = i + 1;
            }
        }
        return new Position(line, text.codePointCount(lineStart, index) + 1);
    }
}
