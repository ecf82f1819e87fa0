package io.zookit.pipeline.operation;

import io.zookit.wire.JuteReader;
import org.jspecify.annotations.Nullable;

/**
 * The request of most reads: a path, and whether to watch it.
 *
 * @param path what the client sent; only compared with existing znodes, so that any text is harmless
 * @param watch whether the client wants to know of the next change
 */
record PathRequest(@Nullable String path, boolean watch) implements Request {
    /** A request with a watch flag. */
    static PathRequest readWithWatch(JuteReader body) {
        return new PathRequest(body.readString(), body.readBoolean());
    }

    /** A request of a path alone. */
    static PathRequest read(JuteReader body) {
        return new PathRequest(body.readString(), false);
    }
}
