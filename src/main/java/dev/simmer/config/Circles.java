package dev.simmer.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds circles among things that name each other. */
final class Circles {
    private final Map<String, List<String>> next;
    private final Set<String> done = new HashSet<>();
    private final List<String> path = new ArrayList<>();
    private final List<List<String>> circles = new ArrayList<>();

    private Circles(Map<String, List<String>> next) {
        this.next = next;
    }

    /**
     * Circles, at least one of each knot; each begins with the member that comes first. The search
     * goes as deep as the longest chain, which the size of a task file bounds.
     *
     * @param next for each, in order, whom it names, itself left out
     */
    static List<List<String>> among(Map<String, List<String>> next) {
        Circles search = new Circles(next);
        List<String> names = List.copyOf(next.keySet());
        names.forEach(search::visit);
        return search.circles.stream().map(circle -> turned(circle, names)).toList();
    }

    private void visit(String name) {
        int seen = path.indexOf(name);
        if (seen >= 0) {
            circles.add(List.copyOf(path.subList(seen, path.size())));
            return;
        }
        if (!done.add(name)) {
            return;
        }
        path.add(name);
        next.getOrDefault(name, List.of()).forEach(this::visit);
        path.removeLast();
    }

    private static List<String> turned(List<String> circle, List<String> order) {
        int first = 0;
        for (int i = 1; i < circle.size(); i++) {
            if (order.indexOf(circle.get(i)) < order.indexOf(circle.get(first))) {
                first = i;
            }
        }
        List<String> turned = new ArrayList<>(circle.subList(first, circle.size()));
        turned.addAll(circle.subList(0, first));
        return turned;
    }

    /** The circle in words, closed: {@code a -> b -> a}. */
    static String words(List<String> circle) {
        List<String> shown = new ArrayList<>(circle.stream().map(Visible::cut).toList());
        shown.add(shown.getFirst());
        return String.join(" -> ", shown);
    }
}
