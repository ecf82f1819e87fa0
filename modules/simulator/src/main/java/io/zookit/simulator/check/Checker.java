package io.zookit.simulator.check;

import io.zookit.model.Id;
import io.zookit.simulator.storage.ServerStorage;
import io.zookit.simulator.storage.StoredTxn;
import io.zookit.wire.LoggedTxn;
import io.zookit.wire.QuorumMessage;
import org.jspecify.annotations.Nullable;

/** One rule. It hears of facts and throws a {@link Violation} when they cannot be. What it does not need it does not override. */
interface Checker {
    /** A server logs a transaction (it may not be durable yet); {@code previousZxid} is what its history ended with. */
    default void appended(ServerView server, long previousZxid, long zxid) {}

    /** A server has a role that it serves in; the epoch is new. */
    default void leads(ServerView server, long epoch) {}

    /** A server sends a message to its leader or learner. */
    default void sends(ServerView server, long link, QuorumMessage message) {}

    /** A message leaves a server, in the order of the wire. */
    default void transmits(ServerView server, long link, QuorumMessage message) {}

    /** A server closes a link with a leader or learner. */
    default void closes(ServerView server, long link, String reason) {}

    /** A leader proposes a transaction. */
    default void proposes(ServerView server, StoredTxn txn) {}

    /** A leader goes on leading, and its log has stood still for so long with something to write. */
    default void leadsOn(ServerView server, long logIdleMillis) {}

    /** What a server holds on to when it has done what it was at. */
    default void holds(ServerView server, Holdings holdings) {}

    /** From here, or up to here, only the links of a minority break. */
    default void minorityFlaps(boolean begins) {}

    /** A server got a message of its leader or learner. */
    default void receives(ServerView server, long link, QuorumMessage message) {}

    /** A server has applied a transaction; {@code isNew} when it is the first of all to do so. */
    default void applied(ServerView server, StoredTxn txn, LoggedTxn logged, long digest, boolean isNew) {}

    /** A server's state is that of a snapshot now. */
    default void loaded(ServerView server, long zxid) {}

    /** A server reports its epochs as saved. */
    default void epochsSaved(ServerView server, long current) {}

    /** A server reports its log as truncated. */
    default void truncated(ServerView server, long zxid) {}

    /** A server has lost all its data. */
    default void wiped(ServerView server) {}

    /** A server was started from its disk. */
    default void started(ServerView server) {}

    /**
     * What a server would find on its disk, and what it would if one bit of a file changed.
     *
     * @param after {@code null} when it would refuse to start
     */
    default void damaged(ServerView server, String file, ServerStorage before, @Nullable ServerStorage after) {}

    /**
     * A client was told whether it may do something.
     *
     * @param zxid of the state that decided
     * @param permission one of {@link io.zookit.model.Permissions}
     */
    default void decided(String path, long zxid, int permission, Id identity, boolean allowed) {}

    /** A leader heard of a session. */
    default void touched(ServerView server, long sessionId, long trueMicros) {}

    /** A server ends a session for its silence. */
    default void expires(ServerView server, long sessionId, int timeoutMillis, long trueMicros) {}
}
