package dev.simmer.tui.model;

import dev.simmer.model.TaskView;
import dev.simmer.tui.model.Binding.Section;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What the palette offers for what is typed: actions, or commands and what they may be given. */
public final class Palette {
    private static final int MOST = 200;

    private Palette() {}

    /**
     * A line of the palette.
     *
     * @param action what it does; empty: what its line says
     * @param line the command that it stands for; empty for an action
     * @param whole whether the line can be run as it is, or wants more
     * @param key the key that does the same, or an id; may be empty
     * @param text what it does, in words; may hold foreign text
     * @param spans the letters of the text that match what is typed
     */
    public record Entry(
            Optional<Action> action,
            String line,
            boolean whole,
            String key,
            String text,
            List<Fuzzy.Span> spans) {
        public Entry {
            spans = List.copyOf(spans);
        }
    }

    /**
     * An action's row: its name and what it does, or only this where it begins with the name.
     *
     * @param help where in the text it begins that says what the action does
     */
    private record Named(String name, String text, int help) {
        /** What a name is worth more than words about it. */
        private static final int BY_NAME = 1_000_000;

        static Named of(Binding binding) {
            String name = binding.action().word();
            String help = binding.help();
            boolean doubled = help.equals(name) || help.startsWith(name + " ");
            return doubled
                    ? new Named(name, help, name.length())
                    : new Named(name, name + "  " + help, name.length() + 2);
        }

        /** By the name letter by letter, else by beginnings of words of what it does. */
        Optional<Fuzzy.Match> match(String typed, Fuzzy wanted) {
            Optional<Fuzzy.Match> named = wanted.match(name).filter(Fuzzy.Match::tight);
            return named.isPresent()
                    ? named.map(m -> new Fuzzy.Match(m.score() + BY_NAME, m.spans(), m.tight()))
                    : told(typed.toLowerCase(Locale.ROOT));
        }

        private Optional<Fuzzy.Match> told(String typed) {
            List<Fuzzy.Span> spans = new ArrayList<>();
            String small = text.toLowerCase(Locale.ROOT);
            for (String word : typed.split("\\s+", -1)) {
                int at = small.indexOf(word, help);
                while (at > 0 && Character.isLetterOrDigit(small.charAt(at - 1))) {
                    at = small.indexOf(word, at + 1);
                }
                if (at < 0) {
                    return Optional.empty();
                }
                spans.add(new Fuzzy.Span(at, at + word.length()));
            }
            spans.sort(Comparator.comparingInt(Fuzzy.Span::from));
            for (int i = 1; i < spans.size(); i++) {
                if (spans.get(i).from() < spans.get(i - 1).to()) {
                    return Optional.of(new Fuzzy.Match(0, spans.subList(0, 1), true));
                }
            }
            return Optional.of(new Fuzzy.Match(0, spans, true));
        }
    }

    private record Scored(Entry entry, int score) {}

    /** What there is for what is typed, the likeliest first. */
    public static List<Entry> entries(Model model, String typed) {
        String text = typed.stripLeading();
        return text.startsWith("/") ? commands(model, text) : actions(model, text.strip());
    }

    private static List<Entry> actions(Model model, String typed) {
        Set<Action> seen = EnumSet.of(Action.PALETTE, Action.BACK);
        List<Action> recent = model.acting().recent();
        List<Scored> all = new ArrayList<>();
        Fuzzy wanted = Fuzzy.of(typed);
        for (Binding binding : model.keymap().bindings()) {
            boolean main = binding.where().stream().anyMatch(Context::isMain);
            if (!main
                    || binding.section() == Section.MOVING
                    || binding.help().isEmpty()
                    || seen.contains(binding.action())
                    || !Bindings.worksNow(model, binding.action())) {
                continue;
            }
            seen.add(binding.action());
            int place = recent.lastIndexOf(binding.action());
            Named named = Named.of(binding);
            named.match(typed, wanted)
                    .ifPresent(match ->
                            all.add(
                                    new Scored(
                                            entry(model, binding, named.text(), match),
                                            match.score() + place + 1)));
        }
        return sorted(all);
    }

    private static Entry entry(Model model, Binding binding, String text, Fuzzy.Match match) {
        Context here = model.focus() == Focus.LOG ? Context.LOG : Context.TABLE;
        String key = model.keymap().shown(here, binding.action());
        return new Entry(
                Optional.of(binding.action()),
                "",
                true,
                key.isEmpty() ? binding.shown() : key,
                text,
                match.spans());
    }

    /** Sorted by score; what is even stays in its order. */
    private static List<Entry> sorted(List<Scored> all) {
        return all.stream()
                .sorted(Comparator.comparingInt(Scored::score).reversed())
                .map(Scored::entry)
                .toList();
    }

    private static List<Entry> commands(Model model, String text) {
        int blank = text.indexOf(' ');
        String name = (blank < 0 ? text.substring(1) : text.substring(1, blank));
        Optional<PaletteCommand> command = PaletteCommand.of(name);
        if (blank < 0 || command.isEmpty()) {
            List<Scored> all = new ArrayList<>();
            Fuzzy wanted = Fuzzy.of(name.toLowerCase(Locale.ROOT));
            for (PaletteCommand each : PaletteCommand.values()) {
                wanted.match(each.word())
                        .ifPresent(match -> all.add(new Scored(entry(each, match), match.score())));
            }
            return sorted(all);
        }
        String argument = text.substring(blank + 1).stripLeading();
        return switch (command.get().argument()) {
            case NOTHING, TEXT ->
                    List.of(entry(command.get(), new Fuzzy.Match(0, List.of(), true)));
            case TASK -> tasks(model, command.get(), argument);
            case COLUMN ->
                    words(
                            command.get(),
                            argument,
                            Column.ALL.stream().filter(Column::sorts).map(Column::key).toList());
            case THEME -> words(command.get(), argument, model.appearance().names());
        };
    }

    private static Entry entry(PaletteCommand command, Fuzzy.Match match) {
        boolean whole = command.argument() == PaletteCommand.Argument.NOTHING;
        String text = command.form() + "  " + command.help();
        List<Fuzzy.Span> spans =
                match.spans().stream()
                        .map(span -> new Fuzzy.Span(span.from() + 1, span.to() + 1))
                        .toList();
        return new Entry(
                Optional.empty(),
                "/" + command.word() + (whole ? "" : " "),
                whole,
                "",
                text,
                spans);
    }

    private static List<Entry> tasks(Model model, PaletteCommand command, String argument) {
        Fuzzy wanted = Fuzzy.of(argument.strip());
        List<Scored> all = new ArrayList<>();
        for (TaskView task : model.scope().tasks()) {
            if (all.size() >= MOST) {
                break;
            }
            boolean exact = argument.strip().equals(task.id().toString());
            wanted.match(task.id() + " " + task.name())
                    .ifPresent(match -> {
                        int shift = task.id().toString().length() + 1;
                        List<Fuzzy.Span> spans = new ArrayList<>();
                        for (Fuzzy.Span span : match.spans()) {
                            if (span.from() >= shift) {
                                spans.add(new Fuzzy.Span(span.from() - shift, span.to() - shift));
                            }
                        }
                        Entry entry =
                                new Entry(
                                        Optional.empty(),
                                        "/" + command.word() + " " + task.id(),
                                        true,
                                        task.id().toString(),
                                        task.name() + "  " + AgentWords.state(task, true),
                                        spans);
                        all.add(new Scored(entry, exact ? Integer.MAX_VALUE : match.score()));
                    });
        }
        return sorted(all);
    }

    private static List<Entry> words(PaletteCommand command, String argument, List<String> words) {
        Fuzzy wanted = Fuzzy.of(argument.strip());
        List<Scored> all = new ArrayList<>();
        for (String word : words) {
            wanted.match(word)
                    .ifPresent(match ->
                            all.add(
                                    new Scored(
                                            new Entry(
                                                    Optional.empty(),
                                                    "/" + command.word() + " " + word,
                                                    true,
                                                    "",
                                                    word,
                                                    match.spans()),
                                            match.score())));
        }
        return sorted(all);
    }
}
