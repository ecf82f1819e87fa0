package io.zookit.pipeline.operation;

import io.zookit.model.ErrorCode;
import io.zookit.model.OpCode;
import io.zookit.wire.JuteReader;
import io.zookit.wire.JuteWriter;
import java.util.function.Consumer;

/**
 * Stands in for an operation that is not carried out at all: it changes nothing, takes its turn among the replies of its
 * connection, and answers with an error.
 */
public final class Refusal implements ReadOperation<Request> {
    private final OpCode code;
    private final ErrorCode error;
    private final Consumer<JuteWriter> body;

    /**
     * An error in the header of the reply.
     *
     * @param code what was asked for
     * @param error why it is not done
     */
    public Refusal(OpCode code, ErrorCode error) {
        this(code, error, reply -> {});
    }

    private Refusal(OpCode code, ErrorCode error, Consumer<JuteWriter> body) {
        this.code = code;
        this.error = error;
        this.body = body;
    }

    /** An error in the body of the reply, of an operation that has them there. */
    static Refusal inBody(OpCode code, Consumer<JuteWriter> body) {
        return new Refusal(code, ErrorCode.OK, body);
    }

    @Override
    public OpCode code() {
        return code;
    }

    @Override
    public Request decode(JuteReader body) {
        return Request.EMPTY;
    }

    @Override
    public ErrorCode answer(Request request, ReadContext context, JuteWriter reply) {
        body.accept(reply);
        return error;
    }
}
