package io.zookit.pipeline.operation;

import io.zookit.model.ErrorCode;
import io.zookit.model.OpCode;
import io.zookit.tree.Znode;
import io.zookit.watch.WatchCatchUp;
import io.zookit.watch.WatchEventType;
import io.zookit.watch.WatcherType;
import io.zookit.wire.JuteReader;
import io.zookit.wire.JuteWriter;
import io.zookit.wire.WireFormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sets again, after a reconnect, the watches a client had elsewhere, and tells at once of what it missed. The events leave before
 * the reply; as one step under the ownership of the state, nothing can happen in between.
 */
final class SetWatchesOperation implements ReadOperation<SetWatchesOperation.SetWatches> {
    private static final long MISSED = -1;
    private static final int SMALLEST_PATH_BYTES = 4;

    /**
     * @param relativeZxid the newest zxid the client saw
     */
    record SetWatches(
            long relativeZxid,
            List<String> data,
            List<String> exist,
            List<String> child,
            List<String> persistent,
            List<String> persistentRecursive)
            implements Request {}

    private final OpCode code;

    /**
     * @param code SET_WATCHES, or SET_WATCHES2 which also names persistent watches
     */
    SetWatchesOperation(OpCode code) {
        this.code = code;
    }

    @Override
    public OpCode code() {
        return code;
    }

    @Override
    public SetWatches decode(JuteReader body) {
        boolean withPersistent = code == OpCode.SET_WATCHES2;
        return new SetWatches(
                body.readLong(),
                paths(body),
                paths(body),
                paths(body),
                withPersistent ? paths(body) : List.of(),
                withPersistent ? paths(body) : List.of());
    }

    /** A list that may be empty, but has to be there. */
    private static List<String> paths(JuteReader body) {
        int count = body.readVectorCount(SMALLEST_PATH_BYTES);
        if (count < 0) {
            throw new WireFormatException("a list of watches is null");
        }
        List<String> paths = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            paths.add(body.readRequiredString());
        }
        return paths;
    }

    @Override
    public ErrorCode answer(SetWatches request, ReadContext context, JuteWriter reply) {
        long since = request.relativeZxid();
        boolean allSet = setAgain(WatchCatchUp.DATA, request.data(), since, context)
                && setAgain(WatchCatchUp.EXIST, request.exist(), since, context)
                && setAgain(WatchCatchUp.CHILD, request.child(), since, context)
                && setAgain(WatchCatchUp.PERSISTENT, request.persistent(), since, context)
                && setAgain(WatchCatchUp.PERSISTENT_RECURSIVE, request.persistentRecursive(), since, context);
        return allSet ? ErrorCode.OK : ErrorCode.QUOTA_EXCEEDED;
    }

    /** False when the client has as many watches as it may have before all are set. */
    private static boolean setAgain(WatchCatchUp kind, List<String> paths, long since, ReadContext context) {
        for (String path : paths) {
            Znode node = context.find(path);
            Optional<WatchEventType> missed =
                    kind.missed(node != null, node == null ? 0 : node.mzxid(), node == null ? 0 : node.pzxid(), since);
            if (missed.isPresent()) {
                context.caller().event(missed.get(), path, MISSED);
            } else if (context.limits().mayWatch(context.watches(), path, WatcherType.ANY, context.caller())
                    == ErrorCode.OK) {
                kind.register(context.watches(), path, context.caller());
            } else {
                return false;
            }
        }
        return true;
    }
}
