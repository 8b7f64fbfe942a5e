package dev.simmer.agent.definition;

import dev.simmer.agent.definition.Definition.Place;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * All agents and skills that can be found from a workspace: those of the project before those of
 * the user before those that are shipped, and among these in the order of their folders and then of
 * their paths. Of several with one name the first counts; the others are kept, to be shown.
 *
 * <p>It is read once, by whoever calls {@link #of}, and changes no more. Nothing is ever written.
 * One bad file hides no other. A link in the project that leads out of it is not followed, for the
 * text of a definition is given to a model, and a project is not always its user's own work.
 */
public final class Catalogue {
    /** Levels of folders that are looked through. */
    private static final int MAX_DEPTH = 6;

    /** Files that are looked at in one place. */
    private static final int MAX_FILES = 5_000;

    private static final Comparator<Path> BY_NAME = Comparator.comparing(Path::toString);

    private final Map<String, List<Definition>> definitions = new TreeMap<>();
    private final Map<String, List<Skill>> skills = new TreeMap<>();
    private final List<Broken> broken = new ArrayList<>();

    /** Real paths that were read, so that none is read twice. */
    private final Set<Path> seen = new HashSet<>();

    private Catalogue() {}

    /**
     * Reads all places.
     *
     * @param environment of the user; HOME, XDG_CONFIG_HOME, CLAUDE_CONFIG_DIR and CODEX_HOME count
     * @param shipped the folder of the definitions that come with Simmer
     */
    public static Catalogue of(Path workspace, Map<String, String> environment, Path shipped) {
        Catalogue catalogue = new Catalogue();
        Path root = real(workspace).orElse(workspace.toAbsolutePath().normalize());
        for (Places place : Places.of(workspace.toAbsolutePath(), environment, shipped)) {
            catalogue.new Walk(place, root).start();
        }
        return catalogue;
    }

    /** The definitions that count, by name. */
    public List<Definition> entries() {
        return definitions.values().stream().map(List::getFirst).toList();
    }

    /** The definition of a name that counts. */
    public Optional<Definition> find(String name) {
        return Optional.ofNullable(definitions.get(name)).map(List::getFirst);
    }

    /** Those that {@link #find} hides, the next in line first. */
    public List<Definition> shadowed(String name) {
        List<Definition> all = definitions.getOrDefault(name, List.of());
        return all.isEmpty() ? all : List.copyOf(all.subList(1, all.size()));
    }

    /** Files and folders that could not be used, in the order of their places. */
    public List<Broken> broken() {
        return Collections.unmodifiableList(broken);
    }

    /** The skills that count, by name. */
    public List<Skill> skills() {
        return skills.values().stream().map(List::getFirst).toList();
    }

    /** The skill of a name that counts. */
    public Optional<Skill> findSkill(String name) {
        return Optional.ofNullable(skills.get(name)).map(List::getFirst);
    }

    private static Optional<Path> real(Path path) {
        try {
            return Optional.of(path.toRealPath());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** One folder of the places, looked through. */
    private final class Walk {
        private final Places place;
        private final Path workspace;
        private int files;

        Walk(Places place, Path workspace) {
            this.place = place;
            this.workspace = workspace;
        }

        void start() {
            if (Files.isDirectory(place.folder())) {
                folder(place.folder(), 1);
            } else if (Files.isSymbolicLink(place.folder())) {
                bad(place.folder(), "this is a link to nothing, or to what is no folder");
            }
        }

        private void bad(Path file, String why) {
            broken.add(new Broken(file, place.place(), why));
        }

        private void folder(Path folder, int depth) {
            Optional<Path> real = real(folder);
            if (leadsOut(folder, real) || real.filter(seen::add).isEmpty()) {
                return;
            }
            if (depth > MAX_DEPTH) {
                bad(folder, "this folder stands more than 6 levels deep; it is left out");
                return;
            }
            for (Path entry : entriesOf(folder)) {
                entry(entry, depth);
            }
        }

        private List<Path> entriesOf(Path folder) {
            List<Path> entries = new ArrayList<>();
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
                for (Path entry : stream) {
                    if (++files > MAX_FILES) {
                        bad(folder, "more than 5,000 files stand here; the rest is left out");
                        break;
                    }
                    entries.add(entry);
                }
            } catch (AccessDeniedException e) {
                bad(folder, "this folder must not be read; give yourself the right to read it");
            } catch (NoSuchFileException e) {
                return List.of();
            } catch (IOException | java.nio.file.DirectoryIteratorException e) {
                bad(folder, "this folder cannot be read; check the disk");
            }
            entries.sort(BY_NAME);
            return entries;
        }

        private void entry(Path entry, int depth) {
            if (Files.isDirectory(entry)) {
                boolean hidden = String.valueOf(entry.getFileName()).startsWith(".");
                if (!hidden) {
                    folder(entry, depth + 1);
                }
            } else if (DefinitionFile.isNamedSo(entry) && isWanted(entry)) {
                Optional<Path> real = real(entry);
                boolean known = real.filter(seen::contains).isPresent();
                if (!known && !leadsOut(entry, real)) {
                    real.ifPresent(seen::add);
                    file(entry, real);
                }
            }
        }

        /** In a skill's folder all other papers belong to the skill. */
        private boolean isWanted(Path file) {
            return place.agents()
                    || String.valueOf(file.getFileName()).equalsIgnoreCase("SKILL.md");
        }

        /** Tells of a link that leads out of the project. */
        private boolean leadsOut(Path path, Optional<Path> real) {
            boolean out =
                    place.place() == Place.PROJECT
                            && real.isPresent()
                            && !real.get().startsWith(workspace);
            if (out) {
                bad(path, "this is a link that leads out of the project; it is not followed");
            }
            return out;
        }

        private void file(Path file, Optional<Path> real) {
            Told told = new Told();
            if (Files.isSymbolicLink(file) && real.isPresent()) {
                told.add("this file is a link to " + Told.quoted(real.get().toString()));
            }
            switch (DefinitionFile.read(file, place.place(), told)) {
                case DefinitionFile.Agent agent ->
                        definitions
                                .computeIfAbsent(agent.definition().name(), _ -> new ArrayList<>())
                                .add(agent.definition());
                case DefinitionFile.SkillFound found ->
                        skills.computeIfAbsent(found.skill().name(), _ -> new ArrayList<>())
                                .add(found.skill());
                case DefinitionFile.Bad bad -> broken.add(bad.broken());
                case DefinitionFile.Paper _ -> {}
            }
        }
    }
}
