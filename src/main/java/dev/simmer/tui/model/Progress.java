package dev.simmer.tui.model;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a task has come, as its own output tells it. Pure.
 *
 * <p>Tools write percentages and fractions for many reasons, and a bar that moves for a coverage or
 * a date is worse than none. So a figure counts only in a place where progress is written: within
 * brackets, beside a drawn bar, after a word such as "step" or "Downloading", or before a rate.
 *
 * @param percent 0 to 100
 * @param count how many of how many, such as {@code 214/312}; empty where that was not told
 * @param age how many of the newest lines have told nothing; the figure is from the line before
 */
public record Progress(int percent, String count, int age) {
    /** Characters of a line that are looked at, half of them at either end. */
    private static final int LOOKED_AT = 400;

    /** After so many lines that tell nothing the task does something else. */
    private static final int FORGOTTEN = 60;

    /** Percent by which tools that work on much at once may come back a little. */
    private static final int OUT_OF_ORDER = 5;

    public Progress {
        if (percent < 0 || percent > 100) {
            throw new IllegalArgumentException("a percentage lies in 0 to 100, not " + percent);
        }
    }

    /** Made where the first line with a figure comes. */
    private static final class Form {
        private static final String NUMBER = "(\\d{1,9}(?:\\.\\d{1,3})?)";
        private static final String BAR = "[=#>█▉▊▋▌▍▎▏▓▒░━╸╺─⣿■□▰▱•*·-]";

        /** What comes before a figure of progress, with room for the name of the thing. */
        private static final String VERB =
                "(?:\\b(?:step|stage|file|test|spec|suite|chunk|page|item|task|batch|epoch|module|"
                    + "crate|package|layer|part|phase|image|iteration|round|row|record|object|"
                    + "migration|progress|download(?:ed)?|process(?:ed)?|complet(?:ed?)|"
                    + "finished|done|compiled|built|copied|checked|uploaded|fetched|installed|"
                    + "[a-z]{3,12}ing)\\b(?:\\s(?:of\\s)?[a-z]{2,12}){0,2}\\s?[:#…]?\\.{0,3}\\s{1,4})";

        /** Where a fraction ends: no path, date or unit goes on. */
        private static final String END = "(?![\\d/%]|\\.\\d)";

        static final Pattern ENCLOSED_COUNT =
                Pattern.compile(
                        "(?:[\\[(]|^#\\d{1,4} \\[[\\w .-]{1,40} )\\s{0,8}"
                                + "(\\d{1,9}) ?/ ?(\\d{1,9})[\\])]");
        static final Pattern COUNT_BY_BAR =
                Pattern.compile(
                        BAR
                                + "{3}[\\s|\\]>)]{0,80}"
                                + NUMBER
                                + "/"
                                + NUMBER
                                + END
                                + "(?=$|[\\s:,\\]])");
        static final Pattern COUNT_BY_WORD =
                Pattern.compile(
                        VERB + "(\\d{1,9})\\s?(?:/|of|out of)\\s?(\\d{1,9})" + END,
                        Pattern.CASE_INSENSITIVE);
        static final Pattern PERCENT =
                Pattern.compile("(?<![\\d.,/+-])(\\d{1,3}(?:\\.\\d{1,3})?)\\s?%(?![\\w%])");
        static final Pattern VERB_BEFORE =
                Pattern.compile(
                        "(?:"
                                + VERB
                                + "|^\\s{0,40}|^(?:<s>"
                                + " )?\\[[\\w.-]{1,30}\\]\\s|\\.{3}\\s{0,3}|…\\s{0,3})$",
                        Pattern.CASE_INSENSITIVE);
        static final Pattern BAR_BEFORE = Pattern.compile(BAR + "{3}[\\s|\\]>)]{0,60}$");
        static final Pattern BAR_AFTER =
                Pattern.compile("^\\s?[|\\[(<]\\s{0,4}(?:" + BAR + "|\\s{4})");
        static final Pattern RATE =
                Pattern.compile(
                        "\\d\\s?[kmgt]?i?b/s|\\beta\\b|\\b\\d+:\\d\\d\\b.{0,3}left"
                                + "|\\bremaining\\b|\\s\\d{1,3}:\\d\\d:\\d\\d\\b",
                        Pattern.CASE_INSENSITIVE);

        /** Percentages of something else than the work. */
        static final Pattern OTHER =
                Pattern.compile(
                        "\\b(?:coverage|covered|cpu|memory|mem|usage|disk|battery|load|hit|ratio|"
                                + "threshold|accuracy|quality|opacity|scale|zoom|statements|"
                                + "branches|functions|lines|discount|tax|packet)\\b",
                        Pattern.CASE_INSENSITIVE);

        static final Pattern OTHER_AFTER =
                Pattern.compile(
                        "^\\s?(?:of\\b|faster|slower|smaller|larger|less|more|full|used|free|"
                                + "idle|better|worse|off\\b|packet|cpu|coverage|covered|similar)",
                        Pattern.CASE_INSENSITIVE);
        static final Pattern ENDED =
                Pattern.compile(
                        "^.{0,40}?\\b(?:fail\\w*|broken|errors?|skipped|flaky|passed|passing)\\b",
                        Pattern.CASE_INSENSITIVE);

        private Form() {}
    }

    /** What a line of output tells, by itself; it must be safe to print already. */
    public static Optional<Progress> of(String line) {
        if (line.indexOf('%') < 0 && line.indexOf('/') < 0 && !line.contains(" of ")) {
            return Optional.empty();
        }
        String text =
                line.length() <= LOOKED_AT
                        ? line
                        : line.substring(0, LOOKED_AT / 2)
                                + " "
                                + line.substring(line.length() - LOOKED_AT / 2);
        Optional<Progress> percent = percent(text);
        Optional<Progress> count = count(text);
        if (percent.isPresent() && count.isPresent()) {
            // Both of one thing where they agree; else the percentage is of something within it.
            int apart = Math.abs(percent.get().percent - count.get().percent);
            return Optional.of(
                    apart <= 1
                            ? new Progress(percent.get().percent, count.get().count, 0)
                            : count.get());
        }
        return percent.or(() -> count);
    }

    /** What a terminal was told by OSC 9;4; the task says so itself, so nothing is guessed. */
    public static Optional<Progress> told(OptionalInt percent) {
        return percent.isEmpty()
                ? Optional.empty()
                : Optional.of(new Progress(Math.clamp(percent.getAsInt(), 0, 100), "", 0));
    }

    /**
     * How far a task is after one line more. Lines in between that tell nothing do not take the
     * figure away, and where work is done side by side a figure does not go back by a little.
     *
     * @param before what was known, if anything
     * @param now what the new line tells, if anything
     */
    static Optional<Progress> after(Optional<Progress> before, Optional<Progress> now) {
        if (before.isEmpty()) {
            return now;
        }
        Progress was = before.get();
        if (now.isEmpty()) {
            boolean over = was.percent == 100 || was.age + 1 >= FORGOTTEN;
            return over
                    ? Optional.empty()
                    : Optional.of(new Progress(was.percent, was.count, was.age + 1));
        }
        int back = was.percent - now.get().percent;
        boolean late = back > 0 && back <= OUT_OF_ORDER && sameTotal(was, now.get());
        return late ? Optional.of(new Progress(was.percent, was.count, 0)) : now;
    }

    private static boolean sameTotal(Progress a, Progress b) {
        String one = a.count.substring(a.count.indexOf('/') + 1);
        return one.equals(b.count.substring(b.count.indexOf('/') + 1));
    }

    private static Optional<Progress> count(String text) {
        for (Pattern pattern :
                new Pattern[] {Form.ENCLOSED_COUNT, Form.COUNT_BY_BAR, Form.COUNT_BY_WORD}) {
            Matcher m = pattern.matcher(text);
            while (m.find()) {
                Optional<Progress> found = count(m.group(1), m.group(2));
                boolean result = Form.ENDED.matcher(text.substring(m.end())).find();
                boolean byWord = pattern.equals(Form.COUNT_BY_WORD);
                if (found.isPresent() && !(byWord && result)) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Progress> count(String done, String total) {
        double of = Double.parseDouble(total);
        double so = Double.parseDouble(done);
        boolean date = done.length() == 2 && done.startsWith("0") && of <= 31;
        boolean nothing = of <= 0 || (of < 2 && !total.contains("."));
        if (nothing || so > of || date) {
            return Optional.empty();
        }
        return Optional.of(new Progress((int) (100 * so / of), done + "/" + total, 0));
    }

    private static Optional<Progress> percent(String text) {
        Matcher m = Form.PERCENT.matcher(text);
        Optional<Progress> found = Optional.empty();
        while (m.find()) {
            double value = Double.parseDouble(m.group(1));
            String before = text.substring(Math.max(0, m.start() - 60), m.start());
            String after = text.substring(m.end(), Math.min(text.length(), m.end() + 60));
            if (value <= 100 && isOfTheWork(before, after)) {
                found = Optional.of(new Progress((int) value, "", 0));
            }
        }
        return found;
    }

    private static boolean isOfTheWork(String before, String after) {
        String near = before.substring(Math.max(0, before.length() - 24));
        if (Form.OTHER.matcher(near.toLowerCase(Locale.ROOT)).find()) {
            return false;
        }
        boolean bar =
                Form.BAR_BEFORE.matcher(before).find() || Form.BAR_AFTER.matcher(after).find();
        boolean rate = Form.RATE.matcher(after).find();
        if (bar || rate) {
            return true;
        }
        String open = before.stripTrailing();
        boolean enclosed =
                (open.endsWith("[") && after.startsWith("]"))
                        || (open.endsWith("(") && after.startsWith(")"));
        boolean ended = Form.ENDED.matcher(after).find();
        if (enclosed) {
            return open.endsWith("[") || !ended;
        }
        return !ended
                && !Form.OTHER_AFTER.matcher(after).find()
                && Form.VERB_BEFORE.matcher(before).find();
    }
}
