package dev.simmer.tui.model;

import dev.simmer.logs.TerminalText;
import dev.simmer.model.AgentRun;
import dev.simmer.model.ByteSize;
import dev.simmer.model.Durations;
import dev.simmer.model.Phase;
import dev.simmer.model.TaskView;
import dev.simmer.tui.model.Query.Term;
import dev.simmer.tui.model.Query.Token;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoublePredicate;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** What may stand before a colon, or another sign, in a {@link Query}. */
public enum QueryKey {
    STATE("state"),
    KIND("kind"),
    MEM("mem"),
    CPU("cpu"),
    TIME("time"),
    GROUP("group"),
    WANTS("wants"),
    NAME("name"),
    COMMAND("command"),
    WORKSPACE("workspace"),
    ID("id"),
    TURNS("turns"),
    TOOLS("tools"),
    TOKENS("tokens"),
    COST("cost");

    private final String word;

    QueryKey(String word) {
        this.word = word;
    }

    /** How it is typed. */
    public String word() {
        return word;
    }

    /** Whether it compares figures, so that {@code <} or {@code >} follows. */
    public boolean compares() {
        return switch (this) {
            case MEM, CPU, TIME, TURNS, TOOLS, TOKENS, COST -> true;
            case ID, NAME, COMMAND, GROUP, KIND, STATE, WORKSPACE, WANTS -> false;
        };
    }

    /** What a filter is about. */
    record Facts(Scope scope, Groups groups, Instant now) {}

    /** What became of a piece of a filter. */
    sealed interface Read {
        /** It can be tested. */
        record Good(Term term) implements Read {}

        /** It makes no sense; why. */
        record Bad(String why) implements Read {}

        /** Its value is still to be typed. */
        record Unfinished() implements Read {}
    }

    static Optional<QueryKey> of(String key) {
        return switch (key.toLowerCase(Locale.ROOT)) {
            case "memory", "ram", "rss", "peak" -> Optional.of(MEM);
            case "status", "phase" -> Optional.of(STATE);
            case "type" -> Optional.of(KIND);
            case "cmd" -> Optional.of(COMMAND);
            case "ws", "folder" -> Optional.of(WORKSPACE);
            case "elapsed", "duration", "age" -> Optional.of(TIME);
            case "token" -> Optional.of(TOKENS);
            case "price" -> Optional.of(COST);
            default -> {
                for (QueryKey each : values()) {
                    if (each.word.equals(key.toLowerCase(Locale.ROOT))) {
                        yield Optional.of(each);
                    }
                }
                yield Optional.empty();
            }
        };
    }

    private static List<String> words() {
        List<String> words = new ArrayList<>();
        for (QueryKey key : values()) {
            words.add(key.word);
        }
        return words;
    }

    /** What to say of a key that there is not. */
    static String unknown(String key) {
        String wrong = "there is no key " + TerminalText.plain(key);
        return Nearest.of(key, words())
                .map(near -> wrong + "; did you mean " + near + "?")
                .orElse(wrong + "; quote it to find it in a name");
    }

    /** The values that a key may have; empty where it may be anything. */
    List<String> values(Facts facts) {
        return switch (this) {
            case KIND -> List.of("agent", "job", "service");
            case STATE -> states();
            case WANTS -> List.of("me");
            case GROUP ->
                    facts.scope().tasks().stream()
                            .map(facts.groups()::of)
                            .filter(group -> !group.isEmpty() && group.indexOf(' ') < 0)
                            .distinct()
                            .sorted()
                            .toList();
            case ID, NAME, COMMAND, WORKSPACE, MEM, CPU, TIME, TURNS, TOOLS, TOKENS, COST ->
                    List.of();
        };
    }

    private static List<String> states() {
        List<String> words = new ArrayList<>(List.of("active", "ended"));
        for (Phase phase : Phase.values()) {
            words.add(phase.word());
        }
        words.addAll(List.of("completed", "denials", "lingering", "partial", "permission"));
        words.addAll(List.of("rate-limited", "retrying", "silent", "working"));
        return words;
    }

    /** Reads what follows the key. */
    Read term(Token token, Facts facts) {
        if (token.value().isEmpty()) {
            return new Read.Unfinished();
        }
        if (compares()) {
            return compared(token, facts);
        }
        if (!token.operator().equals(":") && !token.operator().equals("=")) {
            return new Read.Bad("write " + word + ":" + shown(token.value()));
        }
        return switch (this) {
            case NAME -> {
                Fuzzy fuzzy = Fuzzy.of(token.value());
                Predicate<TaskView> test =
                        task -> Query.found(fuzzy, TerminalText.plain(task.name()));
                yield new Read.Good(new Term(token.turned(), test, Optional.of(fuzzy)));
            }
            case COMMAND -> {
                Fuzzy fuzzy = Fuzzy.of(token.value());
                yield good(token, task -> Query.found(fuzzy, task.spec().command().text()));
            }
            case ID -> good(token, task -> task.id().toString().equals(token.value()));
            case GROUP -> good(token, task -> Query.holds(facts.groups().of(task), token.value()));
            case WORKSPACE -> good(token, task -> Query.holds(Scope.label(task), token.value()));
            case KIND, STATE, WANTS -> known(token, facts);
            case MEM, CPU, TIME, TURNS, TOOLS, TOKENS, COST ->
                    throw new IllegalStateException(word + " compares figures");
        };
    }

    private static Read good(Token token, Predicate<TaskView> test) {
        return new Read.Good(new Term(token.turned(), test, Optional.empty()));
    }

    /** One of some words, or several with commas between; the beginning of one is enough. */
    private Read known(Token token, Facts facts) {
        List<String> wanted = new ArrayList<>();
        for (String each : token.value().toLowerCase(Locale.ROOT).split(",", -1)) {
            if (each.isEmpty()) {
                continue;
            }
            List<String> words = values(facts);
            if (words.stream().noneMatch(one -> one.startsWith(each))) {
                String hint =
                        Nearest.of(each, words)
                                .map(near -> "; did you mean " + near + "?")
                                .orElse("; there are " + String.join(", ", words));
                return new Read.Bad("no " + word + " is " + shown(each) + hint);
            }
            wanted.add(each);
        }
        return good(token, task -> wanted.isEmpty() || wanted.stream().anyMatch(is(task)));
    }

    /** Whether a task has a value, or one that begins so. */
    private Predicate<String> is(TaskView task) {
        return switch (this) {
            case KIND -> word -> task.spec().kind().word().startsWith(word);
            case WANTS -> _ -> AgentWords.wantsAttention(task);
            case STATE -> word -> state(task, word);
            case ID, NAME, COMMAND, GROUP, WORKSPACE, MEM, CPU, TIME, TURNS, TOOLS, TOKENS, COST ->
                    _ -> false;
        };
    }

    private static boolean state(TaskView task, String word) {
        Phase phase = task.phase();
        Optional<AgentRun> run = AgentWords.running(task);
        return phase.word().startsWith(word)
                || AgentWords.state(task, false).startsWith(word)
                || (run.isPresent() && run.get().state().word().startsWith(word))
                || (phase.active() && "active".startsWith(word))
                || (phase.ended() && "ended".startsWith(word))
                || (phase.failed() && "failed".startsWith(word));
    }

    private Read compared(Token token, Facts facts) {
        OptionalDouble limit = limit(token.value());
        if (limit.isEmpty()) {
            return new Read.Bad(shown(token.value()) + " is no " + example());
        }
        double bound = limit.getAsDouble();
        Optional<DoublePredicate> holds =
                switch (token.operator()) {
                    case ">" -> Optional.of(value -> value > bound);
                    case "<" -> Optional.of(value -> value < bound);
                    case ">=" -> Optional.of(value -> value >= bound);
                    case "<=" -> Optional.of(value -> value <= bound);
                    default -> Optional.empty();
                };
        if (holds.isEmpty()) {
            String value = shown(token.value());
            return new Read.Bad("write " + word + ">" + value + " or " + word + "<" + value);
        }
        ToDoubleFunction<TaskView> figure = figure(facts);
        // A comparison with NaN is false: what has no such figure is not found by it.
        return good(token, task -> holds.get().test(figure.applyAsDouble(task)));
    }

    private OptionalDouble limit(String typed) {
        String value = typed.endsWith(".") ? typed.substring(0, typed.length() - 1) : typed;
        boolean bare = value.chars().allMatch(c -> c >= '0' && c <= '9');
        return switch (this) {
            case MEM -> number(ByteSize.parse(value).map(Long::doubleValue));
            case TIME ->
                    number(
                            Durations.parse(bare ? value + "s" : value)
                                    .map(time -> (double) time.toMillis()));
            case CPU -> plain(value.endsWith("%") ? value.substring(0, value.length() - 1) : value);
            case COST -> plain(value.startsWith("$") ? value.substring(1) : value);
            case TURNS, TOOLS -> plain(value);
            case TOKENS -> thousands(value.toLowerCase(Locale.ROOT));
            case ID, NAME, COMMAND, GROUP, KIND, STATE, WORKSPACE, WANTS -> OptionalDouble.empty();
        };
    }

    private static OptionalDouble number(Optional<Double> value) {
        return value.map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
    }

    private static OptionalDouble plain(String digits) {
        return digits.matches("\\d{1,9}(\\.\\d{0,6})?")
                ? OptionalDouble.of(Double.parseDouble(digits))
                : OptionalDouble.empty();
    }

    /** A number of which a letter at its end makes thousands or millions. */
    private static OptionalDouble thousands(String value) {
        double unit = value.endsWith("k") ? 1e3 : value.endsWith("m") ? 1e6 : 1;
        OptionalDouble bare = plain(unit == 1 ? value : value.substring(0, value.length() - 1));
        return bare.isPresent() ? OptionalDouble.of(unit * bare.getAsDouble()) : bare;
    }

    private String example() {
        return switch (this) {
            case MEM -> "size such as 500M or 1.5G";
            case TIME -> "time such as 30s, 10m or 2h";
            case CPU -> "share of a core such as 50%";
            case COST -> "amount such as 0.50";
            case TURNS, TOOLS -> "number";
            case TOKENS -> "number such as 5000, 20k or 1.5m";
            case ID, NAME, COMMAND, GROUP, KIND, STATE, WORKSPACE, WANTS -> "value";
        };
    }

    private ToDoubleFunction<TaskView> figure(Facts facts) {
        return switch (this) {
            case MEM -> QueryKey::memory;
            case CPU -> task -> task.phase().active() ? 100 * task.cpu() : Double.NaN;
            case TIME ->
                    task -> {
                        Duration ran = Order.ran(task, facts.now());
                        return ran == null ? Double.NaN : ran.toMillis();
                    };
            case TOOLS -> task -> task.agent().map(run -> (double) run.tools()).orElse(Double.NaN);
            case TOKENS ->
                    task ->
                            task.agent()
                                    .map(run -> (double) run.tokensIn() + run.tokensOut())
                                    .orElse(Double.NaN);
            case TURNS -> task -> task.agent().map(run -> (double) run.turns()).orElse(Double.NaN);
            case COST ->
                    task ->
                            task.agent()
                                    .map(run -> run.costUsd().orElse(Double.NaN))
                                    .orElse(Double.NaN);
            case ID, NAME, COMMAND, GROUP, KIND, STATE, WORKSPACE, WANTS -> _ -> Double.NaN;
        };
    }

    /** What a task has now, in bytes; of one that does not run what its newest attempt had most. */
    private static double memory(TaskView task) {
        if (task.phase().active()) {
            return task.rssBytes();
        }
        long peak = task.attempts().isEmpty() ? 0 : task.attempts().getLast().peakRssBytes();
        return peak > 0 ? peak : Double.NaN;
    }

    private static String shown(String value) {
        return TerminalText.plain(value);
    }
}
