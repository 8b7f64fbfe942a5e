package dev.simmer.logs;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The time that a line states at its beginning, in one of the usual forms: ISO 8601 (also with
 * slashes and a space), a bare time of day, syslog's month and day, the form of web servers, and
 * seconds or milliseconds since 1970, each also in brackets; and the time in a line of JSON.
 *
 * <p>Pure, for any thread.
 */
public final class LineStamp {
    /** Nothing after this place of a line is looked at. */
    private static final int HEAD = 160;

    private static final String TIME = "(\\d{2}):(\\d{2}):(\\d{2})(?:[.,](\\d{1,9}))?";

    private static final Pattern ISO =
            Pattern.compile(
                    "[\\[(<]?(\\d{4})[-/](\\d{2})[-/](\\d{2})[T _]"
                            + TIME
                            + " ?(Z|[+-]\\d{2}:?\\d{2})?(?!\\d).*");

    private static final Pattern DAY = Pattern.compile("[\\[(<]?" + TIME + "(?![\\d:]).*");

    private static final Pattern SYSLOG =
            Pattern.compile("(?:<\\d{1,3}>)?([A-Z][a-z]{2}) +(\\d{1,2}) " + TIME + "(?!\\d).*");

    private static final Pattern WEB =
            Pattern.compile(
                    ".{0,80}?\\[(\\d{2})/([A-Z][a-z]{2})/(\\d{4}):" + TIME + " ([+-]\\d{4})\\].*");

    private static final Pattern EPOCH =
            Pattern.compile("[\\[(<]?(1\\d{9})(\\d{3})?(?:\\.(\\d{1,9}))?(?![\\w.]).*");

    private static final Pattern JSON =
            Pattern.compile(
                    "\\{.{0,80}?\"(?:ts|time|timestamp|@timestamp)\": ?\"?([^\",}]{8,40}).*");

    private static final List<String> MONTHS =
            List.of(
                    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov",
                    "Dec");

    private LineStamp() {}

    /**
     * The time that a line states.
     *
     * @param text the line
     * @param about when it was written at the latest: for stamps that lack the day or the year
     * @param zone for stamps that state none
     * @return milliseconds since 1970
     */
    public static OptionalLong of(String text, Instant about, ZoneId zone) {
        if (!mayHold(text)) {
            return OptionalLong.empty();
        }
        String head = text.length() > HEAD ? text.substring(0, HEAD) : text;
        try {
            return in(head.stripLeading(), about, zone)
                    .map(stamp -> OptionalLong.of(stamp.toEpochMilli()))
                    .orElseGet(OptionalLong::empty);
        } catch (DateTimeException | NumberFormatException _) {
            // Such as a month of 13.
            return OptionalLong.empty();
        }
    }

    /** Most lines are sorted out here. */
    private static boolean mayHold(String text) {
        int digits = 0;
        for (int i = 0; i < text.length() && i < HEAD; i++) {
            char c = text.charAt(i);
            digits += c >= '0' && c <= '9' ? 1 : 0;
        }
        return digits >= 6;
    }

    private static Optional<Instant> in(String text, Instant about, ZoneId zone) {
        Matcher iso = ISO.matcher(text);
        if (iso.matches()) {
            LocalDate day = day(iso, 1, 2, 3);
            return Optional.of(at(LocalDateTime.of(day, time(iso, 4)), iso.group(8), zone));
        }
        Matcher epoch = EPOCH.matcher(text);
        if (epoch.matches()) {
            return Optional.of(epoch(epoch));
        }
        Matcher bare = DAY.matcher(text);
        if (bare.matches()) {
            return Optional.of(latest(time(bare, 1), about, zone));
        }
        Matcher syslog = SYSLOG.matcher(text);
        if (syslog.matches()) {
            int month = MONTHS.indexOf(syslog.group(1)) + 1;
            return Optional.of(latest(month, number(syslog, 2), time(syslog, 3), about, zone));
        }
        Matcher web = WEB.matcher(text);
        if (web.matches()) {
            LocalDate day =
                    LocalDate.of(number(web, 3), MONTHS.indexOf(web.group(2)) + 1, number(web, 1));
            return Optional.of(at(LocalDateTime.of(day, time(web, 4)), web.group(8), zone));
        }
        Matcher json = text.startsWith("{") ? JSON.matcher(text) : null;
        return json != null && json.matches()
                ? in(json.group(1).strip(), about, zone)
                : Optional.empty();
    }

    private static LocalDate day(Matcher match, int year, int month, int day) {
        return LocalDate.of(number(match, year), number(match, month), number(match, day));
    }

    private static int number(Matcher match, int group) {
        return Integer.parseInt(match.group(group));
    }

    private static LocalTime time(Matcher match, int group) {
        // A leap second is shown as the one before.
        int second = Math.min(59, number(match, group + 2));
        return LocalTime.of(number(match, group), number(match, group + 1), second)
                .plusNanos(nanos(match.group(group + 3)));
    }

    private static long nanos(String fraction) {
        return fraction == null ? 0 : Long.parseLong((fraction + "00000000").substring(0, 9));
    }

    private static Instant at(LocalDateTime when, String offset, ZoneId zone) {
        return offset == null
                ? when.atZone(zone).toInstant()
                : when.toInstant(offset.equals("Z") ? ZoneOffset.UTC : ZoneOffset.of(offset));
    }

    private static Instant epoch(Matcher match) {
        long seconds = Long.parseLong(match.group(1));
        String millis = match.group(2);
        return millis == null
                ? Instant.ofEpochSecond(seconds, nanos(match.group(3)))
                : Instant.ofEpochMilli(Long.parseLong(match.group(1) + millis));
    }

    /** The last day before a time that has this time of day, with an hour's grace. */
    private static Instant latest(LocalTime time, Instant about, ZoneId zone) {
        ZonedDateTime limit = about.atZone(zone).plusHours(1);
        ZonedDateTime same = limit.with(time);
        return (same.isAfter(limit) ? limit.minusDays(1).with(time) : same).toInstant();
    }

    private static Instant latest(int month, int day, LocalTime time, Instant about, ZoneId zone) {
        ZonedDateTime limit = about.atZone(zone).plusDays(1);
        int year = limit.getYear();
        Instant same = LocalDate.of(year, month, day).atTime(time).atZone(zone).toInstant();
        return same.isAfter(limit.toInstant())
                ? LocalDate.of(year - 1, month, day).atTime(time).atZone(zone).toInstant()
                : same;
    }
}
