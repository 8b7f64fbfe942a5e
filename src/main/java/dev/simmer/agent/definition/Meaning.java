package dev.simmer.agent.definition;

import dev.simmer.agent.definition.Definition.Isolation;
import dev.simmer.agent.definition.Definition.Limits;
import dev.simmer.agent.definition.Definition.Place;
import dev.simmer.model.Durations;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the fields of one file mean: collects them into the normal form. */
final class Meaning {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}(?:\\.\\d{1,6})?");
    private static final Pattern MONEY =
            Pattern.compile("\\$?\\s*(\\d{1,9}(?:\\.\\d{1,6})?)\\s*(?:usd|\\$)?");
    private static final Pattern COLOUR_COMMENT = Pattern.compile("(#[0-9A-Fa-f]{6})(?:\\s.*)?");
    private static final Set<String> NO_MODEL = Set.of("inherit", "default", "auto");
    private static final Set<String> NO_ISOLATION = Set.of("none", "false", "no", "off");

    /** A description that is taken from the body is cut after so many code points. */
    private static final int LONGEST_GUESS = 200;

    private final Path file;
    private final boolean github;
    private final Told told;

    private Optional<String> name = Optional.empty();
    private Optional<String> description = Optional.empty();
    private Optional<String> model = Optional.empty();
    private Optional<Set<String>> tools = Optional.empty();
    private final Set<String> denied = new LinkedHashSet<>();
    private boolean allDenied;
    private boolean readOnly;
    private Optional<String> colour = Optional.empty();
    private OptionalInt turns = OptionalInt.empty();
    private Optional<Duration> time = Optional.empty();
    private OptionalDouble budget = OptionalDouble.empty();
    private final List<String> limitsWithoutEffect = new ArrayList<>();
    private Optional<Duration> silence = Optional.empty();
    private Isolation isolation = Isolation.NONE;
    private List<String> copy = List.of();
    private Optional<String> runner = Optional.empty();
    private Optional<List<String>> command = Optional.empty();
    private Optional<String> instructions = Optional.empty();
    private Optional<String> license = Optional.empty();
    private Optional<String> compatibility = Optional.empty();
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final Map<String, String> unknown = new LinkedHashMap<>();

    Meaning(Path file, Told told) {
        this.file = file;
        this.github =
                file.toString().contains("/.github/") || file.toString().endsWith(".agent.md");
        this.told = told;
    }

    /** Takes in the fields of a definition. */
    void definition(List<Field> fields) {
        fields.forEach(this::take);
        tools = allDenied ? Optional.of(Set.of()) : tools.map(all -> without(all, denied));
    }

    /** Takes in the fields of a skill. */
    void skill(List<Field> fields) {
        for (Field field : fields) {
            switch (Keys.plain(field.key())) {
                case "name", "description", "allowedtools" -> take(field);
                case "license", "licence" -> license = text(field);
                case "compatibility" -> compatibility = text(field);
                case "metadata" -> metadata(field);
                default -> unknown.put(field.key(), field.source());
            }
        }
    }

    private static Set<String> without(Set<String> all, Set<String> some) {
        Set<String> left = new LinkedHashSet<>(all);
        left.removeAll(some);
        return left;
    }

    private void take(Field field) {
        switch (Keys.plain(field.key())) {
            case "name" -> name = text(field);
            case "description" ->
                    description = text(withoutComment(field)).map(text -> unescaped(text, field));
            case "model" -> model = model(field);
            case "tools", "allowedtools" -> {
                ToolNames names = ToolNames.of(field.value(), github, told);
                tools = names.allowed();
                denied.addAll(names.denied());
            }
            case "disallowedtools", "deniedtools", "excludetools" -> denied(field);
            case "permission" -> permission(field);
            case "permissionmode" -> {
                readOnly |= text(field).filter("plan"::equals).isPresent();
                unknown.put(field.key(), field.source());
            }
            case "sandboxmode" -> {
                readOnly |= text(field).filter("read-only"::equals).isPresent();
                unknown.put(field.key(), field.source());
            }
            case "readonly" -> flag(field).ifPresent(value -> readOnly |= value);
            case "color", "colour" -> colour = colour(field);
            case "background", "isbackground" -> background(field);
            case "copy" -> copy = names(field);
            case "runner" -> runner = text(field).map(text -> text.toLowerCase(Locale.ROOT));
            case "command" -> command = command(field);
            case "isolation" -> isolation(field);
            case "developerinstructions" -> instructions = text(field);
            case "maxturns", "maxsteps", "steps" -> turns(field);
            case "timeout" -> time = duration(field, "s").or(() -> time);
            case "timeoutmins" -> time = duration(field, "m").or(() -> time);
            case "silence" -> silence = duration(field, "s");
            case "budget", "budgetusd", "maxbudgetusd" -> budget(field);
            default -> unknown.put(field.key(), field.source());
        }
    }

    /** A text without blanks around it; several are joined by line breaks. */
    private Optional<String> text(Field field) {
        if (!(field.value() instanceof Value.Text) && !field.value().texts().isEmpty()) {
            told.line(field.line(), Told.quoted(field.key()) + " is no text; its texts are joined");
        }
        String joined = String.join("\n", field.value().texts());
        String text = joined.replace("\r\n", "\n").replace('\r', '\n').strip();
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    /** A description in which {@code #} stands, which YAML takes for the begin of a comment. */
    private Field withoutComment(Field field) {
        if (!(field.value() instanceof Value.Text text)
                || !text.plain()
                || text.isNothing()
                || !field.source().startsWith(text.text())
                || field.source().contains("\n")
                || !field.source().substring(text.text().length()).strip().startsWith("#")) {
            return field;
        }
        told.line(field.line(), "`#` begins a comment in YAML; it is read as a part of the text");
        Value whole = new Value.Text(field.source(), false, text.line());
        return new Field(field.key(), field.line(), whole, field.source());
    }

    /**
     * Escapes that stand in a description without quotes mean what they mean inside quotes, for
     * programs that write such files escape line breaks without quoting. Windows paths stay.
     */
    private String unescaped(String text, Field field) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        boolean path = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isWhitespace(c)) {
                path = false;
            }
            if (c != '\\' || i + 1 == text.length()) {
                plain.append(c);
                continue;
            }
            path |= i > 1 && text.charAt(i - 1) == ':' && isDrive(text, i - 2);
            char next = text.charAt(i + 1);
            int escape = path ? -1 : "nt\"'".indexOf(next);
            if (escape < 0) {
                boolean dropped = next == 'r' && !path && text.startsWith("\\n", i + 2);
                plain.append(dropped ? "" : "\\");
                i += dropped ? 1 : 0;
            } else {
                plain.append("\n\t\"'".charAt(escape));
                i++;
            }
        }
        if (!plain.toString().equals(text)) {
            told.line(
                    field.line(),
                    "escapes such as `\\n` in the description are read as what they mean");
        }
        return plain.toString().strip();
    }

    private static boolean isDrive(String text, int at) {
        return Character.isLetter(text.charAt(at))
                && (at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)));
    }

    private Optional<String> model(Field field) {
        List<String> names =
                field.value().texts().stream()
                        .flatMap(text -> Arrays.stream(text.split("\\|", -1)))
                        .map(Meaning::bare)
                        .filter(name -> !name.isEmpty())
                        .toList();
        if (names.size() > 1) {
            told.line(field.line(), "`model` names several; the first is taken");
        }
        return names.stream()
                .findFirst()
                .filter(first -> !NO_MODEL.contains(first.toLowerCase(Locale.ROOT)));
    }

    /** A name without blanks and quotes around it. */
    private static String bare(String name) {
        String stripped = name.strip();
        boolean quoted =
                stripped.length() > 1
                        && "\"'".indexOf(stripped.charAt(0)) >= 0
                        && stripped.charAt(0) == stripped.charAt(stripped.length() - 1);
        return quoted ? stripped.substring(1, stripped.length() - 1) : stripped;
    }

    private void denied(Field field) {
        ToolNames names = ToolNames.of(field.value(), github, new Told());
        names.allowed().ifPresent(denied::addAll);
        // A map may be meant as `{Write: false}` as well; the tool is denied either way.
        denied.addAll(names.denied());
        allDenied |=
                names.allowed().isEmpty()
                        && names.denied().isEmpty()
                        && !field.value().texts().isEmpty();
    }

    /** OpenCode's permissions: what is denied is denied here; the rest is kept as it stands. */
    private void permission(Field field) {
        unknown.put(field.key(), field.source());
        if (field.value() instanceof Value.Pairs map) {
            map.pairs()
                    .forEach((tool, value) -> {
                        if (value.shown().strip().equals("deny")) {
                            // There `edit` stands for all that changes files.
                            denied.addAll(ToolNames.common(tool, tool.equals("edit")));
                        }
                    });
        }
    }

    private Optional<Boolean> flag(Field field) {
        String said = field.value().shown().strip().toLowerCase(Locale.ROOT);
        return switch (said) {
            case "true", "yes", "on", "1" -> Optional.of(true);
            case "false", "no", "off", "0", "" -> Optional.of(false);
            default -> {
                notUnderstood(field, "true or false");
                yield Optional.empty();
            }
        };
    }

    private void notUnderstood(Field field, String right) {
        told.line(field.line(), whyNotUnderstood(field, right));
    }

    private static String whyNotUnderstood(Field field, String right) {
        return Told.quoted(field.key() + ": " + field.value().shown())
                + " is not understood and has no effect; "
                + right
                + " would be";
    }

    private void limitNotUnderstood(Field field, String right) {
        notUnderstood(field, right);
        limitsWithoutEffect.add("line " + field.line() + ": " + whyNotUnderstood(field, right));
    }

    /** A colour written without quotes is a comment to YAML. */
    private Optional<String> colour(Field field) {
        Matcher comment = COLOUR_COMMENT.matcher(field.source());
        if (field.value().texts().isEmpty() && comment.matches()) {
            told.line(
                    field.line(), "the colour has no quotes, which makes it a comment; it is read");
            return Optional.of(comment.group(1));
        }
        return text(field).map(Told::visible);
    }

    /** What it asks for is so for all agents. */
    private void background(Field field) {
        Optional<Boolean> wanted = flag(field);
        if (wanted.filter(yes -> !yes).isPresent()) {
            told.line(
                    field.line(),
                    Told.quoted(field.key() + ": false")
                            + " has no effect: all agents run in the background");
        } else if (wanted.isPresent()) {
            unknown.put(field.key(), field.source());
        }
    }

    private void isolation(Field field) {
        String said = field.value().shown().strip().toLowerCase(Locale.ROOT);
        if (said.equals("worktree")) {
            isolation = Isolation.WORKTREE;
        } else if (!field.value().texts().isEmpty() && !NO_ISOLATION.contains(said)) {
            notUnderstood(field, "`worktree`");
        }
    }

    private void turns(Field field) {
        String said = field.value().shown().strip();
        if (said.matches("\\d{1,9}") && Integer.parseInt(said) > 0) {
            turns = OptionalInt.of(Integer.parseInt(said));
        } else {
            limitNotUnderstood(field, "a whole number from 1");
        }
    }

    private Optional<Duration> duration(Field field, String unit) {
        String said = field.value().shown().strip();
        boolean bare = NUMBER.matcher(said).matches();
        if (bare && !Keys.plain(field.key()).endsWith("mins")) {
            told.line(field.line(), Told.quoted(field.key()) + " has no unit; seconds are meant");
        }
        Optional<Duration> read =
                Durations.parse(bare ? shortened(said) + unit : said).filter(Duration::isPositive);
        if (read.isEmpty()) {
            limitNotUnderstood(field, "a time such as `20m`");
        }
        return read;
    }

    /** Durations have three digits after the point at most. */
    private static String shortened(String number) {
        int point = number.indexOf('.');
        return point < 0 ? number : number.substring(0, Math.min(number.length(), point + 4));
    }

    private void budget(Field field) {
        String said = field.value().shown().strip().toLowerCase(Locale.ROOT);
        Matcher money = MONEY.matcher(said);
        if (money.matches() && Double.parseDouble(money.group(1)) > 0) {
            budget = OptionalDouble.of(Double.parseDouble(money.group(1)));
        } else {
            limitNotUnderstood(field, "a sum in US dollars such as `2.50`");
        }
    }

    private List<String> names(Field field) {
        List<String> texts = field.value().texts();
        return field.value() instanceof Value.Text
                ? texts.stream()
                        .flatMap(text -> Arrays.stream(text.split(",", -1)))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .toList()
                : texts;
    }

    private Optional<List<String>> command(Field field) {
        List<String> words = new ArrayList<>();
        switch (field.value()) {
            case Value.Text text ->
                    words.addAll(CommandWords.of(text.isNothing() ? "" : text.text()));
            case Value.Items list -> words.addAll(list.texts());
            case Value.Pairs _ -> notUnderstood(field, "a program with its arguments");
        }
        if (words.isEmpty() || words.getFirst().isBlank()) {
            return Optional.empty();
        }
        String program = words.getFirst();
        Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
        if (program.contains("/") && !program.startsWith("/")) {
            words.set(0, folder.resolve(program).normalize().toString());
        }
        return Optional.of(words);
    }

    private void metadata(Field field) {
        if (field.value() instanceof Value.Pairs map) {
            map.pairs().forEach((key, value) -> metadata.put(key, value.shown()));
        } else {
            unknown.put(field.key(), field.source());
        }
    }

    /** The name that the file says, else the one that it has. */
    private String name(String otherwise) {
        return name.flatMap(this::cleaned).or(() -> cleaned(otherwise)).orElse("unnamed");
    }

    private Optional<String> cleaned(String raw) {
        String clean = Told.visible(raw).replaceAll("\\s+", " ").strip();
        if (clean.codePointCount(0, clean.length()) > 100) {
            clean = clean.substring(0, clean.offsetByCodePoints(0, 100)).strip();
        }
        if (!clean.equals(raw)) {
            told.add(
                    "the name is not fit to be shown as it stands; it is read as "
                            + Told.quoted(clean));
        }
        return clean.isEmpty() ? Optional.empty() : Optional.of(clean);
    }

    private String description(String body) {
        return description.orElseGet(() -> {
            String first =
                    body.lines()
                            .map(line -> line.replaceFirst("^#{1,6} +", "").strip())
                            .filter(line -> !line.isEmpty())
                            .findFirst()
                            .orElse("");
            told.add("no description; the first line of the body is taken");
            return first.codePointCount(0, first.length()) <= LONGEST_GUESS
                    ? first
                    : first.substring(0, first.offsetByCodePoints(0, LONGEST_GUESS)) + "…";
        });
    }

    /**
     * The definition.
     *
     * @param fileName the name that the file gives
     */
    Definition definition(String fileName, String body, Place place) {
        String prompt =
                instructions.map(text -> body.isEmpty() ? text : text + "\n\n" + body).orElse(body);
        String called = name(fileName);
        String described = description(prompt);
        return new Definition(
                called,
                described,
                model,
                tools,
                denied,
                readOnly,
                colour,
                new Limits(turns, time, budget, silence, limitsWithoutEffect),
                isolation,
                copy,
                runner,
                command,
                prompt,
                unknown,
                file,
                place,
                told.words());
    }

    /**
     * The skill.
     *
     * @param folderName the name that its folder gives
     */
    Skill skill(String folderName, String body, Place place) {
        String called = name(folderName);
        String described = description(body);
        return new Skill(
                called,
                described,
                license,
                compatibility,
                metadata,
                tools,
                body,
                unknown,
                file,
                place,
                told.words());
    }
}
