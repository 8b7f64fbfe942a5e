package dev.simmer.model;

/** Characters as Unicode classes them. */
public final class CodePoint {
    private CodePoint() {}

    /**
     * Whether a character acts on what shows it rather than being seen: controls, formats (among
     * them those that turn the direction of writing), line separators, halves of pairs and what is
     * not assigned.
     */
    public static boolean acts(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED ->
                    true;
            default -> false;
        };
    }
}
