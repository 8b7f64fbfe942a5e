package dev.simmer.tui.theme;

import dev.simmer.logs.Style;
import dev.simmer.logs.Style.Color;

import java.util.EnumMap;
import java.util.Map;

/**
 * A look for every {@link Role}, fitted to what the terminal can show. Immutable.
 *
 * <p>A role without a foreground has that of {@link Role#TEXT}; one without a background lies on
 * whatever it is drawn on.
 */
public final class Theme {
    private final String name;
    private final Depth depth;
    private final Map<Role, Long> paints = new EnumMap<>(Role.class);

    private Theme(String name, Depth depth) {
        this.name = name;
        this.depth = depth;
    }

    /**
     * A role's look as a theme file says it.
     *
     * @param foreground 24 bits, or -1 for the text's
     * @param background 24 bits, or -1 for none of its own
     * @param attributes bits of {@link Paint}
     */
    public record Look(int foreground, int background, long attributes) {}

    /** Fits the looks to a terminal. {@link Role#TEXT} must have both colours. */
    static Theme fitted(String name, Map<Role, Look> looks, Depth depth) {
        Theme theme = new Theme(name, depth);
        Look text = looks.getOrDefault(Role.TEXT, new Look(0xd7dbe2, 0x15171c, 0));
        for (Role role : Role.values()) {
            Look plain = new Look(-1, -1, 0);
            Look instead =
                    role.standIn() == Role.TEXT ? plain : looks.getOrDefault(role.standIn(), plain);
            Look look = looks.getOrDefault(role, instead);
            theme.paints.put(role, theme.fit(role, look, text));
        }
        return theme;
    }

    private long fit(Role role, Look look, Look text) {
        if (depth == Depth.MONO) {
            return Paint.of(0, 0, role.monochrome());
        }
        int letters = look.foreground() >= 0 ? look.foreground() : text.foreground();
        int ground = look.background() >= 0 ? look.background() : text.background();
        boolean lostItsGround =
                ground != text.background() && fit(ground) == fit(text.background());
        long attributes = look.attributes() | (lostItsGround ? role.monochrome() : 0);
        return Paint.of(fit(letters), fit(ground), attributes);
    }

    private int fit(int rgb) {
        return switch (depth) {
            case MONO -> 0;
            case ANSI16 -> Paint.INDEXED | Colours.nearest16(rgb);
            case INDEXED256 -> Paint.INDEXED | Colours.nearest256(rgb);
            case RGB -> Paint.RGB | rgb;
        };
    }

    /** The name that people choose it by. */
    public String name() {
        return name;
    }

    /** What the terminal can show. */
    public Depth depth() {
        return depth;
    }

    /** The role on its own ground. */
    public long paint(Role role) {
        return paints.getOrDefault(role, 0L);
    }

    /** The role's letters on another role's ground, such as a state in the selected row. */
    public long paint(Role role, Role ground) {
        long letters = paint(role);
        long below = paint(ground);
        boolean invisible =
                depth != Depth.MONO && Paint.foreground(letters) == Paint.background(below);
        return Paint.of(
                Paint.foreground(invisible ? below : letters),
                Paint.background(below),
                Paint.attributes(letters) | Paint.attributes(below));
    }

    /** What a log's own style looks like on a role's ground; its colours win over the theme's. */
    public long paint(Style style, Role ground) {
        long attributes =
                (style.bold() ? Paint.BOLD : 0)
                        | (style.dim() ? Paint.DIM : 0)
                        | (style.italic() ? Paint.ITALIC : 0)
                        | (style.underline() ? Paint.UNDERLINE : 0)
                        | (style.inverse() ? Paint.INVERSE : 0);
        if (depth == Depth.MONO) {
            return Paint.of(0, 0, attributes);
        }
        long below = paint(ground);
        return Paint.of(
                fit(style.foreground(), Paint.foreground(below)),
                fit(style.background(), Paint.background(below)),
                attributes);
    }

    private int fit(Color color, int ifDefault) {
        return switch (color) {
            case Color.Default() -> ifDefault;
            case Color.Indexed(int index) when depth == Depth.ANSI16 && index >= 16 ->
                    Paint.INDEXED | Colours.nearest16(Colours.rgb(index));
            case Color.Indexed(int index) -> Paint.INDEXED | index;
            case Color.Rgb(int red, int green, int blue) -> fit(red << 16 | green << 8 | blue);
        };
    }
}
