package dev.simmer.scheduler;

/** A rule was broken. */
final class Broken extends AssertionError {
    private static final long serialVersionUID = 1;

    private final Rule rule;

    Broken(Rule rule, String what) {
        super(rule + ": " + what);
        this.rule = rule;
    }

    Broken(Rule rule, String what, Throwable cause) {
        super(rule + ": " + what, cause);
        this.rule = rule;
    }

    Rule rule() {
        return rule;
    }
}
