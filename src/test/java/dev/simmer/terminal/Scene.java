package dev.simmer.terminal;

import java.util.List;

/**
 * What a picture shows.
 *
 * @param name of its files
 * @param theme a shipped one
 * @param keys what is pressed, by tmux's names
 * @param until what is on the screen after the last key and not before
 * @param bars whether it shows bars that move with the clock
 */
record Scene(
        String name,
        String theme,
        int columns,
        int rows,
        List<String> keys,
        String until,
        boolean bars) {
    private static final int SMALL_COLUMNS = 100;
    private static final int SMALL_ROWS = 30;
    private static final int LARGE_COLUMNS = 160;
    private static final int LARGE_ROWS = 45;

    /** All pictures. */
    static List<Scene> all() {
        return List.of(
                small("dashboard-dark", "simmer-dark", "chunk 214/312", "g", "j", "j"),
                small("dashboard-light", "simmer-light", "chunk 214/312", "g", "j", "j"),
                small("dashboard-contrast", "high-contrast-dark", "chunk 214/312", "g", "j", "j"),
                large("desk-dark", "simmer-dark", "AssertionError", desk()),
                large("desk-light", "simmer-light", "AssertionError", desk()),
                large("desk-contrast", "high-contrast-dark", "AssertionError", desk()),
                large("agent", "warm-dark", "unzoom", "g", "9j", "Enter"),
                small("agent-report", "soft-light", "coupon.ts:44", "G", "v", "z"),
                small("timeline", "cold-dark", "earlier", "g", "j", "j", "T").withBars(),
                small("palette", "simmer-dark", "❯ res", "g", "j", "j", ":", "r", "e", "s"),
                small("themes", "colour-blind-dark", "Enter keep", "g", "t"));
    }

    private static String[] desk() {
        return new String[] {"g", "j", "j", "P", "G", "k", "k", "P", "g", "3j"};
    }

    private static Scene small(String name, String theme, String until, String... keys) {
        return new Scene(name, theme, SMALL_COLUMNS, SMALL_ROWS, spread(keys), until, false);
    }

    private static Scene large(String name, String theme, String until, String... keys) {
        return new Scene(name, theme, LARGE_COLUMNS, LARGE_ROWS, spread(keys), until, false);
    }

    /** {@code 9j} is nine times {@code j}. */
    private static List<String> spread(String... keys) {
        return List.of(keys).stream()
                .flatMap(key ->
                        key.matches("[0-9].")
                                ? java.util.Collections.nCopies(
                                        key.charAt(0) - '0', key.substring(1))
                                        .stream()
                                : java.util.stream.Stream.of(key))
                .toList();
    }

    private Scene withBars() {
        return new Scene(name, theme, columns, rows, keys, until, true);
    }
}
