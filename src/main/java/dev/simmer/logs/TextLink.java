package dev.simmer.logs;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A place that a line names: a web address, or a file with a line's number as compilers, test
 * runners and stack traces print it.
 *
 * @param start index of its first char in the text
 * @param end index after its last char
 * @param target the address, or the file's path as it is written
 * @param line from 1; 0 where it is an address
 * @param column from 1; 0 where none is named
 */
public record TextLink(int start, int end, String target, int line, int column) {
    /** Nothing after this place of a line is looked at. */
    private static final int LOOKED_AT = 2_000;

    private static final int MOST = 32;

    /** Ends of names that belong to hosts: after them comes a port. */
    private static final Set<String> HOSTS =
            Set.of("com", "org", "net", "io", "local", "localhost", "internal", "dev", "lan");

    /** Whether it is an address and no file. */
    public boolean isAddress() {
        return line == 0;
    }

    /** All places of a text in order; at most 32. Pure, for any thread. */
    public static List<TextLink> in(String text) {
        int length = Math.min(text.length(), LOOKED_AT);
        if (text.indexOf(':') < 0 && text.indexOf('(') < 0 && !text.contains("\", line ")) {
            return List.of();
        }
        List<TextLink> links = new ArrayList<>();
        int at = 0;
        while (at < length && links.size() < MOST) {
            if (!isPath(text.charAt(at))) {
                at++;
                continue;
            }
            TextLink link = address(text, at, length);
            int end = at;
            while (end < length && isPath(text.charAt(end))) {
                end++;
            }
            if (link == null) {
                link = file(text, at, end, length);
            }
            if (link != null) {
                links.add(link);
            }
            at = link == null ? end : link.end();
        }
        return links;
    }

    private static @Nullable TextLink address(String text, int start, int length) {
        boolean address =
                text.startsWith("http://", start)
                        || text.startsWith("https://", start)
                        || text.startsWith("file:///", start);
        if (!address) {
            return null;
        }
        int end = start;
        int open = 0;
        while (end < length && text.charAt(end) > ' ' && "<>\"'`│".indexOf(text.charAt(end)) < 0) {
            open += text.charAt(end) == '(' ? 1 : 0;
            if (text.charAt(end) == ')' && --open < 0) {
                break;
            }
            end++;
        }
        while (end > start && ".,;:!?]*_".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        String target = text.substring(start, end);
        return target.endsWith("//") ? null : new TextLink(start, end, target, 0, 0);
    }

    private static @Nullable TextLink file(String text, int start, int end, int length) {
        String path = text.substring(start, end);
        if (!named(path)) {
            return null;
        }
        if (text.startsWith("\", line ", end)) {
            Digits line = number(text, end + 8, length);
            return line == null ? null : new TextLink(start, line.end(), path, line.value(), 0);
        }
        if (end >= length) {
            return null;
        }
        char after = text.charAt(end);
        if (after != ':' && after != '(') {
            return null;
        }
        Digits line = number(text, end + 1, length);
        if (line == null || line.value() == 0) {
            return null;
        }
        char then = line.end() < length ? text.charAt(line.end()) : ' ';
        Digits column =
                then == (after == ':' ? ':' : ',') ? number(text, line.end() + 1, length) : null;
        if (after == '(') {
            int close = column == null ? line.end() : column.end();
            if (close >= length || text.charAt(close) != ')') {
                return null;
            }
            return new TextLink(
                    start, close + 1, path, line.value(), column == null ? 0 : column.value());
        }
        return column == null
                ? new TextLink(start, line.end(), path, line.value(), 0)
                : new TextLink(start, column.end(), path, line.value(), column.value());
    }

    private record Digits(int value, int end) {}

    private static @Nullable Digits number(String text, int from, int length) {
        int end = from;
        int value = 0;
        while (end < length && end - from < 8 && Character.digit(text.charAt(end), 10) >= 0) {
            value = 10 * value + Character.digit(text.charAt(end++), 10);
        }
        return end == from ? null : new Digits(value, end);
    }

    /** Whether it looks like the path of a file: it has a folder, or a name's ending. */
    private static boolean named(String path) {
        int dot = path.lastIndexOf('.');
        int slash = path.lastIndexOf('/');
        if (slash == path.length() - 1) {
            return false;
        }
        String ending = dot > slash ? path.substring(dot + 1) : "";
        boolean ends =
                !ending.isEmpty()
                        && ending.length() <= 8
                        && Character.isLetter(ending.charAt(0))
                        && dot > 0;
        return ends ? slash >= 0 || !HOSTS.contains(ending) : slash >= 0 && path.length() > 2;
    }

    private static boolean isPath(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || "/._-+@~$\\".indexOf(c) >= 0
                || (c > 0x7f && Character.isLetter(c));
    }
}
