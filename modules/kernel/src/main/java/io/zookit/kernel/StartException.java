package io.zookit.kernel;

import java.util.List;

/** The server cannot start. The message holds all reasons, one a line, each saying what, where and what to do. */
public final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Kept beside the message so that a caller can print or count them. */
    private final String[] reasons;

    /**
     * @param reasons at least one, each a line
     */
    public StartException(List<String> reasons) {
        super(String.join(System.lineSeparator(), reasons));
        this.reasons = reasons.toArray(new String[0]);
    }

    /** The reasons, in the order in which they were found. */
    public List<String> reasons() {
        return List.of(reasons);
    }
}
