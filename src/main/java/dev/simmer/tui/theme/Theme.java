package dev.simmer.tui.theme;

import dev.simmer.logs.Style;
import dev.simmer.logs.Style.Color;
import java.util.Arrays;
import java.util.Map;

/**
 * A look for every {@link Role}, fitted to what the terminal can show. Immutable.
 *
 * <p>A role without a foreground has that of {@link Role#TEXT}; one without a background lies on
 * whatever it is drawn on.
 */
public final class Theme {
    /** The least contrast of letters, by WCAG 2.2, success criterion 1.4.3. */
    public static final double LEAST_CONTRAST = 4.5;

    private static final Role[] ROLES = Role.values();
    private static final long UNKNOWN = -1;
    private static final Look PLAIN = new Look(-1, -1, 0);

    private final String name;
    private final Depth depth;
    private final Look[] looks = new Look[ROLES.length];
    private final long[] paints = new long[ROLES.length];

    /** Found when they are first asked for; every thread would find the same. */
    private final long[] paired = new long[ROLES.length * ROLES.length];

    private Theme(String name, Depth depth) {
        this.name = name;
        this.depth = depth;
        Arrays.fill(paired, UNKNOWN);
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
        for (Role role : ROLES) {
            Look look = look(looks, role);
            int letters = look.foreground() >= 0 ? look.foreground() : text.foreground();
            int ground = look.background() >= 0 ? look.background() : text.background();
            theme.looks[at(role)] = new Look(letters, ground, look.attributes());
        }
        for (Role role : ROLES) {
            theme.paints[at(role)] = theme.fit(role);
        }
        return theme;
    }

    private static Look look(Map<Role, Look> looks, Role role) {
        Role from = role;
        while (!looks.containsKey(from) && from != Role.TEXT) {
            from = from.standIn();
        }
        return from == Role.TEXT && role != Role.TEXT ? PLAIN : looks.getOrDefault(from, PLAIN);
    }

    private long fit(Role role) {
        if (depth == Depth.MONO) {
            return Paint.of(0, 0, role.monochrome());
        }
        Look look = looks[at(role)];
        int textGround = looks[at(Role.TEXT)].background();
        int ground = fit(look.background());
        boolean lostItsGround = look.background() != textGround && ground == fit(textGround);
        long attributes = look.attributes() | (lostItsGround ? role.monochrome() : 0);
        return Paint.of(letters(role, ground), ground, attributes);
    }

    private long fit(Role role, Role ground) {
        long below = paints[at(ground)];
        long attributes = Paint.attributes(paints[at(role)]) | Paint.attributes(below);
        if (depth == Depth.MONO) {
            return Paint.of(0, 0, attributes);
        }
        int letters = letters(role, Paint.background(below));
        boolean invisible = letters == Paint.background(below);
        return Paint.of(
                invisible ? Paint.foreground(below) : letters, Paint.background(below), attributes);
    }

    /** A role's letters, which in a palette must be readable on the entry below them. */
    private int letters(Role role, int ground) {
        int rgb = looks[at(role)].foreground();
        if (!role.isText()) {
            return fit(rgb);
        }
        int below = ground & 0xff;
        return switch (depth) {
            case MONO, RGB -> fit(rgb);
            case ANSI16 -> Paint.INDEXED | Colours.nearest16(rgb, below, LEAST_CONTRAST);
            case INDEXED256 -> Paint.INDEXED | Colours.nearest256(rgb, below, LEAST_CONTRAST);
        };
    }

    private int fit(int rgb) {
        return switch (depth) {
            case MONO -> 0;
            case ANSI16 -> Paint.INDEXED | Colours.nearest16(rgb);
            case INDEXED256 -> Paint.INDEXED | Colours.nearest256(rgb);
            case RGB -> Paint.RGB | rgb;
        };
    }

    @SuppressWarnings("EnumOrdinal") // a place in an array that lives as long as the enum
    private static int at(Role role) {
        return role.ordinal();
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
        return paints[at(role)];
    }

    /** The role's letters on another role's ground, such as a state in the selected row. */
    public long paint(Role role, Role ground) {
        int pair = at(role) * ROLES.length + at(ground);
        if (paired[pair] == UNKNOWN) {
            paired[pair] = fit(role, ground);
        }
        return paired[pair];
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
