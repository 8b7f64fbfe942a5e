package dev.simmer.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Finds the simple commands of a shell line (POSIX shell command language, 2.9): enough of the
 * grammar to tell which programs a line starts and whether their input and output are the line's
 * own. Quotes are taken off; what is expanded by the shell stays as it is written.
 */
final class ShellLine {
    private static final Set<String> KEYWORDS =
            Set.of("if", "then", "else", "elif", "do", "while", "until", "!", "{", "}", "time");

    /**
     * A simple command.
     *
     * @param words with assignments before them, without redirections
     * @param readsElsewhere whether its standard input is a pipe or a file
     * @param writesElsewhere whether its standard output is a pipe or a file
     */
    record Stage(List<String> words, boolean readsElsewhere, boolean writesElsewhere) {
        Stage {
            words = List.copyOf(words);
        }
    }

    private final String line;
    private int at;
    private final List<Stage> stages = new ArrayList<>();
    private List<String> words = new ArrayList<>();
    private boolean reads;
    private boolean writes;

    private ShellLine(String line) {
        this.line = line;
    }

    /** The commands of the line, in order. Never fails: what is no shell line has what it has. */
    static List<Stage> stages(String line) {
        ShellLine whole = new ShellLine(line);
        whole.split();
        return whole.stages;
    }

    private void split() {
        while (at < line.length()) {
            char c = line.charAt(at);
            switch (c) {
                case ' ', '\t', '\r' -> at++;
                case '#' -> at = endOfLine();
                case '\n', ';', '(', ')', '&' -> {
                    at++;
                    if (c == '&' && at < line.length() && line.charAt(at) == '>') {
                        redirect();
                    } else {
                        endStage(false);
                    }
                }
                case '|' -> {
                    at++;
                    boolean or = at < line.length() && line.charAt(at) == '|';
                    at += or || (at < line.length() && line.charAt(at) == '&') ? 1 : 0;
                    endStage(!or);
                }
                case '<', '>' -> redirect();
                default -> word();
            }
        }
        endStage(false);
    }

    private int endOfLine() {
        int end = line.indexOf('\n', at);
        return end < 0 ? line.length() : end;
    }

    private void endStage(boolean pipe) {
        List<String> rest = words;
        while (!rest.isEmpty() && KEYWORDS.contains(rest.getFirst())) {
            rest = rest.subList(1, rest.size());
        }
        if (!rest.isEmpty()) {
            stages.add(new Stage(rest, reads, writes || pipe));
        }
        words = new ArrayList<>();
        reads = pipe;
        writes = false;
    }

    /** Takes an operator such as {@code 2>&1}, {@code >>} or {@code <<EOF}, and its word. */
    private void redirect() {
        boolean input = line.charAt(at) == '<';
        boolean other = !words.isEmpty() && otherDescriptor();
        int start = at;
        while (at < line.length() && "<>&|-".indexOf(line.charAt(at)) >= 0) {
            at++;
        }
        String operator = line.substring(start, at);
        while (at < line.length() && " \t".indexOf(line.charAt(at)) >= 0) {
            at++;
        }
        List<String> before = words;
        words = new ArrayList<>();
        if (at < line.length() && ";|&()\n".indexOf(line.charAt(at)) < 0) {
            word();
        }
        String target = words.isEmpty() ? "" : words.getFirst();
        words = before;
        if (operator.startsWith("<<") && !operator.equals("<<<")) {
            skipHereDocument(target);
        }
        if (!other) {
            reads |= input;
            writes |= !input;
        }
    }

    /** Whether a number before the operator says that it is not about input and output. */
    private boolean otherDescriptor() {
        String last = words.getLast();
        boolean number = last.length() == 1 && Character.isDigit(last.charAt(0));
        if (number && at > 0 && line.charAt(at - 1) == last.charAt(0)) {
            words.removeLast();
            return last.equals("2") || last.charAt(0) > '2';
        }
        return false;
    }

    /** The text of a here-document is no command. The rest of its first line still is. */
    private void skipHereDocument(String end) {
        int first = endOfLine();
        int from = first;
        while (from < line.length()) {
            int next = line.indexOf('\n', from + 1);
            int to = next < 0 ? line.length() : next;
            if (line.substring(from + 1, to).strip().equals(end) || next < 0) {
                List<Stage> rest = stages(line.substring(to));
                String head = line.substring(at, first);
                at = line.length();
                hereRest(head, rest);
                return;
            }
            from = next;
        }
    }

    private void hereRest(String head, List<Stage> rest) {
        reads = true;
        List<Stage> same = stages(head);
        boolean piped = head.strip().startsWith("|");
        writes |= piped;
        if (!words.isEmpty()) {
            stages.add(new Stage(words, true, writes));
        }
        words = new ArrayList<>();
        stages.addAll(same);
        stages.addAll(rest);
    }

    private void word() {
        StringBuilder word = new StringBuilder();
        while (at < line.length()) {
            char c = line.charAt(at);
            if (" \t\r\n;|&()<>".indexOf(c) >= 0) {
                break;
            }
            at++;
            switch (c) {
                case '\\' -> {
                    if (at < line.length() && line.charAt(at) != '\n') {
                        word.append(line.charAt(at));
                    }
                    at++;
                }
                case '\'' -> at = quoted(word, '\'');
                case '"' -> at = quoted(word, '"');
                case '`' -> at = quoted(word, '`');
                case '$' -> {
                    word.append(c);
                    if (at < line.length() && line.charAt(at) == '(') {
                        at = closing(at);
                    }
                }
                default -> word.append(c);
            }
        }
        words.add(word.toString());
    }

    /** Takes what stands between quotes; where it goes on. */
    private int quoted(StringBuilder word, char quote) {
        int i = at;
        while (i < line.length() && line.charAt(i) != quote) {
            if (line.charAt(i) == '\\' && quote != '\'' && i + 1 < line.length()) {
                i++;
            }
            word.append(line.charAt(i));
            i++;
        }
        return Math.min(i + 1, line.length());
    }

    /** After the bracket that closes the one at an index. */
    private int closing(int open) {
        int depth = 0;
        for (int i = open; i < line.length(); i++) {
            char c = line.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth == 0) {
                return i + 1;
            }
        }
        return line.length();
    }
}
