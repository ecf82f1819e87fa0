package io.zookit.pipeline.operation;

import io.zookit.model.ErrorCode;
import io.zookit.model.OpCode;
import io.zookit.model.Txn;
import io.zookit.tree.Outcome;
import io.zookit.wire.JuteReader;
import io.zookit.wire.JuteWriter;
import io.zookit.wire.WireFormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Several writes under one zxid, all or nothing.
 *
 * <p>A failed multi is answered with error 0 in the reply header; its results tell: 0 for the parts before the failing one, its
 * own code, and RUNTIME_INCONSISTENCY for the parts after it (client protocol, multi).
 */
final class MultiOperation implements WriteOperation<MultiOperation.Multi> {
    private final Map<OpCode, WriteOperation<?>> parts;

    /**
     * @param parts the operations that may be part of a multi
     */
    MultiOperation(Map<OpCode, WriteOperation<?>> parts) {
        this.parts = Map.copyOf(parts);
    }

    /** The parts in order. */
    record Multi(List<Part<?>> parts) implements Request {}

    /** One part: an operation with its request. */
    record Part<R extends Request>(WriteOperation<R> operation, R request) {
        static <R extends Request> Part<R> read(WriteOperation<R> operation, JuteReader body) {
            return new Part<>(operation, operation.decode(body));
        }

        Txn prepare(PrepareContext context) {
            return operation.prepare(request, context);
        }

        boolean makesEphemeral() {
            return operation.makesEphemeral(request);
        }

        boolean grows() {
            return operation.grows(request);
        }
    }

    @Override
    public OpCode code() {
        return OpCode.MULTI;
    }

    @Override
    public Multi decode(JuteReader body) {
        List<Part<?>> read = new ArrayList<>();
        MultiHeader header;
        while (!(header = MultiHeader.read(body)).done()) {
            OpCode code = OpCode.ofCode(header.type());
            WriteOperation<?> operation = code == null ? null : parts.get(code);
            if (operation == null) {
                throw new WireFormatException("operation " + header.type() + " cannot be part of a multi");
            }
            read.add(
                    operation instanceof CreateOperation create
                            ? createPart(create, body)
                            : Part.read(operation, body));
        }
        return new Multi(List.copyOf(read));
    }

    private Part<?> createPart(CreateOperation operation, JuteReader body) {
        CreateOperation.Create request = operation.decode(body);
        OpCode code = operation.codeAsPart(request);
        if (code == operation.code()) {
            return new Part<>(operation, request);
        }
        return new Part<>((CreateOperation) Objects.requireNonNull(parts.get(code)), request.withoutTtl());
    }

    @Override
    public Txn prepare(Multi request, PrepareContext context) {
        List<Txn> prepared = new ArrayList<>(request.parts().size());
        int before = context.pending().mark();
        boolean failed = false;
        for (Part<?> part : request.parts()) {
            Txn txn = failed ? Rejection.of(ErrorCode.RUNTIME_INCONSISTENCY) : part.prepare(context);
            if (Rejection.isOf(ErrorCode.MARSHALLING_ERROR, txn)) {
                // What cannot be read is not an error of one part.
                context.pending().rollback(before);
                return txn;
            }
            prepared.add(txn);
            if (txn instanceof Txn.Rejected) {
                failed = true;
            } else {
                context.pending().add(context.header(), txn);
            }
        }
        // Each part was prepared on top of those before it; the transaction as a whole is added by whoever proposes it.
        context.pending().rollback(before);
        return new Txn.Multi(List.copyOf(prepared));
    }

    @Override
    public boolean grows(Multi request) {
        return request.parts().stream().anyMatch(Part::grows);
    }

    @Override
    public boolean makesEphemeral(Multi request) {
        return request.parts().stream().anyMatch(Part::makesEphemeral);
    }

    /** The first part that would make an ephemeral has failed. */
    @Override
    public Refusal refusal(Multi request, ErrorCode reason) {
        return Refusal.inBody(code(), reply -> {
            ErrorCode error = ErrorCode.OK;
            for (Part<?> part : request.parts()) {
                if (error != ErrorCode.OK) {
                    error = ErrorCode.RUNTIME_INCONSISTENCY;
                } else if (part.makesEphemeral()) {
                    error = reason;
                }
                MultiHeader.writeError(reply, error);
            }
            MultiHeader.END.write(reply);
        });
    }

    @Override
    public void writeReply(Outcome outcome, JuteWriter reply) {
        for (Outcome part : outcome.parts()) {
            writePart(part, reply);
        }
        MultiHeader.END.write(reply);
    }

    private void writePart(Outcome part, JuteWriter reply) {
        if (part.type() == OpCode.ERROR) {
            MultiHeader.writeError(reply, part.error());
            return;
        }
        OpCode resultType =
                switch (part.type()) {
                    case CREATE2, CREATE_CONTAINER, CREATE_TTL -> OpCode.CREATE2;
                    default -> part.type();
                };
        MultiHeader.result(resultType).write(reply);
        WriteOperation<?> operation = parts.get(part.type());
        if (operation != null) {
            operation.writeReply(part, reply);
        }
    }
}
