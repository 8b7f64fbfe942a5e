package dev.simmer.tui.model;

import dev.simmer.model.TaskView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What may be taken for what is typed in a dialog. */
public final class Offers {
    private static final int MOST = 50;

    private Offers() {}

    /**
     * An offer.
     *
     * @param line what the field holds once it is taken
     * @param text how it is shown
     * @param note what it is; may be empty
     */
    public record Offer(String line, String text, String note) {}

    /** Offers for the field of a dialog that has the keys, the likeliest first. */
    public static List<Offer> of(Model model, Dialog dialog) {
        String typed = dialog.field().line().text();
        return switch (dialog.field().label()) {
            case "command" -> commands(model, typed);
            case "folder" -> files(model, typed, true);
            case "files" -> files(model, typed, false);
            case "definition" -> matching(typed, model.acting().known().agents().definitions());
            case "session" ->
                    matching(
                            typed,
                            model.acting().known().agents().sessions().stream()
                                    .map(file -> new Findings.Offer(file, ""))
                                    .toList());
            case "needs" -> needs(model, typed);
            default -> List.of();
        };
    }

    /** Whether the field with the keys holds the beginning of a definition, not one of them. */
    static boolean begunDefinition(Model model, Dialog dialog) {
        return dialog.field().label().equals("definition")
                && doubt(model, dialog.field()).isPresent();
    }

    /** What is odd about what stands in a field: a definition that was not found. */
    public static Optional<String> doubt(Model model, Dialog.Field field) {
        String typed = field.line().text().strip();
        List<String> names =
                model.acting().known().agents().definitions().stream()
                        .map(Findings.Offer::text)
                        .toList();
        if (!field.label().equals("definition")
                || typed.isEmpty()
                || names.isEmpty()
                || names.contains(typed)
                || typed.contains("/")) {
            return Optional.empty();
        }
        return Optional.of(
                Nearest.of(typed, names)
                        .map(near -> "there is none so named; did you mean " + near + "?")
                        .orElse("there is none so named"));
    }

    /** Offers for a command line: whole ones first, then ends of its last word. */
    public static List<Offer> commands(Model model, String typed) {
        if (typed.isBlank()) {
            return List.of();
        }
        Map<String, Offer> all = new LinkedHashMap<>();
        List<Findings.Offer> lines = new ArrayList<>();
        for (String line : model.history().reversed()) {
            lines.add(new Findings.Offer(line, "history"));
        }
        lines.addAll(model.acting().known().commands().project());
        matching(typed, lines).stream()
                .filter(offer -> !offer.line().equals(typed))
                .limit(MOST)
                .forEach(offer -> all.putIfAbsent(offer.line(), offer));
        String word = lastWord(typed);
        String before = typed.substring(0, typed.length() - word.length());
        if (before.isBlank() && !word.contains("/")) {
            model.acting().known().commands().programs().stream()
                    .filter(name -> name.startsWith(word) && !name.equals(word))
                    .limit(MOST)
                    .forEach(name ->
                            all.putIfAbsent(
                                    before + name, new Offer(before + name, name, "program")));
        } else {
            files(model, typed, false).forEach(offer -> all.putIfAbsent(offer.line(), offer));
        }
        return List.copyOf(all.values());
    }

    /** The part of the last word that names a folder; what lies in it can be offered. */
    static String folder(String typed) {
        String word = lastWord(typed);
        return word.substring(0, word.lastIndexOf('/') + 1);
    }

    private static String lastWord(String typed) {
        return typed.substring(typed.lastIndexOf(' ') + 1);
    }

    private static List<Offer> files(Model model, String typed, boolean foldersOnly) {
        Findings.Files known = model.acting().known().files();
        String word = lastWord(typed);
        String folder = folder(typed);
        if (!known.folder().equals(folder) || (word.isEmpty() && !foldersOnly)) {
            return List.of();
        }
        String begun = word.substring(folder.length());
        String before = typed.substring(0, typed.length() - begun.length());
        return known.names().stream()
                .filter(name -> name.startsWith(begun) && !name.equals(begun))
                .filter(name -> !foldersOnly || name.endsWith("/"))
                .filter(name -> !name.contains(" "))
                .filter(name -> begun.startsWith(".") || !name.startsWith("."))
                .limit(MOST)
                .map(name -> new Offer(before + name, folder + name, ""))
                .toList();
    }

    private static List<Offer> needs(Model model, String typed) {
        String word = lastWord(typed);
        String before = typed.substring(0, typed.length() - word.length());
        Stream<Findings.Offer> tasks =
                model.scope().tasks().stream()
                        .limit(1_000)
                        .filter(task -> inWorkspace(model, task) && !task.name().contains(" "))
                        .map(task -> new Findings.Offer(task.name(), AgentWords.state(task, true)));
        return matching(word, tasks.toList()).stream()
                .map(offer -> new Offer(before + offer.line(), offer.text(), offer.note()))
                .toList();
    }

    private static boolean inWorkspace(Model model, TaskView task) {
        return task.spec().workspace().equals(model.place().workspace());
    }

    private record Scored(Offer offer, int score) {}

    private static List<Offer> matching(String typed, List<Findings.Offer> all) {
        Fuzzy wanted = Fuzzy.of(typed.strip());
        List<Scored> found = new ArrayList<>();
        for (Findings.Offer each : all) {
            wanted.match(each.text())
                    .filter(match -> typed.isBlank() || match.tight())
                    .ifPresent(match ->
                            found.add(
                                    new Scored(
                                            new Offer(each.text(), each.text(), each.note()),
                                            match.score())));
        }
        return found.stream()
                .sorted(Comparator.comparingInt(Scored::score).reversed())
                .limit(MOST)
                .map(Scored::offer)
                .toList();
    }
}
