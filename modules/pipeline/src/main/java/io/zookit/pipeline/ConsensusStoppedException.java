package io.zookit.pipeline;

/** The consensus has ended for good. The message says why. */
final class ConsensusStoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ConsensusStoppedException(String reason) {
        super(reason);
    }
}
