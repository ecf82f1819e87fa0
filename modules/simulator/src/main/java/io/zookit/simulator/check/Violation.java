package io.zookit.simulator.check;

/** A rule is broken. */
public final class Violation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String rule;

    /**
     * @param rule its short name, such as I3
     * @param message what happened
     */
    public Violation(String rule, String message) {
        super(rule + ": " + message);
        this.rule = rule;
    }

    /**
     * @param rule its short name
     * @param message what happened
     * @param cause what was thrown
     */
    public Violation(String rule, String message, Throwable cause) {
        super(rule + ": " + message, cause);
        this.rule = rule;
    }

    /** The short name of the rule. */
    public String rule() {
        return rule;
    }
}
