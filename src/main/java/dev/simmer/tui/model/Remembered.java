package dev.simmer.tui.model;

import dev.simmer.model.TaskView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What of a dashboard is remembered for its workspace: words by name, so that what another version
 * of Simmer has put there can be kept without being understood. Immutable; what is too long or too
 * much is left out.
 *
 * @param entries lists of words; in the order of their names
 */
public record Remembered(Map<String, List<String>> entries) {
    /** Nothing was chosen, or nothing is known of it. */
    public static final Remembered NOTHING = new Remembered(Map.of());

    private static final int MOST_ENTRIES = 100;
    private static final int MOST_WORDS = 300;
    private static final int LONGEST_WORD = 1_000;

    private static final String SHAPE = "layout";
    private static final String PINNED = "pinned";
    private static final String SPAWNED = "spawned";
    private static final String TYPED = "typed";

    public Remembered {
        Map<String, List<String>> kept = new TreeMap<>();
        entries.forEach((name, words) -> {
            boolean fits =
                    name.length() <= LONGEST_WORD
                            && words.size() <= MOST_WORDS
                            && words.stream().allMatch(word -> word.length() <= LONGEST_WORD);
            if (fits && kept.size() < MOST_ENTRIES) {
                kept.put(name, List.copyOf(words));
            }
        });
        entries = Collections.unmodifiableMap(kept);
    }

    /** The words of a name; none where there are none. */
    public List<String> words(String name) {
        return entries.getOrDefault(name, List.of());
    }

    /** The only or first word of a name. */
    public Optional<String> word(String name) {
        return words(name).stream().findFirst();
    }

    /** This, and what is not told here of what was known before. */
    public Remembered over(Remembered before) {
        Map<String, List<String>> all = new TreeMap<>(before.entries);
        all.putAll(entries);
        return new Remembered(all);
    }

    /** Whether two models may differ in what is remembered; no is certain, and costs nothing. */
    @SuppressWarnings("ReferenceEquality") // what has not changed is the same
    public static boolean mayDiffer(Model one, Model other) {
        return one.arrangement() != other.arrangement()
                || one.table().choice() != other.table().choice()
                || one.panes() != other.panes();
    }

    /** What is to be remembered of a dashboard. */
    public static Remembered of(Model model) {
        Map<String, List<String>> entries = new TreeMap<>();
        Arrangement arrangement = model.arrangement();
        entries.put(SHAPE, List.of(arrangement.shape().word()));
        for (Divider divider : Divider.values()) {
            Integer share = arrangement.shares().get(divider);
            List<String> words = share == null ? List.of() : List.of(share.toString());
            entries.put(divider.word(), words);
        }
        entries.put(PINNED, pinned(model));
        entries.put(SPAWNED, lines(model.history()));
        entries.put(TYPED, lines(model.acting().typed()));
        TableWords.write(model.table().choice(), entries);
        return new Remembered(entries);
    }

    /** One that is too long is not worth remembering. */
    private static List<String> lines(List<String> all) {
        return all.stream().filter(line -> line.length() <= LONGEST_WORD).toList();
    }

    /** Names by the pane's number; an empty one where none is pinned, or a stranger's task is. */
    private static List<String> pinned(Model model) {
        List<String> names = new ArrayList<>();
        for (PaneId id : PaneId.PINNED) {
            Optional<Pane> pane = model.panes().find(id);
            boolean here =
                    pane.flatMap(model::task)
                            .map(TaskView::spec)
                            .filter(spec -> !spec.workspace().equals(model.place().workspace()))
                            .isEmpty();
            names.add(here ? pane.map(Pane::name).orElse("") : "");
        }
        while (!names.isEmpty() && names.getLast().isEmpty()) {
            names.removeLast();
        }
        return names;
    }

    /** A dashboard as it was; what means nothing is as if it had not been there. */
    public Model restored(Model model) {
        Map<Divider, Integer> shares = new EnumMap<>(Divider.class);
        for (Divider divider : Divider.values()) {
            word(divider.word())
                    .map(Remembered::share)
                    .ifPresent(share -> {
                        if (share > 0) {
                            shares.put(divider, share);
                        }
                    });
        }
        Shape shape = word(SHAPE).flatMap(Shape::of).orElse(Shape.AUTOMATIC);
        return TableUpdate.arranged(model, TableWords.read(this))
                .with(m -> {
                    m.history = words(SPAWNED);
                    m.acting = m.acting.remembering(words(TYPED));
                    m.arrangement = m.arrangement.restored(shape, shares);
                    List<String> names = words(PINNED);
                    for (int i = 0; i < Math.min(names.size(), PaneId.PINNED.size()); i++) {
                        if (!names.get(i).isBlank()) {
                            PaneId id = PaneId.PINNED.get(i);
                            m.panes = m.panes.with(Pane.waiting(id, names.get(i)));
                        }
                    }
                });
    }

    /** A share in ten-thousandths; 0 for a word that is none. */
    private static int share(String word) {
        boolean number = word.length() <= 5 && word.chars().allMatch(c -> c >= '0' && c <= '9');
        int share = number && !word.isEmpty() ? Integer.parseInt(word) : 0;
        return share < Arrangement.WHOLE ? share : 0;
    }
}
