package dev.simmer.agent.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A path from a prompt, a flag or a task file, where a report or a session file may lie: in the
 * workspace, also after every link in it is resolved. What is checked here can change before it is
 * used; {@link SafeFolder} therefore opens the folders one by one and follows no link.
 */
public sealed interface SafePath {
    /**
     * A file's place in the workspace; the file need not exist.
     *
     * @param workspace the folder's real path
     * @param relative from the workspace to the file, without links, {@code .} and {@code ..}
     */
    record Inside(Path workspace, Path relative) implements SafePath {
        public Path absolute() {
            return workspace.resolve(relative);
        }

        public String name() {
            return String.valueOf(relative.getFileName());
        }

        /** The place as reports and session files have it, with {@code /}. */
        public String text() {
            return relative.toString().replace('\\', '/');
        }

        /** A file of another name beside it. */
        public Inside beside(String name) {
            return new Inside(workspace, relative.resolveSibling(name));
        }
    }

    /**
     * A path where nothing may lie.
     *
     * @param words what is wrong with which path, and what to do
     */
    record Refused(String words) implements SafePath {}

    /**
     * Checks a path. Looks at the file system, and changes nothing.
     *
     * @param what is to lie there, for the words: "report", "session file"
     */
    static SafePath check(Path workspace, String given, String what) {
        String shown = what + " path \"" + shortened(Clean.line(given)) + "\"";
        if (given.isBlank()) {
            return new Refused("the " + what + " path is empty: name a file in the workspace");
        }
        if (Clean.unfit(given)) {
            return new Refused(
                    "the " + shown + " holds a control character: name the file without it");
        }
        try {
            Path root = workspace.toRealPath();
            return inside(root, workspace.toAbsolutePath().normalize(), Path.of(given), shown);
        } catch (InvalidPathException e) {
            return new Refused("the " + shown + " is no path here: name a file in the workspace");
        } catch (IOException e) {
            return new Refused(
                    "the "
                            + shown
                            + " cannot be looked up ("
                            + Words.of(e)
                            + "): make it readable");
        }
    }

    private static SafePath inside(Path root, Path asNamed, Path given, String shown)
            throws IOException {
        Path relative = given;
        if (given.isAbsolute()) {
            if (given.startsWith(root)) {
                relative = root.relativize(given);
            } else if (given.startsWith(asNamed)) {
                relative = asNamed.relativize(given);
            } else {
                return leaves(shown, root);
            }
        }
        Path current = root;
        for (Path element : relative) {
            String name = element.toString();
            if (name.equals("..")) {
                return new Refused(
                        "the "
                                + shown
                                + " goes upwards by \"..\": write it without, below "
                                + root);
            }
            if (name.toLowerCase(Locale.ROOT).equals(".git")) {
                return new Refused(
                        "the " + shown + " lies in git's own folder: choose another folder");
            }
            if (name.isEmpty() || name.equals(".")) {
                continue;
            }
            if (!current.equals(root) && Files.isRegularFile(current)) {
                return new Refused(
                        "the "
                                + shown
                                + " leads through a file, "
                                + root.relativize(current)
                                + ": choose another folder");
            }
            current = current.resolve(name);
            if (Files.isSymbolicLink(current)) {
                try {
                    current = current.toRealPath();
                } catch (NoSuchFileException e) {
                    return new Refused(
                            "the "
                                    + shown
                                    + " leads through a link to nothing, "
                                    + name
                                    + ": remove the link or make its target");
                }
                if (!current.startsWith(root)) {
                    return leaves(shown + " (by the link " + name + ")", root);
                }
            }
        }
        if (current.equals(root) || Files.isDirectory(current, LinkOption.NOFOLLOW_LINKS)) {
            return new Refused("the " + shown + " is a folder: name a file");
        }
        return new Inside(root, root.relativize(current));
    }

    private static Refused leaves(String shown, Path root) {
        return new Refused(
                "the "
                        + shown
                        + " leaves the workspace: choose one below "
                        + Clean.line(root.toString()));
    }

    private static String shortened(String text) {
        return text.length() <= 200 ? text : text.substring(0, 200) + "…";
    }
}
