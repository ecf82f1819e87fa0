package io.zookit.pipeline;

/**
 * Which requests nobody waits for any more. Such a one is dropped when its turn comes, the connection is closed, and what else had come
 * from it is dropped too, so that nothing is carried out after something that was not. A closeSession is never stale: it frees what the
 * session holds.
 *
 * @param ofGoneConnections those whose connection is gone
 * @param afterSessionTimeout those that have waited longer than the timeout of their session
 */
public record Staleness(boolean ofGoneConnections, boolean afterSessionTimeout) {
    /** Every request is carried out, whoever waits for it. */
    public static final Staleness NONE = new Staleness(false, false);

    /** Whether any request is dropped at all. */
    boolean drops() {
        return ofGoneConnections || afterSessionTimeout;
    }
}
