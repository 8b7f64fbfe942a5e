package dev.simmer.tui.view;

import dev.simmer.logs.CellWidth;
import dev.simmer.logs.TerminalText;
import dev.simmer.model.Durations;
import dev.simmer.model.TaskView;
import dev.simmer.tui.model.Model;
import dev.simmer.tui.model.Observed;
import dev.simmer.tui.model.Rect;
import dev.simmer.tui.model.Sights;
import dev.simmer.tui.model.Timeline;
import dev.simmer.tui.model.Timeline.Did;
import dev.simmer.tui.model.TimelineRows;
import dev.simmer.tui.theme.Role;
import dev.simmer.tui.theme.Theme;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/** What ran when, what waited when, and for the selected task why. */
final class TimelineView {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final int TICK_COLUMNS = 9;
    private static final int WAIT_COLUMNS = 8;

    private final Frame frame;
    private final Model model;
    private final Theme theme;
    private final TimelineRows at;

    private TimelineView(Frame frame, Model model, Theme theme) {
        this.frame = frame;
        this.model = model;
        this.theme = theme;
        this.at = TimelineRows.of(model);
    }

    static void draw(Frame frame, Model model, Theme theme) {
        new TimelineView(frame, model, theme).draw();
    }

    private void draw() {
        Rect box = at.box();
        frame.border(box, theme.paint(Role.BORDER_FOCUS));
        title();
        List<TaskView> tasks = Sights.tasks(model);
        int selected = Sights.index(model);
        if (tasks.isEmpty()) {
            String none = "no task is shown";
            frame.putClipped(
                    box.x() + 3, box.y() + 2, box.width() - 6, none, theme.paint(Role.DIM));
            return;
        }
        axis();
        int end = Math.min(tasks.size(), at.first() + at.rows());
        for (int i = at.first(); i < end; i++) {
            row(box.y() + 2 + i - at.first(), tasks.get(i), i == selected);
        }
        if (at.below() > 0) {
            below(box.y() + 2 + Math.min(at.rows(), tasks.size()));
        }
        double all = tasks.size();
        frame.scrollbar(box, at.first() / all, end / all, theme.paint(Role.BORDER_FOCUS));
    }

    private Timeline timeline() {
        return model.sights().timeline();
    }

    private void title() {
        Rect box = at.box();
        frame.put(box.x() + 2, box.y(), box.width() - 4, " Timeline ", theme.paint(Role.TITLE));
        String filter = TerminalText.plain(model.table().filter());
        String what =
                filter.isBlank()
                        ? Sights.tasks(model).size() + " tasks"
                        : "/" + CellWidth.clip(filter, 20);
        String text = " " + span(timeline().span()) + " · " + what + " ";
        int width = CellWidth.width(text);
        if (width < box.width() - 16) {
            int x = box.x() + box.width() - 2 - width;
            frame.put(x, box.y(), width, text, theme.paint(Role.DIM));
        }
    }

    private static String span(Duration span) {
        return span.toMinutes() < 60 ? span.toMinutes() + " min" : span.toHours() + " h";
    }

    private int chartX() {
        return at.box().x() + 2 + at.name() + 1;
    }

    /** Marks at even distances, told from now. */
    private void axis() {
        int y = at.box().y() + 1;
        int ticks = Math.max(1, at.cells() / TICK_COLUMNS);
        ticks = ticks >= 5 ? 5 : ticks >= 2 ? 2 : 1;
        long paint = theme.paint(Role.HEADING);
        long span = timeline().span().toMillis();
        for (int i = 0; i <= ticks; i++) {
            Duration back = timeline().back().plusMillis(span - span * i / ticks);
            String text = back.isZero() ? "now" : "-" + brief(back);
            int x = chartX() + at.cells() * i / ticks - (i == 0 ? 0 : text.length());
            frame.put(x, y, text.length(), text, paint);
        }
    }

    /** As short as it can be said. */
    private static String brief(Duration time) {
        long seconds = time.toSeconds();
        if (seconds % 3600 == 0) {
            return seconds / 3600 + "h";
        }
        return seconds % 60 == 0
                ? (seconds >= 7200 ? seconds / 3600 + "h" + seconds / 60 % 60 : seconds / 60) + "m"
                : (seconds >= 60 ? seconds / 60 + "m" : "") + seconds % 60 + "s";
    }

    private void row(int y, TaskView task, boolean selected) {
        Rect box = at.box();
        Role ground = selected ? Role.SELECTION : Role.TEXT;
        if (selected) {
            Rect line = new Rect(box.x() + 1, y, at.name() + 1, 1);
            frame.fill(line, " ", theme.paint(ground));
            frame.set(box.x() + 1, y, "▌", 1, theme.paint(Role.BORDER_FOCUS, ground));
        }
        String name = TerminalText.plain(task.name());
        frame.putClipped(box.x() + 2, y, at.name(), name, theme.paint(Role.TEXT, ground));
        Did[] row = timeline().row(task, model.sights().observed(), model.now(), at.cells());
        for (int i = 0; i < row.length; i++) {
            if (row[i] != Did.NOTHING) {
                frame.set(chartX() + i, y, glyph(row[i]), 1, theme.paint(role(row[i], task)));
            }
        }
        int x = chartX() + at.cells() + 1;
        String standing = AgentCells.symbol(task) + " " + took(task);
        frame.putClipped(x, y, TimelineRows.STANDING, standing, theme.paint(AgentCells.role(task)));
    }

    private static String took(TaskView task) {
        if (task.startedAt().isEmpty() || task.endedAt().isEmpty()) {
            return "";
        }
        Duration took = Duration.between(task.startedAt().get(), task.endedAt().get());
        return Durations.format(took).replace(" ", "");
    }

    private static String glyph(Did did) {
        return switch (did) {
            case NOTHING -> " ";
            case WAITED -> "░";
            case RESTED -> "↻";
            case STARTED_AGAIN -> "↺";
            case NOT_READY -> "▒";
            case RAN -> "█";
            case PAUSED -> "‖";
            case ENDED_BADLY -> "✗";
            case WANTED_YOU -> AgentCells.ATTENTION;
        };
    }

    private static Role role(Did did, TaskView task) {
        return switch (did) {
            case NOTHING -> Role.TEXT;
            case WAITED -> Role.WAITING;
            case RESTED -> Role.BACKOFF;
            case STARTED_AGAIN -> Role.STARTING;
            case NOT_READY -> Role.STARTING;
            case RAN -> task.phase().ended() ? Role.SUCCEEDED : Role.RUNNING;
            case PAUSED -> Role.PAUSED;
            case ENDED_BADLY -> Role.FAILED;
            case WANTED_YOU -> Role.ATTENTION;
        };
    }

    /** The legend, and why the selected task waited, longest first. */
    private void below(int from) {
        Rect box = at.box();
        int end = box.y() + box.height() - 1;
        int y = from + (end - from >= 5 ? 1 : 0);
        if (y < end) {
            legend(y);
        }
        y += end - y >= 5 ? 2 : 1;
        Optional<TaskView> task = model.row();
        if (task.isEmpty() || y >= end) {
            return;
        }
        Observed seen = model.sights().observed();
        List<Timeline.Wait> waits = Timeline.waits(task.get(), seen, model.now());
        heading(y++, task.get(), waits, seen.since());
        int x = box.x() + 4;
        for (Timeline.Wait wait : waits) {
            if (y >= end) {
                return;
            }
            String time = Durations.format(wait.time());
            frame.putRight(x, y, WAIT_COLUMNS, time, theme.paint(Role.TEXT));
            int words = x + WAIT_COLUMNS + 2;
            int room = box.x() + box.width() - 2 - words;
            frame.putClipped(words, y++, room, wait.reason(), theme.paint(Role.WAITING));
        }
    }

    private void heading(int y, TaskView task, List<Timeline.Wait> waits, Instant since) {
        String name = TerminalText.plain(task.name());
        Duration sum =
                waits.stream().map(Timeline.Wait::time).reduce(Duration.ZERO, Duration::plus);
        String opened = TIME.format(ZonedDateTime.ofInstant(since, model.place().zone()));
        String what =
                waits.isEmpty()
                        ? " did not wait since " + opened
                        : " waited " + Durations.format(sum) + " since " + opened;
        int x = at.box().x() + 2;
        int room = at.box().width() - 4;
        int after =
                frame.putClipped(
                        x, y, Math.max(1, room - what.length()), name, theme.paint(Role.TITLE));
        frame.putClipped(after, y, x + room - after, what, theme.paint(Role.DIM));
    }

    private void legend(int y) {
        int x = at.box().x() + 2;
        int end = at.box().x() + at.box().width() - 2;
        for (Did did :
                List.of(
                        Did.RAN,
                        Did.WAITED,
                        Did.NOT_READY,
                        Did.RESTED,
                        Did.STARTED_AGAIN,
                        Did.WANTED_YOU,
                        Did.PAUSED)) {
            String word = word(did);
            if (x + 2 + word.length() > end) {
                return;
            }
            Role role =
                    switch (did) {
                        case RAN -> Role.RUNNING;
                        case WAITED -> Role.WAITING;
                        case NOT_READY, STARTED_AGAIN -> Role.STARTING;
                        case RESTED -> Role.BACKOFF;
                        case PAUSED -> Role.PAUSED;
                        case WANTED_YOU -> Role.ATTENTION;
                        case NOTHING, ENDED_BADLY -> Role.TEXT;
                    };
            frame.set(x, y, glyph(did), 1, theme.paint(role));
            x = frame.put(x + 2, y, word.length(), word, theme.paint(Role.DIM)) + 2;
        }
    }

    private static String word(Did did) {
        return switch (did) {
            case NOTHING -> "";
            case WAITED -> "waited";
            case RESTED -> "retry";
            case STARTED_AGAIN -> "restarted";
            case NOT_READY -> "not ready";
            case RAN -> "ran";
            case PAUSED -> "paused";
            case ENDED_BADLY -> "failed";
            case WANTED_YOU -> "wanted you";
        };
    }
}
