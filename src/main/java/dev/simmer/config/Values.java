package dev.simmer.config;

import dev.simmer.model.Backoff;
import dev.simmer.model.ByteSize;
import dev.simmer.model.Durations;
import java.math.BigInteger;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Reads single values; each method reports what is wrong and then returns nothing. A {@code name}
 * is what the message calls the value, such as {@code retry.max}.
 */
final class Values {
    /** Patterns may be no longer: the pattern compiler recurses. In characters. */
    private static final int MAX_PATTERN = 1000;

    private static final Pattern WHOLE = Pattern.compile("[+-]?(0|[1-9]\\d*)");
    private static final Pattern NUMBER = Pattern.compile("[+-]?[\\d._]+.*");
    private static final Pattern LARGE_SIZE =
            Pattern.compile("[1-9]\\d{5,}(\\.\\d+)?\\s*[KMGTkmgt]?([iI]?[bB])?");
    private static final Pattern LARGE_DURATION =
            Pattern.compile("[1-9]\\d{9,}(\\.\\d+)?\\s*(ms|s|m|h|d)");
    private static final Pattern FRACTION_OF_BYTE = Pattern.compile("\\d*\\.\\d+\\s*[bB]?");

    private final Mistakes mistakes;

    Values(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    /** A scalar that is not nothing. */
    Optional<YamlNode.Scalar> scalar(String name, YamlNode node, String right) {
        if (!(node instanceof YamlNode.Scalar scalar)) {
            mistakes.add(node.at(), quoted(name) + " is one value, not " + node.sort(), right);
            return Optional.empty();
        }
        if (scalar.isNothing()) {
            mistakes.add(scalar.at(), quoted(name) + " has no value", right);
            return Optional.empty();
        }
        return Optional.of(scalar);
    }

    /** A text that is not blank. */
    Optional<YamlNode.Scalar> text(String name, YamlNode node, String right) {
        Optional<YamlNode.Scalar> scalar = scalar(name, node, right);
        if (scalar.isPresent() && scalar.get().text().isBlank()) {
            mistakes.add(node.at(), quoted(name) + " is blank", right);
            return Optional.empty();
        }
        return scalar;
    }

    Optional<Boolean> truth(String name, YamlNode node) {
        String right = "write `true` or `false`";
        Optional<YamlNode.Scalar> scalar = scalar(name, node, right);
        if (scalar.isEmpty()) {
            return Optional.empty();
        }
        return switch (scalar.get().text()) {
            case "true", "True", "TRUE" -> Optional.of(true);
            case "false", "False", "FALSE" -> Optional.of(false);
            default -> wrong(name, scalar.get(), "is neither true nor false", right);
        };
    }

    /** A whole number in decimal digits. */
    Optional<Integer> whole(String name, YamlNode node, int least, int most) {
        String right =
                most == Integer.MAX_VALUE
                        ? "write a whole number from " + least
                        : "write a whole number from " + least + " to " + most;
        Optional<YamlNode.Scalar> scalar = scalar(name, node, right);
        if (scalar.isEmpty()) {
            return Optional.empty();
        }
        String text = scalar.get().text();
        if (!WHOLE.matcher(text).matches()) {
            return wrong(name, scalar.get(), "is no whole number", right);
        }
        BigInteger value = new BigInteger(text.length() > 20 ? text.substring(0, 20) : text);
        if (value.compareTo(BigInteger.valueOf(least)) < 0) {
            return wrong(name, scalar.get(), "is too small", right);
        }
        if (value.compareTo(BigInteger.valueOf(most)) > 0) {
            return wrong(name, scalar.get(), "is too large", right);
        }
        return Optional.of(value.intValueExact());
    }

    /** A size in bytes. */
    Optional<Long> size(String name, YamlNode node, long least) {
        String right = "write a size such as `500M` or `1.5G`";
        Optional<YamlNode.Scalar> scalar = scalar(name, node, right);
        if (scalar.isEmpty()) {
            return Optional.empty();
        }
        String text = scalar.get().text().strip();
        Optional<Long> size = ByteSize.parse(text);
        if (size.isEmpty() || FRACTION_OF_BYTE.matcher(text).matches()) {
            boolean negative = text.startsWith("-") && NUMBER.matcher(text).matches();
            boolean large = LARGE_SIZE.matcher(text).matches();
            String what = negative ? "is negative" : large ? "is too large" : "is no size";
            return wrong(name, scalar.get(), what, right);
        }
        return size.get() < least ? wrong(name, scalar.get(), "is too small", right) : size;
    }

    /** An amount of memory in bytes: nothing, or at least 1 MiB. */
    Optional<Long> memory(String name, YamlNode node) {
        Optional<Long> size = size(name, node, 0);
        if (size.isPresent() && node instanceof YamlNode.Scalar scalar) {
            Optional<String> meant = ByteSize.meant(scalar.text(), size.get());
            if (meant.isPresent()) {
                String right = "did you mean `" + meant.get() + "`?";
                return wrong(name, scalar, "is less than `1M`", right);
            }
        }
        return size;
    }

    Optional<Duration> duration(String name, YamlNode node, boolean zeroAllowed) {
        String right = "write a duration such as `500ms`, `10s`, `5m` or `2h`";
        Optional<YamlNode.Scalar> scalar = scalar(name, node, right);
        if (scalar.isEmpty()) {
            return Optional.empty();
        }
        Optional<Duration> duration = Durations.parse(scalar.get().text());
        if (duration.isEmpty()) {
            String text = scalar.get().text().strip();
            boolean negative = text.startsWith("-") && NUMBER.matcher(text).matches();
            boolean bare = WHOLE.matcher(text).matches();
            boolean large = LARGE_DURATION.matcher(text).matches();
            String what =
                    negative
                            ? "is negative"
                            : bare ? "has no unit" : large ? "is too large" : "is no duration";
            return wrong(name, scalar.get(), what, right);
        }
        return duration.get().isZero() && !zeroAllowed
                ? wrong(name, scalar.get(), "is no time at all", right)
                : duration;
    }

    /** The bounds of growing delays, {@code 1s..30s}. */
    Optional<Backoff> backoff(String name, YamlNode node) {
        String right = "write the first and the longest delay, such as `1s..30s`";
        Optional<YamlNode.Scalar> scalar = scalar(name, node, right);
        if (scalar.isEmpty()) {
            return Optional.empty();
        }
        String text = scalar.get().text();
        int dots = text.indexOf("..");
        Optional<Duration> first =
                dots < 0 ? Optional.empty() : Durations.parse(text.substring(0, dots));
        Optional<Duration> most =
                dots < 0 ? Optional.empty() : Durations.parse(text.substring(dots + 2));
        if (first.isEmpty() || most.isEmpty()) {
            return wrong(name, scalar.get(), "is no range of durations", right);
        }
        return most.get().compareTo(first.get()) < 0
                ? wrong(name, scalar.get(), "ends below its beginning", right)
                : Optional.of(new Backoff(first.get(), most.get()));
    }

    /** A regular expression of Java. */
    Optional<Pattern> pattern(String name, YamlNode node) {
        String right = "write a regular expression such as `ready in \\d+ ms`";
        Optional<YamlNode.Scalar> scalar = scalar(name, node, right);
        if (scalar.isEmpty()) {
            return Optional.empty();
        }
        String text = scalar.get().text();
        if (text.isEmpty()) {
            return wrong(name, scalar.get(), "matches everything", right);
        }
        if (text.length() > MAX_PATTERN) {
            return wrong(name, scalar.get(), "is longer than 1,000 characters", right);
        }
        try {
            return Optional.of(Pattern.compile(text));
        } catch (PatternSyntaxException e) {
            String fault = Visible.cut(e.getDescription());
            mistakes.add(
                    scalar.get().placeOf(e.getIndex()),
                    quoted(name)
                            + " is no regular expression: "
                            + lowered(fault)
                            + (e.getIndex() < 0 ? "" : " at character " + (e.getIndex() + 1)),
                    "put `\\` before a character that stands for itself");
            return Optional.empty();
        }
    }

    /** One of an enum's words. */
    <E extends Enum<E>> Optional<E> word(
            String name, YamlNode node, List<E> values, Function<E, String> word) {
        List<String> words = values.stream().map(word).toList();
        Optional<YamlNode.Scalar> scalar = scalar(name, node, "write " + oneOf(words));
        if (scalar.isEmpty()) {
            return Optional.empty();
        }
        String text = scalar.get().text();
        int index = words.indexOf(text);
        return index >= 0
                ? Optional.of(values.get(index))
                : wrong(name, scalar.get(), "is none of its words", "write " + oneOf(words));
    }

    <E extends Enum<E>> Optional<E> word(
            String name, YamlNode node, E[] values, Function<E, String> word) {
        return word(name, node, Arrays.asList(values), word);
    }

    /** A path; a leading {@code ~/} stands for the home folder. */
    Optional<Path> path(String name, YamlNode node, Path base, Optional<String> home) {
        Optional<YamlNode.Scalar> scalar = text(name, node, "write a path");
        if (scalar.isEmpty()) {
            return Optional.empty();
        }
        String text = scalar.get().text();
        try {
            boolean inHome = home.isPresent() && (text.equals("~") || text.startsWith("~/"));
            Path path = inHome ? Path.of(home.get(), text.substring(1)) : Path.of(text);
            return Optional.of(base.resolve(path).normalize());
        } catch (InvalidPathException e) {
            return wrong(name, scalar.get(), "is no path", "write a path in the system's encoding");
        }
    }

    /** The values of a list; what is no value in it is reported and left out. */
    Optional<List<YamlNode.Scalar>> list(String name, YamlNode node, String right) {
        if (!(node instanceof YamlNode.Sequence sequence)) {
            String what =
                    node instanceof YamlNode.Scalar scalar && scalar.isNothing()
                            ? " has no value"
                            : " is a list, not " + node.sort();
            mistakes.add(node.at(), quoted(name) + what, right);
            return Optional.empty();
        }
        List<YamlNode.Scalar> items = new ArrayList<>();
        for (YamlNode item : sequence.items()) {
            scalar("an item of " + name, item, right).ifPresent(items::add);
        }
        return Optional.of(items);
    }

    /** The values of a list of texts that are not blank and stand there once. */
    List<YamlNode.Scalar> distinct(String name, YamlNode node, String right) {
        List<YamlNode.Scalar> kept = new ArrayList<>();
        for (YamlNode.Scalar item : list(name, node, right).orElse(List.of())) {
            if (item.text().isBlank()) {
                mistakes.add(item.at(), "an item of " + quoted(name) + " is blank", right);
            } else if (kept.stream().anyMatch(other -> other.text().equals(item.text()))) {
                mistakes.add(
                        item.at(),
                        quoted(name) + " names " + Visible.quoted(item.text()) + " twice",
                        "keep one of them");
            } else {
                kept.add(item);
            }
        }
        return kept;
    }

    /** Reports a value with what is wrong about it. */
    <T> Optional<T> wrong(String name, YamlNode.Scalar scalar, String what, String right) {
        mistakes.add(
                scalar.at(),
                quoted(name) + ": " + Visible.quoted(scalar.text()) + " " + what,
                right);
        return Optional.empty();
    }

    private static String quoted(String name) {
        return name.startsWith("an item of ")
                ? "an item of `" + name.substring("an item of ".length()) + "`"
                : "`" + name + "`";
    }

    private static String oneOf(List<String> words) {
        List<String> quoted = words.stream().map(Visible::quoted).toList();
        int last = quoted.size() - 1;
        return String.join(", ", quoted.subList(0, last)) + " or " + quoted.get(last);
    }

    private static String lowered(String text) {
        return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
    }
}
