package io.zookit.pipeline.operation;

import io.zookit.model.ErrorCode;
import io.zookit.model.OpCode;
import io.zookit.wire.JuteReader;
import io.zookit.wire.JuteWriter;

/**
 * What stands before each part of a multi or multiRead, in requests and replies, and after the last (client protocol, record
 * MultiHeader).
 *
 * @param type the number of the part's operation, or of {@link OpCode#ERROR}
 * @param done whether no part follows
 * @param error the part's error in a reply, -1 where it means nothing
 */
record MultiHeader(int type, boolean done, int error) {
    /** No part follows. */
    static final MultiHeader END = new MultiHeader(OpCode.ERROR.code(), true, -1);

    static MultiHeader read(JuteReader body) {
        return new MultiHeader(body.readInt(), body.readBoolean(), body.readInt());
    }

    /** The header of a part that succeeded. */
    static MultiHeader result(OpCode type) {
        return new MultiHeader(type.code(), false, ErrorCode.OK.code());
    }

    /** Writes the whole result of a part that failed. */
    static void writeError(JuteWriter reply, ErrorCode error) {
        new MultiHeader(OpCode.ERROR.code(), false, error.code()).write(reply);
        reply.writeInt(error.code());
    }

    void write(JuteWriter writer) {
        writer.writeInt(type);
        writer.writeBoolean(done);
        writer.writeInt(error);
    }
}
