package dev.simmer.config;

import dev.simmer.model.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the files of a project say that one can do with it: scripts of package.json, Procfile,
 * Makefile, Maven, Gradle, Cargo, Go, Python. Nothing is run, and a file that cannot be read is
 * told of and passed over.
 *
 * @param tasks in the order of the task file; names are unique, needs among them
 * @param leftOut what was seen and not taken, with the reason
 */
public record ProjectScan(List<FoundTask> tasks, List<LeftOut> leftOut) {
    /** Names that are one task by different words; the task that the other needs comes first. */
    static final Pattern TYPE_CHECK = Pattern.compile("type-?check|types|tsc|check-types");

    private static final Pattern END_TO_END = Pattern.compile("(test[:-])?e2e([:-].*)?");

    /**
     * Something that was not taken.
     *
     * @param name as the source calls it
     * @param source the file
     * @param reason in words
     */
    public record LeftOut(String name, String source, String reason) {}

    public ProjectScan {
        tasks = List.copyOf(tasks);
        leftOut = List.copyOf(leftOut);
    }

    /** Looks at the files of a folder. */
    public static ProjectScan of(Path folder) {
        Collector found = new Collector(folder);
        PackageJson.scan(found);
        Makefiles.procfile(found);
        BuildTools.scan(found);
        Makefiles.makefile(found);
        return found.result();
    }

    /** Gathers tasks, and keeps their names fit and unique. Not for use by two threads. */
    static final class Collector {
        private final Path folder;
        private final Map<String, FoundTask> tasks = new LinkedHashMap<>();
        private final List<LeftOut> leftOut = new ArrayList<>();

        Collector(Path folder) {
            this.folder = folder;
        }

        boolean has(String file) {
            return Files.isRegularFile(folder.resolve(file));
        }

        boolean hasFolder(String name) {
            return Files.isDirectory(folder.resolve(name));
        }

        /** A file's text; empty, and told of where it is there, if it cannot be read. */
        Optional<String> text(String file) {
            if (!Files.exists(folder.resolve(file))) {
                return Optional.empty();
            }
            return switch (SourceText.read(folder.resolve(file))) {
                case SourceText.Text text -> Optional.of(text.text());
                case SourceText.NoFile none -> unreadable(file, none.wrong());
                case SourceText.BadText bad -> unreadable(file, bad.wrong());
            };
        }

        private Optional<String> unreadable(String file, String wrong) {
            leaveOut(file, file, wrong);
            return Optional.empty();
        }

        void leaveOut(String name, String source, String reason) {
            leftOut.add(new LeftOut(name, source, reason));
        }

        boolean knows(String name) {
            return tasks.containsKey(name);
        }

        /** The task of this name from this source, if it was taken. */
        Optional<FoundTask> taken(String name, String source) {
            return Optional.ofNullable(tasks.get(name)).filter(t -> t.source().equals(source));
        }

        /**
         * Takes a task under a name that is fit for a task file.
         *
         * @param prefix what goes before a name that another source has taken, such as {@code go};
         *     empty: then it is left out
         */
        void add(FoundTask task, String prefix) {
            Optional<String> fit = fit(task.name());
            if (fit.isEmpty() || !Names.isVisible(task.run()) || task.run().isBlank()) {
                leaveOut(task.name(), task.source(), "its name or command is not fit for a task");
                return;
            }
            String name = fit.get();
            if (tasks.containsKey(name) && prefix.isEmpty()) {
                leaveOut(
                        task.name(),
                        task.source(),
                        "there is a task of that name from " + tasks.get(name).source());
                return;
            }
            String unique = tasks.containsKey(name) ? prefix + "-" + name : name;
            if (tasks.containsKey(unique)) {
                leaveOut(task.name(), task.source(), "the name is taken");
                return;
            }
            tasks.put(unique, task.named(unique));
        }

        /** The name as a task file takes it; empty where nothing would be left of it. */
        private static Optional<String> fit(String name) {
            String plain = name.strip().replace('/', ':').replaceAll("^-+", "");
            String worded = plain.matches("\\d+") ? "task-" + plain : plain;
            boolean good =
                    !worded.isBlank()
                            && worded.length() <= 100
                            && worded.equals(worded.strip())
                            && Names.isVisible(worded);
            return good ? Optional.of(worded) : Optional.empty();
        }

        ProjectScan result() {
            List<FoundTask> linked = tasks.values().stream().map(this::withNeeds).toList();
            return new ProjectScan(linked, leftOut);
        }

        /** A build comes after the type check, what drives the whole after the build. */
        private FoundTask withNeeds(FoundTask task) {
            List<String> needs = new ArrayList<>(task.needs());
            if (task.kind() == Kind.JOB && task.name().equals("build")) {
                tasks.keySet().stream()
                        .filter(name -> TYPE_CHECK.matcher(name).matches())
                        .filter(name -> jobOf(task.source(), name))
                        .findFirst()
                        .ifPresent(needs::add);
            }
            boolean driving =
                    END_TO_END.matcher(task.name()).matches()
                            || (task.kind() == Kind.SERVICE && task.name().equals("start"));
            if (driving && jobOf(task.source(), "build")) {
                needs.add("build");
            }
            needs.removeIf(name -> !tasks.containsKey(name));
            return task.needing(needs.stream().distinct().toList());
        }

        private boolean jobOf(String source, String name) {
            return taken(name, source).filter(task -> task.kind() == Kind.JOB).isPresent();
        }
    }
}
