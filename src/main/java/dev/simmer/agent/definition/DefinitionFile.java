package dev.simmer.agent.definition;

import dev.simmer.agent.definition.Definition.Place;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads one file of an agents' folder. Never writes, never throws for what a file holds. */
public final class DefinitionFile {
    /** Files that stand beside definitions and are none, unless they have a head. */
    private static final Set<String> PAPERS =
            Set.of(
                    "readme",
                    "changelog",
                    "contributing",
                    "license",
                    "licence",
                    "claude",
                    "agents",
                    "gemini",
                    "index",
                    "todo",
                    "notes",
                    "template",
                    "code_of_conduct",
                    "security");

    private static final Pattern MARKDOWN =
            Pattern.compile("(?:\\.agent)?\\.(?:md|markdown|mdc)$", Pattern.CASE_INSENSITIVE);

    /** What a file turned out to be. */
    public sealed interface Reading {}

    /** An agent. */
    public record Agent(Definition definition) implements Reading {}

    /** A skill. */
    public record SkillFound(Skill skill) implements Reading {}

    /** Something that cannot be used. */
    public record Bad(Broken broken) implements Reading {}

    /** A paper that stands beside definitions. */
    public record Paper() implements Reading {}

    private DefinitionFile() {}

    /** Whether a file's name is that of a definition or skill. */
    static boolean isNamedSo(Path file) {
        String name = lastOf(file).toLowerCase(Locale.ROOT);
        return !name.startsWith(".") && (name.endsWith(".toml") || MARKDOWN.matcher(name).find());
    }

    /** Reads a file from disk. */
    public static Reading read(Path file, Place place) {
        return read(file, place, new Told());
    }

    static Reading read(Path file, Place place, Told told) {
        return switch (FileText.read(file, told)) {
            case FileText.Bad bad -> new Bad(new Broken(file, place, bad.why()));
            case FileText.Good good -> parse(file, good.text(), place, told);
        };
    }

    /** Reads bytes that are a file's content; the file itself is not touched. */
    static Reading parse(Path file, byte[] bytes, Place place) {
        Told told = new Told();
        return switch (FileText.decode(bytes, told)) {
            case FileText.Bad bad -> new Bad(new Broken(file, place, bad.why()));
            case FileText.Good good -> parse(file, good.text(), place, told);
        };
    }

    private static Reading parse(Path file, String text, Place place, Told told) {
        String name = lastOf(file);
        return name.toLowerCase(Locale.ROOT).endsWith(".toml")
                ? toml(file, text, place, told)
                : markdown(file, text, place, told);
    }

    private static Reading toml(Path file, String text, Place place, Told told) {
        return switch (TomlText.read(text)) {
            case TomlText.Fault fault ->
                    new Bad(new Broken(file, place, "line " + fault.line() + ": " + fault.why()));
            case TomlText.Good good -> {
                Meaning meaning = new Meaning(file, told);
                meaning.definition(good.fields());
                yield new Agent(meaning.definition(stem(file), "", place));
            }
        };
    }

    private static Reading markdown(Path file, String text, Place place, Told told) {
        Told ofHead = new Told();
        FrontMatter cut = FrontMatter.of(text, ofHead);
        List<Field> fields =
                cut.head()
                        .map(lines -> Head.read(lines, cut.firstLine(), ofHead))
                        .orElse(List.of());
        boolean headed =
                cut.head().isPresent() && fields.stream().anyMatch(f -> Keys.isKnown(f.key()));
        boolean skill = isSkill(file);
        if (!headed && !skill && isPaper(file)) {
            return new Paper();
        }
        if (headed
                || cut.head()
                        .filter(lines -> lines.stream().allMatch(String::isBlank))
                        .isPresent()) {
            told.addAll(ofHead);
        } else {
            told.line(1, "no front matter; the whole file is the agent's prompt");
        }
        String body = headed || cut.head().isEmpty() ? cut.body() : bodyOf(text, cut);
        Meaning meaning = new Meaning(file, told);
        List<Field> known = headed ? fields : List.of();
        if (skill) {
            meaning.skill(known);
            return new SkillFound(meaning.skill(skillName(file), body, place));
        }
        meaning.definition(known);
        return new Agent(meaning.definition(stem(file), body, place));
    }

    /** Where what looked like a head is none, it belongs to the body. */
    private static String bodyOf(String text, FrontMatter cut) {
        boolean blank = cut.head().orElse(List.of()).stream().allMatch(String::isBlank);
        return blank ? cut.body() : text.strip();
    }

    private static boolean isSkill(Path file) {
        String name = lastOf(file).toLowerCase(Locale.ROOT);
        return name.equals("skill.md") || name.endsWith(".skill.md");
    }

    private static boolean isPaper(Path file) {
        return PAPERS.contains(stem(file).toLowerCase(Locale.ROOT));
    }

    private static String skillName(Path file) {
        String name = lastOf(file);
        return name.equalsIgnoreCase("SKILL.md")
                ? Optional.ofNullable(file.toAbsolutePath().getParent())
                        .map(DefinitionFile::lastOf)
                        .orElse("skill")
                : name.substring(0, name.length() - ".skill.md".length());
    }

    private static String stem(Path file) {
        String name = lastOf(file);
        return MARKDOWN.matcher(name).replaceFirst("").replaceFirst("(?i)\\.toml$", "");
    }

    private static String lastOf(Path file) {
        return String.valueOf(file.getFileName());
    }
}
