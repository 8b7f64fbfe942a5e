package dev.simmer.cli;

import dev.simmer.config.TaskNames;
import dev.simmer.logs.TerminalText;
import dev.simmer.model.ByteSize;
import dev.simmer.model.Durations;
import java.time.Duration;
import java.util.Optional;

/** Values of options that are more than text. */
final class Values {
    private Values() {}

    /** The name of a task, as a task file may have it; said in a message as {@code what}. */
    static String name(String what, String name) throws CommandRefused {
        Optional<String> fault = TaskNames.fault(name);
        if (fault.isEmpty()) {
            return name;
        }
        boolean shown = !name.isBlank() && name.length() <= 100;
        throw CommandRefused.usage(
                what + (shown ? " `" + TerminalText.plain(name) + "` " : " ") + fault.get());
    }

    /** A duration that is longer than zero. */
    static Optional<Duration> duration(Words words, String option) throws CommandRefused {
        Optional<String> text = words.text(option);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<Duration> duration = Durations.parse(text.get());
        if (duration.filter(Duration::isZero).isPresent() || text.get().equals("0")) {
            throw CommandRefused.usage(option + " is longer than zero, such as 90s, 10m or 2h");
        }
        if (duration.isEmpty()) {
            throw wrong(option, "a duration such as 90s, 10m or 2h", text.get());
        }
        return duration;
    }

    /** A size in bytes. */
    static Optional<Long> size(Words words, String option) throws CommandRefused {
        Optional<String> text = words.text(option);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<Long> size = ByteSize.parse(text.get());
        if (size.isEmpty()) {
            throw wrong(option, "a size such as 500M or 2G", text.get());
        }
        return size;
    }

    /** An amount of memory in bytes: nothing, or at least 1 MiB. */
    static Optional<Long> memory(Words words, String option) throws CommandRefused {
        Optional<Long> size = size(words, option);
        if (size.isPresent()) {
            String text = words.text(option).orElseThrow();
            Optional<String> meant = ByteSize.meant(text, size.get());
            if (meant.isPresent()) {
                throw CommandRefused.usage(
                        option
                                + " "
                                + TerminalText.plain(text)
                                + " is less than 1M; did you mean "
                                + meant.get()
                                + "?");
            }
        }
        return size;
    }

    /** A whole number in a range. */
    static Optional<Integer> number(Words words, String option, int from, int to)
            throws CommandRefused {
        Optional<String> text = words.text(option);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String range =
                "a whole number from " + from + (to == Integer.MAX_VALUE ? " on" : " to " + to);
        try {
            int number = Integer.parseInt(text.get());
            if (number >= from && number <= to) {
                return Optional.of(number);
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw wrong(option, range, text.get());
    }

    private static CommandRefused wrong(String option, String right, String text) {
        return CommandRefused.usage(option + " is " + right + ", not " + TerminalText.plain(text));
    }
}
