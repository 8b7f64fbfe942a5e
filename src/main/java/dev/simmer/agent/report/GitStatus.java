package dev.simmer.agent.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which files of a workspace differ from its last commit, by {@code git status --porcelain=v2 -z}
 * (gitformat in git-status(1)). Two of these tell what changed in between, also in files that
 * differed before.
 */
public sealed interface GitStatus {
    /** Time for a call where nothing else is said. */
    Duration LIMIT = Duration.ofSeconds(20);

    /** What Simmer itself puts beside sessions and reports for a moment. */
    Pattern OWN_FILE =
            Pattern.compile(
                    "(?:^|/)(?:" + SafeFolder.BESIDE + "|\\.agents/sessions/\\.[^/]+\\.lock)$");

    /**
     * What git said.
     *
     * @param head the commit; empty before the first one
     * @param files path relative to the workspace, with what tells one state of it from another
     * @param cut whether there were too many to list them all
     */
    record Seen(String head, Map<String, String> files, boolean cut) implements GitStatus {
        public Seen {
            files = Collections.unmodifiableMap(new TreeMap<>(files));
        }

        /** A text to be kept and read again by {@link GitStatus#parse}. */
        public String text() {
            StringBuilder text = new StringBuilder(head).append('\0').append(cut);
            files.forEach(
                    (path, state) -> text.append('\0').append(path).append('\0').append(state));
            return text.toString();
        }
    }

    /** No git, no repository, or no answer in time. */
    record Unseen(String why) implements GitStatus {}

    /**
     * What changed between two looks.
     *
     * @param files relative to the workspace, sorted
     * @param note what is not known, in words; empty where all is known
     */
    record Changes(List<String> files, String note) {}

    /** Looks now. Blocks at most about three times the limit; writes nothing. */
    static GitStatus of(Path workspace, Duration limit) {
        int mostBytes = 256 << 10;
        Git git = new Git(workspace, limit);
        try {
            String prefix = git.line("rev-parse", "--show-prefix");
            Git.Said said =
                    git.wanted(
                            mostBytes,
                            "status",
                            "--porcelain=v2",
                            "--branch",
                            "--no-renames",
                            "--untracked-files=all",
                            "-z",
                            "--",
                            ".");
            return read(said, prefix, workspace);
        } catch (GitFault e) {
            return new Unseen(String.valueOf(e.getMessage()));
        }
    }

    private static GitStatus read(Git.Said said, String prefix, Path workspace) {
        Map<String, String> files = new LinkedHashMap<>();
        String head = "";
        boolean cut = said.cut();
        String[] records = said.text().split("\0", -1);
        // The last piece is empty, or half a record where the output was cut.
        for (int i = 0; i < records.length - 1; i++) {
            String each = records[i];
            if (each.startsWith("# branch.oid ")) {
                String oid = each.substring(13);
                head = oid.startsWith("(") ? "" : oid;
                continue;
            }
            int fields =
                    switch (each.isEmpty() ? ' ' : each.charAt(0)) {
                        case '1' -> 8;
                        case '2' -> 9;
                        case 'u' -> 10;
                        case '?' -> 1;
                        default -> 0;
                    };
            String[] parts = each.split(" ", fields + 1);
            if (fields == 0 || parts.length != fields + 1) {
                continue;
            }
            String path = parts[fields];
            String shown = path.startsWith(prefix) ? path.substring(prefix.length()) : path;
            String state = each.substring(0, each.length() - path.length());
            files.put(shown, state + onDisk(workspace, shown));
            if (each.charAt(0) == '2') {
                i++;
            }
        }
        return new Seen(head, files, cut);
    }

    private static String onDisk(Path workspace, String path) {
        try {
            BasicFileAttributes there =
                    Files.readAttributes(
                            workspace.resolve(path),
                            BasicFileAttributes.class,
                            LinkOption.NOFOLLOW_LINKS);
            return there.size() + " " + there.lastModifiedTime().toInstant();
        } catch (IOException | InvalidPathException e) {
            return "gone";
        }
    }

    /** Reads what {@link Seen#text} wrote. */
    static GitStatus parse(String text) {
        String[] parts = text.split("\0", -1);
        if (parts.length < 2 || parts.length % 2 != 0) {
            return new Unseen("what was seen before the run is not known any more");
        }
        Map<String, String> files = new LinkedHashMap<>();
        for (int i = 2; i < parts.length; i += 2) {
            files.put(parts[i], parts[i + 1]);
        }
        return new Seen(parts[0], files, Boolean.parseBoolean(parts[1]));
    }

    /**
     * What changed.
     *
     * @param except paths that are not told, such as the report's; one that ends in {@code /}
     *     stands for all below it
     */
    static Changes between(Path workspace, GitStatus before, GitStatus after, Set<String> except) {
        if (!(before instanceof Seen old) || !(after instanceof Seen now)) {
            String why = before instanceof Unseen unseen ? unseen.why() : "";
            String whyNow = after instanceof Unseen unseen ? unseen.why() : "";
            return new Changes(
                    List.of(),
                    "what it changed elsewhere is not known: " + (why.isEmpty() ? whyNow : why));
        }
        Set<String> changed = new TreeSet<>();
        List<String> notes = new ArrayList<>();
        for (String path : now.files().keySet()) {
            if (!now.files().get(path).equals(old.files().get(path))) {
                changed.add(path);
            }
        }
        for (String path : old.files().keySet()) {
            if (!now.files().containsKey(path)) {
                changed.add(path);
            }
        }
        if (!old.head().equals(now.head()) && !old.head().isEmpty() && !now.head().isEmpty()) {
            committed(workspace, old.head(), now.head(), changed, notes);
        }
        if (old.cut() || now.cut()) {
            notes.add("git listed more files than are looked at; some changes may be missing");
        }
        changed.removeIf(path ->
                except.contains(path)
                        || OWN_FILE.matcher(path).find()
                        || except.stream()
                                .anyMatch(each -> each.endsWith("/") && path.startsWith(each)));
        return new Changes(List.copyOf(changed), String.join("; ", notes));
    }

    private static void committed(
            Path workspace, String from, String to, Set<String> changed, List<String> notes) {
        try {
            Git.Said said =
                    new Git(workspace, LIMIT)
                            .wanted(
                                    8 << 20,
                                    "diff",
                                    "--name-only",
                                    "--no-renames",
                                    "--no-ext-diff",
                                    "--relative",
                                    "-z",
                                    from,
                                    to);
            for (String path : said.text().split("\0", -1)) {
                if (!path.isEmpty()) {
                    changed.add(path);
                }
            }
        } catch (GitFault e) {
            notes.add("HEAD moved, and what was committed is not known: " + e.getMessage());
        }
    }
}
