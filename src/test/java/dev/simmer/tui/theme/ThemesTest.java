package dev.simmer.tui.theme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.simmer.logs.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThemesTest {
    private static final Path SHIPPED = Path.of("themes");
    private static final List<Role> GROUNDS =
            List.of(
                    Role.TEXT,
                    Role.SELECTION,
                    Role.SELECTION_IDLE,
                    Role.OVERLAY,
                    Role.MARKED_LINE,
                    Role.FIELD,
                    Role.FIELD_FOCUS);
    private static final Themes THEMES = Themes.load(List.of(SHIPPED));

    @Test
    void shippedThemesAreWhole() throws IOException {
        assertThat(THEMES.problems()).isEmpty();
        assertThat(THEMES.names()).hasSizeGreaterThanOrEqualTo(8).contains(Themes.BUILT_IN);
        String readme = Files.readString(SHIPPED.resolve("README.md"));
        for (Role role : Role.values()) {
            assertThat(readme).contains("`" + role.key() + "`");
            for (String name : THEMES.names()) {
                assertThat(Files.readString(SHIPPED.resolve(name + ".yaml")))
                        .contains("\n  " + role.key() + ": ");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {Themes.DARK, Themes.LIGHT})
    void builtInThemesAreThoseOfTheFiles(String name) {
        Theme file = THEMES.theme(name, Depth.RGB);
        Theme built = Themes.load(List.of()).theme(name, Depth.RGB);
        for (Role role : Role.values()) {
            assertThat(built.paint(role)).as(role.key()).isEqualTo(file.paint(role));
        }
    }

    /** Every pair of letters and ground that can be on the screen. */
    private static Map<String, Long> pairs(Theme theme) {
        Map<String, Long> pairs = new LinkedHashMap<>();
        for (Role role : Role.values()) {
            if (!role.isText()) {
                continue;
            }
            pairs.put(theme.name() + " " + role.key(), theme.paint(role));
            for (Role ground : ownGround(theme, role) ? List.<Role>of() : GROUNDS) {
                String pair = role.key() + " on " + ground.key();
                pairs.put(theme.name() + " " + pair, theme.paint(role, ground));
            }
        }
        return pairs;
    }

    private static boolean ownGround(Theme theme, Role role) {
        return Paint.background(theme.paint(role)) != Paint.background(theme.paint(Role.TEXT));
    }

    private static int shown(int colour) {
        return (colour & Paint.RGB) != 0 ? colour & 0xffffff : Colours.rgb(colour & 0xff);
    }

    private static double contrast(long paint) {
        return Colours.contrast(shown(Paint.foreground(paint)), shown(Paint.background(paint)));
    }

    @ParameterizedTest
    @EnumSource(names = "MONO", mode = EnumSource.Mode.EXCLUDE)
    void textIsReadable(Depth depth) {
        List<String> faint = new ArrayList<>();
        for (String name : THEMES.names()) {
            boolean high = name.startsWith("high-contrast") && depth == Depth.RGB;
            pairs(THEMES.theme(name, depth))
                    .forEach((pair, paint) -> {
                        if (contrast(paint) < (high ? 7 : Theme.LEAST_CONTRAST)) {
                            faint.add(pair + ": " + contrast(paint));
                        }
                    });
        }
        assertThat(faint).isEmpty();
    }

    /** What people must tell apart at a glance. */
    private static final List<Role> STATES =
            List.of(Role.FAILED, Role.SUCCEEDED, Role.RUNNING, Role.WAITING);

    /**
     * A colour as it is seen without the cones for green. Source: Machado, Oliveira and Fernandes,
     * "A Physiologically-based Model for Simulation of Color Vision Deficiency", 2009,
     * deuteranomaly of severity 1.0, for linear light.
     */
    private static double[] deuteranope(int rgb) {
        double r = linear(rgb >> 16 & 0xff);
        double g = linear(rgb >> 8 & 0xff);
        double b = linear(rgb & 0xff);
        return new double[] {
            0.367322 * r + 0.860646 * g - 0.227968 * b,
            0.280085 * r + 0.672501 * g + 0.047413 * b,
            -0.011820 * r + 0.042940 * g + 0.968881 * b
        };
    }

    private static double linear(int channel) {
        double c = channel / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }

    /** Lightness of CIELAB, 0 to 100. */
    private static double lightness(int rgb) {
        double[] seen = deuteranope(rgb);
        double y = 0.2126 * seen[0] + 0.7152 * seen[1] + 0.0722 * seen[2];
        return 116 * Math.cbrt(Math.max(0.01, y)) - 16;
    }

    @ParameterizedTest
    @ValueSource(strings = {"colour-blind-dark", "colour-blind-light"})
    void statesDifferInLightnessToEyesThatDoNotTellRedFromGreen(String name) {
        Theme theme = THEMES.theme(name, Depth.RGB);
        for (Role one : STATES) {
            for (Role other : STATES) {
                if (one != other) {
                    double apart =
                            lightness(Paint.foreground(theme.paint(one)) & 0xffffff)
                                    - lightness(Paint.foreground(theme.paint(other)) & 0xffffff);
                    assertThat(Math.abs(apart)).as("%s and %s", one, other).isGreaterThan(5);
                }
            }
        }
    }

    @Test
    void contrastIsThatOfTheStandard() {
        assertThat(Colours.contrast(0, 0xffffff)).isEqualTo(21.0);
        assertThat(Colours.contrast(0x777777, 0xffffff)).isBetween(4.47, 4.49);
    }

    @Test
    void nearestColoursLookAlike() {
        assertThat(Colours.nearest256(0xff0000)).isEqualTo(196);
        assertThat(Colours.nearest256(0x808080)).isEqualTo(244);
        assertThat(Colours.nearest16(0xffffff)).isEqualTo(15);
        assertThat(Colours.nearest16(0x15171c)).isZero();
        assertThat(Colours.nearest16(0x8bd49c)).as("a soft green").isEqualTo(2);
        assertThat(Colours.nearest16(0xf4a261)).as("a soft orange").isEqualTo(3);
        assertThat(Colours.nearest16(0xff8f8f)).as("a soft red").isEqualTo(9);
        assertThat(Colours.rgb(231)).isEqualTo(0xffffff);
    }

    @Test
    void everyDepthUsesOnlyWhatItHas() {
        for (String name : THEMES.names()) {
            for (Role role : Role.values()) {
                long mono = THEMES.theme(name, Depth.MONO).paint(role);
                assertThat(mono & ~Paint.ATTRIBUTES).isZero();
                int ansi = Paint.foreground(THEMES.theme(name, Depth.ANSI16).paint(role));
                assertThat(ansi).isBetween(Paint.INDEXED, Paint.INDEXED | 15);
                int indexed = Paint.foreground(THEMES.theme(name, Depth.INDEXED256).paint(role));
                assertThat(indexed).isBetween(Paint.INDEXED | 16, Paint.INDEXED | 255);
            }
        }
    }

    @Test
    void selectionIsSeenInEveryDepth() {
        for (String name : THEMES.names()) {
            for (Depth depth : Depth.values()) {
                Theme theme = THEMES.theme(name, depth);
                long row = theme.paint(Role.TEXT, Role.SELECTION);
                assertThat(row).as("%s %s", name, depth).isNotEqualTo(theme.paint(Role.TEXT));
                long state = theme.paint(Role.FAILED, Role.SELECTION);
                boolean seen =
                        depth == Depth.MONO || Paint.foreground(state) != Paint.background(state);
                assertThat(seen).as("%s %s", name, depth).isTrue();
            }
        }
    }

    @Test
    void logColoursAreFitted() {
        Style.Color rgb = new Style.Color.Rgb(255, 0, 0);
        Style red = new Style(rgb, Style.Color.DEFAULT, true, false, false, false, false);
        long wide = THEMES.theme("simmer-dark", Depth.RGB).paint(red, Role.TEXT);
        long narrow = THEMES.theme("simmer-dark", Depth.INDEXED256).paint(red, Role.TEXT);
        long none = THEMES.theme("simmer-dark", Depth.MONO).paint(red, Role.TEXT);
        assertThat(Paint.foreground(wide)).isEqualTo(Paint.RGB | 0xff0000);
        assertThat(Paint.foreground(narrow)).isEqualTo(Paint.INDEXED | 196);
        assertThat(none).isEqualTo(Paint.BOLD);
    }

    @Test
    void depthFollowsTheEnvironment() {
        assertThat(Depth.of(Map.of("TERM", "xterm-256color"))).isEqualTo(Depth.INDEXED256);
        assertThat(Depth.of(Map.of("TERM", "xterm", "COLORTERM", "truecolor")))
                .isEqualTo(Depth.RGB);
        assertThat(Depth.of(Map.of("TERM", "linux"))).isEqualTo(Depth.ANSI16);
        assertThat(Depth.of(Map.of("TERM", "xterm-256color", "NO_COLOR", "1")))
                .isEqualTo(Depth.MONO);
        assertThat(Depth.of(Map.of("TERM", "xterm-256color", "NO_COLOR", "")))
                .isEqualTo(Depth.INDEXED256);
        assertThat(Depth.of(Map.of("TERM", "dumb", "COLORTERM", "truecolor")))
                .isEqualTo(Depth.MONO);
    }

    @Test
    void brokenFileIsReportedAndTheOthersWork(@TempDir Path folder) throws IOException {
        Path bad = folder.resolve("bad.yaml");
        Files.writeString(
                bad,
                """
                name: bad
                roles:
                  text: {fg: "#ffffff", bg: "#000000"}
                  failled: {fg: "#ff0000"}
                  failed: {fg: crimson, bold: yes}
                  ready: {colour: "#00ff00"}
                """);
        Files.writeString(
                folder.resolve("good.yaml"),
                "roles: {text: {fg: \"#ffffff\", bg: \"#000000\"}, failed: {bold: true}}\n");
        Files.writeString(folder.resolve("torn.yaml"), "roles: {text: [");
        Files.writeString(folder.resolve("void.yaml"), "");
        Files.write(folder.resolve("bytes.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        Themes themes = Themes.load(List.of(folder, folder.resolve("missing")));
        assertThat(themes.names()).containsExactly("good", "simmer-dark", "simmer-light");
        assertThat(themes.problems())
                .anyMatch(p -> p.startsWith(bad + ":4:3: unknown role `failled`"))
                .anyMatch(p -> p.startsWith(bad + ":5:16: no such colour"))
                .anyMatch(p -> p.startsWith(bad + ":5:31: expected true or false"))
                .anyMatch(p -> p.startsWith(bad + ":6:11: unknown key `colour`"))
                .anyMatch(p -> p.startsWith(folder.resolve("torn.yaml") + ":1:"))
                .anyMatch(
                        p -> p.startsWith(folder.resolve("void.yaml") + ":1:1: the file is empty"))
                .anyMatch(p -> p.startsWith(folder.resolve("bytes.yaml") + ":"))
                .hasSize(7);
        long failed = themes.theme("good", Depth.RGB).paint(Role.FAILED);
        assertThat(failed).isEqualTo(Paint.of(Paint.RGB | 0xffffff, Paint.RGB, Paint.BOLD));
    }

    @Test
    void olderThemeLendsItsLooksToNewerRoles(@TempDir Path folder) throws IOException {
        Files.writeString(
                folder.resolve("old.yaml"),
                "roles: {text: {fg: \"#ffffff\", bg: \"#000000\"}, backoff: {fg: \"#ffff00\"}}\n");
        Theme old = Themes.load(List.of(folder)).theme("old", Depth.RGB);
        assertThat(old.paint(Role.ATTENTION)).isEqualTo(old.paint(Role.BACKOFF));
        assertThat(old.paint(Role.ADDED)).isEqualTo(old.paint(Role.TEXT));
    }

    @Test
    void laterFolderReplacesATheme(@TempDir Path folder) throws IOException {
        Files.writeString(
                folder.resolve("mine.yaml"),
                "name: simmer-dark\nroles: {text: {fg: \"#111111\", bg: \"#eeeeee\"}}\n");
        Theme theme = Themes.load(List.of(SHIPPED, folder)).theme("simmer-dark", Depth.RGB);
        assertThat(Paint.foreground(theme.paint(Role.TEXT))).isEqualTo(Paint.RGB | 0x111111);
    }
}
