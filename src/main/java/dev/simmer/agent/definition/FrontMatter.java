package dev.simmer.agent.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Markdown file taken apart: the lines of its head, and its body.
 *
 * <p>The head begins with a line {@code ---}, the file's first, and ends before the first line that
 * is a fence again; whatever looks like a head later belongs to the body. Fences that are not quite
 * right are taken where no other reading makes sense, and told.
 *
 * @param head its lines; empty where the file has no head at all
 * @param firstLine the number of the head's first line in the file, from 1
 * @param body the rest, without blank lines before and after it
 */
record FrontMatter(Optional<List<String>> head, int firstLine, String body) {
    private static final Pattern FENCE = Pattern.compile("---[ \\t]*");
    private static final Pattern NEARLY_FENCE =
            Pattern.compile("(?:-{2}|-{4,}|[\u2013\u2014\u2212]{1,3}-{0,2}|\\.\\.\\.)[ \\t]*");
    private static final Pattern NEARLY_OPENING =
            Pattern.compile("[ \\t]*(?:-{2,}|[\u2013\u2014\u2212]{1,3}-{0,2}|\\*{3}|={3,})[ \\t]*");
    private static final Pattern INDENTED_FENCE = Pattern.compile("[ \\t]+-{3,}[ \\t]*");
    private static final Pattern FENCE_AND_KEY =
            Pattern.compile("-{3}[ \\t]+([A-Za-z_][\\w-]*:(?:[ \\t].*)?)");
    private static final Pattern FENCE_AND_HEADING = Pattern.compile("-{3}[ \\t]*(#{1,6} .*)");
    private static final Pattern KEY_LINE = Pattern.compile("[A-Za-z_\"'][^:]{0,80}:(?:[ \\t].*)?");
    private static final Pattern FIRST_KEY =
            Pattern.compile("(?:name|description)[ \\t]*:(?:[ \\t].*)?");
    private static final Pattern CODE_FENCE = Pattern.compile("```[ \\t]*(\\w*)[ \\t]*");

    /** Takes a text apart; lines are ended by {@code \n}. */
    static FrontMatter of(String text, Told told) {
        return new Cutting(text, told).cut();
    }

    /** One cutting, line by line. */
    private static final class Cutting {
        private final List<String> lines;
        private final String text;
        private final Told told;
        private final List<String> head = new ArrayList<>();

        /** Index of the line that is looked at. */
        private int at;

        private int first;

        Cutting(String text, Told told) {
            this.text = text;
            this.told = told;
            this.lines = new ArrayList<>(List.of(text.split("\n", -1)));
        }

        FrontMatter cut() {
            skipUntilHead();
            if (at >= lines.size()) {
                return none();
            }
            boolean coded = unwrap();
            if (!coded && !opening()) {
                return none();
            }
            first = head.isEmpty() ? at : at - 1;
            String rest = coded ? codedHead() : closing();
            return new FrontMatter(Optional.of(List.copyOf(head)), first + 1, withoutBlanks(rest));
        }

        private FrontMatter none() {
            return new FrontMatter(Optional.empty(), 1, withoutBlanks(text));
        }

        /** Passes blank lines and comments before the head. */
        private void skipUntilHead() {
            while (at < lines.size()) {
                String line = lines.get(at).strip();
                if (line.startsWith("<!--")) {
                    int end = at;
                    while (end < lines.size() && !lines.get(end).contains("-->")) {
                        end++;
                    }
                    at = end + 1;
                } else if (line.isEmpty()) {
                    at++;
                } else {
                    return;
                }
            }
        }

        /**
         * Passes the first line of a code block around the whole file; true where the block is the
         * head itself.
         */
        private boolean unwrap() {
            Matcher code = CODE_FENCE.matcher(lines.get(at));
            if (!code.matches() || at + 1 >= lines.size()) {
                return false;
            }
            if (FENCE.matcher(lines.get(at + 1)).matches()) {
                told.line(at + 1, "the head stands in a code block; it is read all the same");
                at++;
                int last = lines.size() - 1;
                while (last > at && lines.get(last).isBlank()) {
                    last--;
                }
                if (lines.get(last).strip().equals("```")) {
                    lines.subList(last, lines.size()).clear();
                }
                return false;
            }
            if (code.group(1).matches("ya?ml") && KEY_LINE.matcher(lines.get(at + 1)).matches()) {
                told.line(at + 1, "a code block is taken for the head, which begins with `---`");
                at++;
                return true;
            }
            return false;
        }

        /** Passes the opening fence; false where the file has no head. */
        private boolean opening() {
            String line = lines.get(at);
            Matcher withKey = FENCE_AND_KEY.matcher(line);
            if (FENCE.matcher(line).matches()) {
                at++;
            } else if (withKey.matches()) {
                told.line(at + 1, "a key stands on the line of the fence");
                head.add(withKey.group(1));
                at++;
            } else if (NEARLY_OPENING.matcher(line).matches() && keyFollows()) {
                told.line(at + 1, Told.quoted(line.strip()) + " is taken for the fence `---`");
                at++;
            } else if (FIRST_KEY.matcher(line).matches()) {
                told.line(at + 1, "the fence `---` before the head is missing");
            } else {
                return false;
            }
            return true;
        }

        private boolean keyFollows() {
            return at + 1 < lines.size() && KEY_LINE.matcher(lines.get(at + 1)).matches();
        }

        private String codedHead() {
            while (at < lines.size() && !lines.get(at).strip().startsWith("```")) {
                head.add(lines.get(at++));
            }
            return rest(at + 1);
        }

        /** Collects the head; gives the body. */
        private String closing() {
            for (int i = at; i < lines.size(); i++) {
                String line = lines.get(i);
                if (FENCE.matcher(line).matches()) {
                    return take(i, rest(i + 1));
                }
                Matcher withHeading = FENCE_AND_HEADING.matcher(line);
                if (withHeading.matches()) {
                    told.line(i + 1, "the body begins on the line of the closing fence");
                    return take(i, withHeading.group(1) + "\n" + rest(i + 1));
                }
                if (NEARLY_FENCE.matcher(line).matches()) {
                    told.line(i + 1, Told.quoted(line.strip()) + " is taken for the fence `---`");
                    return take(i, rest(i + 1));
                }
            }
            for (int i = at; i < lines.size(); i++) {
                if (INDENTED_FENCE.matcher(lines.get(i)).matches()) {
                    told.line(i + 1, "the closing fence `---` is indented");
                    return take(i, rest(i + 1));
                }
            }
            int end = endByLooks();
            told.line(
                    Math.min(end + 1, lines.size()),
                    "the closing fence `---` is missing; the body is taken to begin here");
            return take(end, rest(end));
        }

        private String take(int end, String body) {
            head.addAll(lines.subList(at, end));
            return body;
        }

        /** The first line that can belong to no head. */
        private int endByLooks() {
            int i = at;
            while (i < lines.size()) {
                String line = lines.get(i);
                boolean heading = line.startsWith("#") && line.matches("#{1,6} .*");
                boolean belongs =
                        line.isBlank()
                                || line.startsWith(" ")
                                || line.startsWith("\t")
                                || line.startsWith("- ")
                                || (line.startsWith("#") && !heading)
                                || (KEY_LINE.matcher(line).matches() && Keys.isLikely(line));
                if (!belongs) {
                    break;
                }
                i++;
            }
            return i;
        }

        private String rest(int from) {
            return from >= lines.size() ? "" : String.join("\n", lines.subList(from, lines.size()));
        }
    }

    private static String withoutBlanks(String body) {
        int start = 0;
        for (int i = 0; i < body.length() && Character.isWhitespace(body.charAt(i)); i++) {
            if (body.charAt(i) == '\n') {
                start = i + 1;
            }
        }
        return body.substring(start).stripTrailing();
    }
}
