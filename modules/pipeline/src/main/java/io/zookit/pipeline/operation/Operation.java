package io.zookit.pipeline.operation;

import io.zookit.model.OpCode;
import io.zookit.wire.JuteReader;

/**
 * One operation of the client protocol. Stateless: the same object serves all connections and threads.
 *
 * @param <R> its decoded request
 */
public sealed interface Operation<R extends Request> permits ReadOperation, WriteOperation {
    /** Its number and name. */
    OpCode code();

    /**
     * Decodes the body of a request. Runs on a transport thread.
     *
     * @param body at the first byte after the request header; bytes left over are ignored
     * @throws io.zookit.wire.WireFormatException when the body has another form; the client gets MARSHALLING_ERROR
     */
    R decode(JuteReader body);
}
