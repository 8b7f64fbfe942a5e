package dev.simmer.tui.theme;

import dev.simmer.tui.theme.Theme.Look;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
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

    private final Map<String, Map<Role, Look>> themes;
    private final List<String> problems;

    private Themes(Map<String, Map<Role, Look>> themes, List<String> problems) {
        this.themes = Collections.unmodifiableMap(themes);
        this.problems = List.copyOf(problems);
    }

    /** Reads every {@code *.yaml} of the folders; one that does not exist holds no themes. */
    public static Themes load(List<Path> folders) {
        Map<String, Map<Role, Look>> themes = new TreeMap<>();
        List<String> problems = new ArrayList<>();
        themes.put(DARK, BuiltIn.dark());
        themes.put(LIGHT, BuiltIn.light());
        for (Path folder : folders) {
            for (Path file : yamlFiles(folder, problems)) {
                read(file, themes, problems);
            }
        }
        return new Themes(themes, problems);
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

    private static void read(
            Path file, Map<String, Map<Role, Look>> themes, List<String> problems) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LARGEST_FILE) {
                problems.add(file + ": is no theme file; one is a regular file of up to 64 KiB");
                return;
            }
            switch (ThemeFile.parse(file, Files.readString(file))) {
                case ThemeFile.Good(String name, Map<Role, Look> looks) -> themes.put(name, looks);
                case ThemeFile.Bad(List<String> mistakes) -> problems.addAll(mistakes);
            }
        } catch (CharacterCodingException e) {
            problems.add(file + ":1: is not UTF-8 text; save it as UTF-8");
        } catch (IOException e) {
            problems.add(file + ": cannot be read: " + e.getMessage());
        }
    }

    /** All names, in the order of the alphabet; never empty. */
    public List<String> names() {
        return List.copyOf(themes.keySet());
    }

    /** What is wrong with files, as {@code file:line:column: what is wrong; what is right}. */
    public List<String> problems() {
        return problems;
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
