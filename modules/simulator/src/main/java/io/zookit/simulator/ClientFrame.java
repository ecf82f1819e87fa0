package io.zookit.simulator;

import io.zookit.model.ErrorCode;
import io.zookit.model.Stat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What goes between a simulated client and its server. */
sealed interface ClientFrame {
    /** Client: begin a session (id 0) or go on with one. */
    record Connect(int client, long sessionId, long lastZxid, int timeoutMillis) implements ClientFrame {}

    /** Server: the session is this one; 0 when there is none to go on with. */
    record Connected(long sessionId) implements ClientFrame {}

    /** Client: an operation. */
    record Ask(int xid, ClientOperation operation) implements ClientFrame {}

    /**
     * Server: the answer.
     *
     * @param zxid the transaction of a write, otherwise the last one applied
     * @param path what was created or read, {@code null} otherwise
     * @param value what was read, {@code null} otherwise
     * @param stat the facts of what was changed or read
     */
    record Reply(
            int xid,
            long zxid,
            ErrorCode error,
            @Nullable String path,
            @Nullable String value,
            @Nullable Stat stat) implements ClientFrame {}

    /** Server: a watch has fired. */
    record Event(String path) implements ClientFrame {}

    /**
     * Client, first thing on a new connection: these watches are open.
     *
     * @param lastZxid the newest transaction it has seen
     * @param data watches of znodes that were there
     * @param exists watches of paths where nothing was
     */
    record Rewatch(long lastZxid, List<String> data, List<String> exists) implements ClientFrame {}

    /** Client: still here; the server answers with the same. */
    record Ping() implements ClientFrame {}
}
