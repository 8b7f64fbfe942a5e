package dev.simmer.agent.report;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A git worktree of an agent's own, on a branch of its own. The user's files, index and branches
 * are not touched; git keeps its list of worktrees in the repository's own folder.
 *
 * @param workspace the user's folder, which may lie below the repository's top
 * @param folder the worktree's top
 * @param workplace where the agent works: the workspace's place in the worktree
 * @param branch such as {@code simmer/20260123-143000-audit}
 * @param base the commit that it began with
 * @param copied files that were copied into it, relative to the workspace, with their SHA-256
 */
public record Worktree(
        Path workspace,
        Path folder,
        Path workplace,
        String branch,
        String base,
        Map<String, String> copied) {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int MOST_DIFF_BYTES = 1 << 20;
    private static final int MOST_STAT_BYTES = 256 << 10;
    private static final long MOST_COPIED_BYTES = 64L << 20;
    private static final int MOST_NAMES = 100;

    public Worktree {
        copied = Collections.unmodifiableMap(new LinkedHashMap<>(copied));
    }

    /** What came of making one. */
    public sealed interface Adding {
        /**
         * It is there.
         *
         * @param notes files that could not be copied, each with the reason
         */
        record Added(Worktree worktree, List<String> notes) implements Adding {}

        /** It is not; the reason says what to do. */
        record Refused(String reason) implements Adding {}
    }

    /**
     * What it holds at the end.
     *
     * @param removed whether nothing had changed, so that it was removed with its branch
     * @param stat {@code git diff --stat}; empty where nothing changed
     * @param diff in git's format; empty where nothing changed
     * @param cut whether the diff is longer than what is given of it
     * @param note what went wrong, in words; empty where nothing did
     */
    public record Ending(boolean removed, String stat, String diff, boolean cut, String note) {}

    /**
     * Makes one of the workspace's last commit.
     *
     * @param parent the folder to put it in, outside of the workspace; made where missing
     * @param name of the run; made safe, and made unique by a number
     * @param copy files of the workspace that git does not have, such as {@code .env}
     */
    public static Adding add(Path workspace, Path parent, String name, List<String> copy) {
        return switch (claim(workspace, parent, name)) {
            case Adding.Added(Worktree claimed, List<String> _) -> claimed.make(copy);
            case Adding.Refused refused -> refused;
        };
    }

    /**
     * Takes a place for one by an empty folder: nobody else takes it. It is then either {@link
     * #make made} or {@link #abandon abandoned}, perhaps by a later process that was told of it.
     */
    public static Adding claim(Path workspace, Path parent, String name) {
        Git git = new Git(workspace, LIMIT);
        try {
            String base = git.line("rev-parse", "--verify", "--quiet", "HEAD^{commit}");
            String prefix = git.line("rev-parse", "--show-prefix");
            Files.createDirectories(parent);
            String safe = ReportName.safe(name);
            Path real = parent.toRealPath();
            for (int number = 1; number < MOST_NAMES; number++) {
                String each = safe + (number == 1 ? "" : "-" + number);
                String branch = "simmer/" + each;
                Path folder = real.resolve(each);
                if (git.run(1 << 10, "rev-parse", "--verify", "-q", "refs/heads/" + branch).exit()
                                == 0
                        || !taken(folder)) {
                    continue;
                }
                return new Adding.Added(
                        new Worktree(
                                workspace.toRealPath(),
                                folder,
                                folder.resolve(prefix).normalize(),
                                branch,
                                base,
                                Map.of()),
                        List.of());
            }
            return new Adding.Refused(
                    "no worktree was made: there are "
                            + MOST_NAMES
                            + " of the name "
                            + safe
                            + "; remove some (git worktree list)");
        } catch (GitFault e) {
            return refused(e);
        } catch (IOException e) {
            return new Adding.Refused("no worktree was made: " + Words.of(e));
        }
    }

    private static boolean taken(Path folder) throws IOException {
        try {
            Files.createDirectory(folder);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    private static Adding refused(GitFault fault) {
        return new Adding.Refused(
                "no worktree was made: "
                        + why(fault)
                        + "; isolation: worktree needs a git repository with a commit");
    }

    /** Makes one that was claimed. */
    public Adding make(List<String> copy) {
        try {
            new Git(workspace, LIMIT)
                    .wanted(
                            1 << 16,
                            "worktree",
                            "add",
                            "--quiet",
                            "-b",
                            branch,
                            folder.toString(),
                            base);
            Files.createDirectories(workplace);
            Map<String, String> now = new LinkedHashMap<>();
            List<String> notes = new ArrayList<>();
            for (String file : copy) {
                copy(workspace, workplace, file, now).ifPresent(notes::add);
            }
            return new Adding.Added(
                    new Worktree(workspace, folder, workplace, branch, base, now),
                    List.copyOf(notes));
        } catch (GitFault e) {
            abandon();
            return refused(e);
        } catch (IOException e) {
            abandon();
            return new Adding.Refused("no worktree was made: " + Words.of(e));
        }
    }

    /**
     * Gives up one that was claimed and in which nothing has ever worked, however far it was made:
     * removes it with its branch.
     *
     * @return whether it is gone
     */
    public boolean abandon() {
        try {
            Git git = new Git(workspace, LIMIT);
            boolean _ =
                    git.run(1 << 16, "worktree", "remove", "--force", folder.toString()).exit() == 0
                            || Files.deleteIfExists(folder);
            git.run(1 << 16, "update-ref", "-d", "refs/heads/" + branch, base);
            return !Files.exists(folder, LinkOption.NOFOLLOW_LINKS);
        } catch (GitFault | IOException e) {
            return false;
        }
    }

    private static String why(GitFault fault) {
        String message = String.valueOf(fault.getMessage());
        return message.endsWith("exit 1") ? "the repository has no commit yet" : message;
    }

    private static Optional<String> copy(
            Path workspace, Path workplace, String file, Map<String, String> copied) {
        SafePath checked = SafePath.check(workspace, file, "copied file");
        if (!(checked instanceof SafePath.Inside inside)) {
            return Optional.of(((SafePath.Refused) checked).words());
        }
        String shown = "copy: " + Clean.line(file);
        Path from = inside.absolute();
        try {
            if (!Files.isRegularFile(from, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.of(shown + " is not there, or no regular file");
            }
            if (Files.size(from) > MOST_COPIED_BYTES) {
                return Optional.of(shown + " is larger than 64 MiB");
            }
            SafePath target = SafePath.check(workplace, inside.text(), "copied file");
            if (!(target instanceof SafePath.Inside to)) {
                return Optional.of(((SafePath.Refused) target).words());
            }
            Files.createDirectories(to.absolute().resolveSibling("."));
            Files.copy(
                    from,
                    to.absolute(),
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.COPY_ATTRIBUTES,
                    LinkOption.NOFOLLOW_LINKS);
            copied.put(inside.text(), hash(to.absolute()));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(shown + ": " + Words.of(e));
        }
    }

    private static String hash(Path file) throws IOException {
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                return "";
            }
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What it holds now; nothing is changed. For a look in between. */
    public Ending look() {
        try {
            return changed().isPresent() ? told("") : new Ending(false, "", "", false, "");
        } catch (GitFault | IOException e) {
            return unknown(e);
        }
    }

    /** To be called once nothing works in it any more: removes it where nothing changed. */
    public Ending end() {
        try {
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                return new Ending(true, "", "", false, "");
            }
            if (changed().isPresent()) {
                return told("");
            }
            Git git = new Git(workspace, LIMIT);
            git.wanted(1 << 16, "worktree", "remove", "--force", folder.toString());
            // Only where it still stands at its beginning: an agent may have moved it elsewhere.
            git.run(1 << 16, "update-ref", "-d", "refs/heads/" + branch, base);
            return new Ending(true, "", "", false, "");
        } catch (GitFault | IOException e) {
            return unknown(e);
        }
    }

    private Ending unknown(Exception problem) {
        String words =
                problem instanceof IOException io
                        ? Words.of(io)
                        : String.valueOf(problem.getMessage());
        return new Ending(
                false,
                "",
                "",
                false,
                "what the worktree " + folder + " holds is not known (" + words + "); it was kept");
    }

    /** Something that changed, a copied file that is as it was copied not counted. */
    private Optional<String> changed() throws GitFault, IOException {
        Git git = new Git(folder, LIMIT);
        if (!git.line("rev-parse", "HEAD").equals(base)) {
            return Optional.of("HEAD");
        }
        if (!new Git(workspace, LIMIT)
                .run(1 << 10, "rev-parse", "-q", "--verify", "refs/heads/" + branch)
                .text()
                .strip()
                .equals(base)) {
            return Optional.of(branch);
        }
        Git.Said said =
                git.wanted(
                        MOST_STAT_BYTES,
                        arguments(
                                List.of(
                                        "status",
                                        "--porcelain=v2",
                                        "--no-renames",
                                        "--untracked-files=all",
                                        "-z")));
        return said.out().length == 0 ? Optional.empty() : Optional.of("files");
    }

    /** The arguments, and that copied files which are as they were do not count. */
    private String[] arguments(List<String> arguments) throws IOException, GitFault {
        List<String> all = new ArrayList<>(arguments);
        all.add("--");
        all.add(":(top)");
        String prefix = folder.relativize(workplace).toString();
        for (Map.Entry<String, String> file : copied.entrySet()) {
            // Git refuses to add where an ignored file is named, even to leave it out.
            if (hash(workplace.resolve(file.getKey())).equals(file.getValue())
                    && !ignored(file.getKey())) {
                String path = prefix.isEmpty() ? file.getKey() : prefix + "/" + file.getKey();
                all.add(":(top,exclude,literal)" + path);
            }
        }
        return all.toArray(String[]::new);
    }

    private boolean ignored(String file) throws GitFault {
        return new Git(workplace, LIMIT).run(1 << 10, "check-ignore", "-q", "--", file).exit() == 0;
    }

    /** Compares through an index aside, so that the agent's own stays as it left it. */
    private Ending told(String note) throws GitFault, IOException {
        Path index = Files.createTempFile("simmer-index", "");
        try {
            Path own =
                    folder.resolve(new Git(folder, LIMIT).line("rev-parse", "--git-path", "index"));
            Files.copy(own, index, StandardCopyOption.REPLACE_EXISTING);
            Git git = new Git(folder, LIMIT, Map.of("GIT_INDEX_FILE", index.toString()));
            git.wanted(1 << 16, arguments(List.of("add", "--all")));
            List<String> diff =
                    List.of("diff", "--cached", "--no-color", "--no-ext-diff", "--no-textconv");
            List<String> asStat = new ArrayList<>(diff);
            asStat.addAll(List.of("--stat=100", base));
            List<String> asText = new ArrayList<>(diff);
            asText.add(base);
            String stat =
                    Clean.lines(git.wanted(MOST_STAT_BYTES, arguments(asStat)).text())
                            .stripTrailing();
            Git.Said text = git.wanted(MOST_DIFF_BYTES, arguments(asText));
            return new Ending(false, stat, Clean.lines(text.text()), text.cut(), note);
        } finally {
            Files.deleteIfExists(index);
            Files.deleteIfExists(index.resolveSibling(index.getFileName() + ".lock"));
        }
    }

    /** A text to be kept and read again by {@link #parse}. */
    public String text() {
        StringBuilder text =
                new StringBuilder(workspace.toString())
                        .append('\0')
                        .append(folder)
                        .append('\0')
                        .append(workplace)
                        .append('\0')
                        .append(branch)
                        .append('\0')
                        .append(base);
        copied.forEach((path, hash) -> text.append('\0').append(path).append('\0').append(hash));
        return text.toString();
    }

    /** Reads what {@link #text} wrote; empty for anything else. */
    public static Optional<Worktree> parse(String text) {
        String[] parts = text.split("\0", -1);
        if (parts.length < 5 || parts.length % 2 == 0) {
            return Optional.empty();
        }
        Map<String, String> copied = new LinkedHashMap<>();
        for (int i = 5; i < parts.length; i += 2) {
            copied.put(parts[i], parts[i + 1]);
        }
        return Optional.of(
                new Worktree(
                        Path.of(parts[0]),
                        Path.of(parts[1]),
                        Path.of(parts[2]),
                        parts[3],
                        parts[4],
                        copied));
    }
}
