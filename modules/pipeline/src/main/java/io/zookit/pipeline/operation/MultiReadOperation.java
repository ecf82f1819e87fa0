package io.zookit.pipeline.operation;

import io.zookit.model.ErrorCode;
import io.zookit.model.OpCode;
import io.zookit.wire.JuteReader;
import io.zookit.wire.JuteWriter;
import io.zookit.wire.WireFormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Several reads at once; each succeeds or fails alone, and none sets a watch. */
final class MultiReadOperation implements ReadOperation<MultiReadOperation.MultiRead> {
    private final Map<OpCode, ReadOperation<PathRequest>> parts = Map.of(
            OpCode.GET_DATA,
            new GetDataOperation(),
            OpCode.GET_CHILDREN,
            new GetChildrenOperation(OpCode.GET_CHILDREN));

    record MultiRead(List<Part> parts) implements Request {}

    /** One part: an operation with its request. */
    record Part(ReadOperation<PathRequest> operation, PathRequest request) {}

    @Override
    public OpCode code() {
        return OpCode.MULTI_READ;
    }

    @Override
    public MultiRead decode(JuteReader body) {
        List<Part> read = new ArrayList<>();
        MultiHeader header;
        while (!(header = MultiHeader.read(body)).done()) {
            OpCode code = OpCode.ofCode(header.type());
            ReadOperation<PathRequest> operation = code == null ? null : parts.get(code);
            if (operation == null) {
                throw new WireFormatException("operation " + header.type() + " cannot be part of a multiRead");
            }
            read.add(new Part(operation, new PathRequest(operation.decode(body).path(), false)));
        }
        return new MultiRead(List.copyOf(read));
    }

    @Override
    public ErrorCode answer(MultiRead request, ReadContext context, JuteWriter reply) {
        for (Part part : request.parts()) {
            int start = reply.size();
            MultiHeader.result(part.operation().code()).write(reply);
            ErrorCode error = part.operation().answer(part.request(), context, reply);
            if (error == ErrorCode.MARSHALLING_ERROR) {
                return error;
            }
            if (error != ErrorCode.OK) {
                reply.truncate(start);
                MultiHeader.writeError(reply, error);
            }
        }
        MultiHeader.END.write(reply);
        return ErrorCode.OK;
    }
}
