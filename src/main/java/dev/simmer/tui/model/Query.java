package dev.simmer.tui.model;

import dev.simmer.logs.TerminalText;
import dev.simmer.model.TaskView;
import dev.simmer.tui.model.Fuzzy.Span;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The table's filter, read from what was typed: words that are looked for letter by letter in name,
 * group and command, and as they stand in id, kind, state and workspace; {@code state:failed} and
 * the other {@link QueryKey keys}; {@code -} before one turns it round, quotes keep blanks together
 * and make a word of what looks like a key. All must be true of a task. Immutable.
 */
public final class Query {
    /** All tasks. */
    public static final Query ALL = new Query(List.of(), Optional.empty());

    private final List<Term> terms;
    private final Optional<String> problem;

    private Query(List<Term> terms, Optional<String> problem) {
        this.terms = List.copyOf(terms);
        this.problem = problem;
    }

    /**
     * A part of a filter.
     *
     * @param turned whether it must not be true
     * @param test whether it is true of a task
     * @param inName what of the name it is about, for showing it there
     */
    record Term(boolean turned, Predicate<TaskView> test, Optional<Fuzzy> inName) {}

    /** A piece of what was typed: {@code -key op value}; without a key a word. */
    record Token(boolean turned, String key, String operator, String value, boolean quoted) {
        boolean isWord() {
            return key.isEmpty();
        }

        /** As it was typed, without the sign and the quotes. */
        String text() {
            return key + operator + value;
        }
    }

    /** Reads a filter. */
    static Query of(String text, QueryKey.Facts facts) {
        List<Term> terms = new ArrayList<>();
        for (Token token : tokens(text)) {
            Optional<QueryKey> key = QueryKey.of(token.key());
            if (token.isWord() || (key.isEmpty() && literal(token, facts))) {
                if (!token.text().isEmpty()) {
                    terms.add(word(token, facts));
                }
                continue;
            }
            if (key.isEmpty()) {
                return new Query(List.of(), Optional.of(QueryKey.unknown(token.key())));
            }
            switch (key.get().term(token, facts)) {
                case QueryKey.Read.Good(Term term) -> terms.add(term);
                case QueryKey.Read.Bad(String why) -> {
                    return new Query(List.of(), Optional.of(why));
                }
                case QueryKey.Read.Unfinished() -> {}
            }
        }
        return terms.isEmpty() ? ALL : new Query(terms, Optional.empty());
    }

    /**
     * Whether something is named so, or has it in its command, and it is no mistake: scripts are
     * named {@code test:unit}, and {@code CI=1} is set for one.
     */
    private static boolean literal(Token token, QueryKey.Facts facts) {
        for (TaskView task : facts.scope().tasks()) {
            if (holds(task.name(), token.text())
                    || holds(task.spec().command().text(), token.text())) {
                return true;
            }
        }
        return false;
    }

    private static Term word(Token token, QueryKey.Facts facts) {
        String text = token.text();
        Fuzzy fuzzy = Fuzzy.of(text);
        Predicate<TaskView> test =
                task ->
                        found(fuzzy, TerminalText.plain(task.name()))
                                || holds(task.id().toString(), text)
                                || holds(task.spec().kind().word(), text)
                                || holds(task.phase().word(), text)
                                || holds(AgentWords.state(task, true), text)
                                || (facts.scope().everywhere() && holds(Scope.label(task), text))
                                || found(fuzzy, facts.groups().of(task))
                                || found(fuzzy, task.spec().command().text());
        return new Term(token.turned(), test, Optional.of(fuzzy));
    }

    /** Whether a word is in a text as somebody may have meant it. */
    static boolean found(Fuzzy word, String text) {
        return word.match(text).filter(Fuzzy.Match::tight).isPresent();
    }

    /** Whether a text has this in it; capital letters only match themselves. */
    static boolean holds(String text, String part) {
        boolean small = part.equals(part.toLowerCase(Locale.ROOT));
        for (int i = 0; i + part.length() <= text.length(); i++) {
            if (text.regionMatches(small, i, part, 0, part.length())) {
                return true;
            }
        }
        return false;
    }

    /** What is wrong with it, for people; it then matches nothing. */
    public Optional<String> problem() {
        return problem;
    }

    /** Whether it matches every task. */
    boolean isAll() {
        return terms.isEmpty() && problem.isEmpty();
    }

    /** Whether it is true of a task. */
    boolean matches(TaskView task) {
        for (Term term : terms) {
            if (term.test().test(task) == term.turned()) {
                return false;
            }
        }
        return problem.isEmpty();
    }

    /** The parts of a name, as it is shown, that it is about; in their order, none overlap. */
    public List<Span> inName(String name) {
        BitSet marked = new BitSet();
        for (Term term : terms) {
            if (!term.turned()) {
                term.inName()
                        .flatMap(fuzzy -> fuzzy.match(name))
                        .filter(Fuzzy.Match::tight)
                        .ifPresent(match ->
                                match.spans().forEach(span -> marked.set(span.from(), span.to())));
            }
        }
        List<Span> spans = new ArrayList<>();
        for (int from = marked.nextSetBit(0); from >= 0; ) {
            int to = marked.nextClearBit(from);
            spans.add(new Span(from, to));
            from = marked.nextSetBit(to);
        }
        return spans;
    }

    /** What was typed in pieces; a quote that is not closed goes to the end. */
    static List<Token> tokens(String text) {
        List<Token> tokens = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
                continue;
            }
            boolean turned = turned(text, at);
            at += turned ? 1 : 0;
            int end = at;
            while (end < text.length() && Character.isLetter(text.charAt(end))) {
                end++;
            }
            String operator = end == at ? "" : operator(text, end);
            String key = operator.isEmpty() ? "" : text.substring(at, end);
            at = operator.isEmpty() ? at : end + operator.length();
            StringBuilder value = new StringBuilder();
            boolean quoted = at < text.length() && text.charAt(at) == '"';
            at = value(text, at, value);
            tokens.add(new Token(turned, key, operator, value.toString(), quoted));
        }
        return tokens;
    }

    /** Whether a word is turned round; what begins with two dashes is an option of a command. */
    private static boolean turned(String text, int at) {
        return text.charAt(at) == '-' && at + 1 < text.length() && text.charAt(at + 1) != '-';
    }

    private static String operator(String text, int at) {
        if (at >= text.length() || ":=<>".indexOf(text.charAt(at)) < 0) {
            return "";
        }
        boolean two =
                at + 1 < text.length()
                        && "<>".indexOf(text.charAt(at)) >= 0
                        && text.charAt(at + 1) == '=';
        return text.substring(at, at + (two ? 2 : 1));
    }

    /** Reads up to the next blank outside of quotes; returns where that is. */
    private static int value(String text, int from, StringBuilder value) {
        boolean inside = false;
        int at = from;
        while (at < text.length() && (inside || !Character.isWhitespace(text.charAt(at)))) {
            if (text.charAt(at) == '"') {
                inside = !inside;
            } else {
                value.append(text.charAt(at));
            }
            at++;
        }
        return at;
    }
}
