package dev.simmer.config;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Finds the files that a glob of {@code java.nio.file} names below a folder, with one difference: a
 * {@code **} that is a whole part of the path also stands for no folder at all, so that {@code
 * src/**}{@code /*.ts} finds {@code src/a.ts}, as in shells and in Git.
 *
 * <p>Folders named {@code .git} and {@code node_modules} are passed over unless the pattern names
 * them. A link to a file counts as a file; a link to a folder is not entered, so no loop of links
 * leads astray.
 */
final class Globs {
    /** Files that one glob may find. */
    static final int MOST = 100_000;

    /** Files and folders that are looked at before the search is given up. */
    private static final int MOST_VISITED = 1_000_000;

    private static final int LONGEST = 1000;
    private static final int MOST_STARS = 4;
    private static final Set<String> PASSED_OVER = Set.of(".git", "node_modules");
    private static final Pattern ANY_DEPTH = Pattern.compile("(?<=^|/)\\*\\*/");

    private final Mistakes mistakes;

    Globs(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    /** Reports a pattern that cannot be used; whether it can. */
    boolean check(YamlNode.Scalar glob) {
        String text = glob.text();
        String what = null;
        String right = "write a pattern such as `src/**/*.ts`";
        if (text.startsWith("/") || text.startsWith("~")) {
            what = "does not begin in the task's folder";
            right = "write it relative to `cwd`";
        } else if (text.length() > LONGEST) {
            what = "is longer than 1,000 characters";
        } else if (ANY_DEPTH.matcher(text).results().count() > MOST_STARS) {
            what = "has more than four `**/`";
        } else {
            try {
                matchers(text);
            } catch (PatternSyntaxException e) {
                what = "is no glob: " + Visible.cut(e.getDescription());
            } catch (IllegalArgumentException e) {
                what = "is no glob";
            }
        }
        if (what == null) {
            return true;
        }
        mistakes.add(glob.at(), "`each.glob`: " + Visible.quoted(text) + " " + what, right);
        return false;
    }

    /**
     * The files that match, as paths relative to the folder, sorted. What cannot be read is passed
     * over; a pattern that finds far too much is reported and finds nothing.
     */
    List<String> find(Path folder, YamlNode.Scalar glob) {
        String pattern = stripped(glob.text());
        String prefix = literalPrefix(pattern);
        Finder finder = new Finder(prefix, matchers(pattern), namedIn(pattern));
        try {
            Files.walkFileTree(folder.resolve(prefix).toRealPath(), finder);
        } catch (InvalidPathException | IOException e) {
            finder.found.clear();
        }
        if (finder.tooMuch) {
            mistakes.add(
                    glob.at(),
                    "`each.glob`: "
                            + Visible.quoted(glob.text())
                            + " finds more than 100,000 files",
                    "write a narrower pattern");
            return List.of();
        }
        return finder.found.stream().map(f -> f.startsWith("-") ? "./" + f : f).toList();
    }

    private static String stripped(String glob) {
        String rest = glob;
        while (rest.startsWith("./")) {
            rest = rest.substring(2);
        }
        return rest;
    }

    /** The folders at the pattern's beginning that hold no special character, with a slash. */
    private static String literalPrefix(String pattern) {
        int special = 0;
        while (special < pattern.length() && "*?[{\\".indexOf(pattern.charAt(special)) < 0) {
            special++;
        }
        return pattern.substring(0, pattern.lastIndexOf('/', special) + 1);
    }

    private static Set<String> namedIn(String pattern) {
        Set<String> named = new LinkedHashSet<>(PASSED_OVER);
        named.removeIf(name -> !pattern.contains(name));
        return named;
    }

    /** The pattern, and the pattern with each choice of its {@code **}{@code /} left out. */
    private static List<PathMatcher> matchers(String glob) {
        Set<String> variants = new LinkedHashSet<>();
        variants.add(stripped(glob));
        for (int round = 0; round < MOST_STARS; round++) {
            for (String variant : List.copyOf(variants)) {
                ANY_DEPTH
                        .matcher(variant)
                        .results()
                        .forEach(stars ->
                                variants.add(
                                        variant.substring(0, stars.start())
                                                + variant.substring(stars.end())));
            }
        }
        List<PathMatcher> matchers = new ArrayList<>();
        for (String variant : variants) {
            matchers.add(FileSystems.getDefault().getPathMatcher("glob:" + variant));
        }
        return matchers;
    }

    /** Walks without entering links and keeps what matches. */
    private static final class Finder extends SimpleFileVisitor<Path> {
        private final String prefix;
        private final List<PathMatcher> matchers;
        private final Set<String> named;
        private final Set<String> found = new TreeSet<>();
        private Optional<Path> top = Optional.empty();
        private int visited;
        private boolean tooMuch;

        Finder(String prefix, List<PathMatcher> matchers, Set<String> named) {
            this.prefix = prefix;
            this.matchers = matchers;
            this.named = named;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            if (top.isEmpty()) {
                top = Optional.of(folder);
                return FileVisitResult.CONTINUE;
            }
            String name = String.valueOf(folder.getFileName());
            return PASSED_OVER.contains(name) && !named.contains(name)
                    ? FileVisitResult.SKIP_SUBTREE
                    : next();
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            boolean regular =
                    attributes.isSymbolicLink()
                            ? Files.isRegularFile(file)
                            : attributes.isRegularFile();
            if (regular && top.isPresent()) {
                String relative = prefix + top.get().relativize(file);
                Path path = Path.of(relative);
                if (matchers.stream().anyMatch(matcher -> matcher.matches(path))) {
                    found.add(relative);
                }
            }
            return next();
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            return next();
        }

        @Override
        public FileVisitResult postVisitDirectory(
                Path folder, @org.jspecify.annotations.Nullable IOException e) {
            return FileVisitResult.CONTINUE;
        }

        private FileVisitResult next() {
            visited++;
            tooMuch = visited > MOST_VISITED || found.size() > MOST;
            return tooMuch ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
        }
    }
}
