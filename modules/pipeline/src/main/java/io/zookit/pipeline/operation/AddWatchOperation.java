package io.zookit.pipeline.operation;

import io.zookit.model.ErrorCode;
import io.zookit.model.OpCode;
import io.zookit.watch.WatcherType;
import io.zookit.wire.JuteReader;
import io.zookit.wire.JuteWriter;
import org.jspecify.annotations.Nullable;

/**
 * Sets a watch that stays: on one path, or on a path and everything below it. The znode need not exist, and permission is asked
 * for each event, not here.
 */
final class AddWatchOperation implements ReadOperation<AddWatchOperation.AddWatch> {
    private static final int PERSISTENT = 0;
    private static final int PERSISTENT_RECURSIVE = 1;

    record AddWatch(@Nullable String path, int mode) implements Request {}

    @Override
    public OpCode code() {
        return OpCode.ADD_WATCH;
    }

    @Override
    public AddWatch decode(JuteReader body) {
        return new AddWatch(body.readString(), body.readInt());
    }

    @Override
    public ErrorCode answer(AddWatch request, ReadContext context, JuteWriter reply) {
        String path = request.path();
        boolean known = request.mode() == PERSISTENT || request.mode() == PERSISTENT_RECURSIVE;
        if (path == null || !known) {
            return ErrorCode.MARSHALLING_ERROR;
        }
        boolean recursive = request.mode() == PERSISTENT_RECURSIVE;
        WatcherType type = recursive ? WatcherType.PERSISTENT_RECURSIVE : WatcherType.PERSISTENT;
        ErrorCode mayWatch = context.limits().mayWatch(context.watches(), path, type, context.caller());
        if (mayWatch != ErrorCode.OK) {
            return mayWatch;
        }
        context.watches().addPersistent(path, context.caller(), recursive);
        reply.writeInt(ErrorCode.OK.code());
        return ErrorCode.OK;
    }
}
