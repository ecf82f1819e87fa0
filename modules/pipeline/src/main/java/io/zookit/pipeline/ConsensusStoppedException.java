package io.zookit.pipeline;

/** The consensus has ended for good. The message says why. */
final class ConsensusStoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Where we were when we heard of it helps nobody: there is no stack trace. */
    ConsensusStoppedException(String reason) {
        super(reason, null, false, false);
    }
}
