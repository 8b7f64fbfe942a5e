package dev.simmer.tui.theme;

import dev.simmer.tui.theme.Theme.Look;
import dev.simmer.tui.theme.ThemeFile.Good;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The themes found in folders of YAML files, and the one that is built in. Immutable.
 *
 * <p>A file of a later folder replaces an equally named theme of an earlier one. A file with a
 * mistake gives a problem and no theme; the others are not affected.
 */
public final class Themes {
    /** A dark theme that is there even if no file is. */
    public static final String DARK = "simmer-dark";

    /** A light theme that is there even if no file is. */
    public static final String LIGHT = "simmer-light";

    /** The theme that is there even if no file is. */
    public static final String BUILT_IN = DARK;

    private static final long LARGEST_FILE = 64 * 1024;

    private final Map<String, Map<Role, Look>> themes = new TreeMap<>();
    private final Map<Path, Good> files = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    private Themes() {
        themes.put(DARK, BuiltIn.dark());
        themes.put(LIGHT, BuiltIn.light());
    }

    /** The two themes that need no file. */
    public static Themes builtIn() {
        return new Themes();
    }

    /** Reads every {@code *.yaml} of the folders; one that does not exist holds no themes. */
    public static Themes load(List<Path> folders) {
        return load(folders, builtIn());
    }

    /**
     * The same once more. A file that has got a mistake since {@code before} keeps the theme that
     * it held.
     */
    public static Themes load(List<Path> folders, Themes before) {
        Themes now = new Themes();
        for (Path folder : folders) {
            for (Path file : yamlFiles(folder, now.problems)) {
                now.read(file, Optional.ofNullable(before.files.get(file)));
            }
        }
        return now;
    }

    /** Reads only the files that are called as the theme, which is faster. */
    public static Themes loadOnly(String name, List<Path> folders) {
        Themes now = new Themes();
        for (Path folder : folders) {
            Path file = folder.resolve(name + ".yaml");
            if (Files.isRegularFile(file)) {
                now.read(file, Optional.empty());
            }
        }
        return now;
    }

    private static List<Path> yamlFiles(Path folder, List<String> problems) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
        } catch (IOException e) {
            problems.add(folder + ": cannot be read: " + e.getMessage());
            return List.of();
        }
    }

    private void read(Path file, Optional<Good> before) {
        int known = problems.size();
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LARGEST_FILE) {
                problems.add(file + ": is no theme file; one is a regular file of up to 64 KiB");
            } else {
                switch (ThemeFile.parse(file, Files.readString(file))) {
                    case Good good -> take(file, good);
                    case ThemeFile.Bad(List<String> mistakes) -> problems.addAll(mistakes);
                }
            }
        } catch (CharacterCodingException e) {
            problems.add(file + ":1: is not UTF-8 text; save it as UTF-8");
        } catch (IOException e) {
            problems.add(file + ": cannot be read: " + e.getMessage());
        }
        if (problems.size() > known) {
            before.ifPresent(good -> take(file, good));
        }
    }

    private void take(Path file, Good good) {
        themes.put(good.name(), good.looks());
        files.put(file, good);
    }

    /** All names, in the order of the alphabet; never empty. */
    public List<String> names() {
        return List.copyOf(themes.keySet());
    }

    /** What is wrong with files, as {@code file:line:column: what is wrong; what is right}. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** The theme with this name, else the built-in one, for a terminal of this depth. */
    public Theme theme(String name, Depth depth) {
        Map<Role, Look> looks = themes.get(name);
        return looks == null
                ? Theme.fitted(BUILT_IN, BuiltIn.dark(), depth)
                : Theme.fitted(name, looks, depth);
    }

    /** Whether there is a theme with this name. */
    public boolean has(String name) {
        return themes.containsKey(name);
    }
}
