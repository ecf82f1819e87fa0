package io.zookit.pipeline.operation;

import io.zookit.model.ErrorCode;
import io.zookit.model.OpCode;
import io.zookit.watch.WatcherType;
import io.zookit.wire.JuteReader;
import io.zookit.wire.JuteWriter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks whether the caller has a watch (checkWatches), or gives it up (removeWatches). */
final class WatchesOperation implements ReadOperation<WatchesOperation.Watches> {
    private final OpCode code;

    /**
     * @param code CHECK_WATCHES or REMOVE_WATCHES
     */
    WatchesOperation(OpCode code) {
        this.code = code;
    }

    /**
     * @param type the number of a {@link WatcherType}
     */
    record Watches(@Nullable String path, int type) implements Request {}

    @Override
    public OpCode code() {
        return code;
    }

    @Override
    public Watches decode(JuteReader body) {
        return new Watches(body.readString(), body.readInt());
    }

    @Override
    public ErrorCode answer(Watches request, ReadContext context, JuteWriter reply) {
        Optional<WatcherType> known = WatcherType.of(request.type());
        if (known.isEmpty()) {
            return ErrorCode.MARSHALLING_ERROR;
        }
        String path = request.path();
        if (path == null) {
            return ErrorCode.NO_WATCHER;
        }
        WatcherType type = known.get();
        boolean found = code == OpCode.CHECK_WATCHES
                ? context.watches().contains(path, context.caller(), type)
                : context.watches().remove(path, context.caller(), type);
        return found ? ErrorCode.OK : ErrorCode.NO_WATCHER;
    }
}
