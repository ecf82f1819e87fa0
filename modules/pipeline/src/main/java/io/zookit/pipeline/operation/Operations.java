package io.zookit.pipeline.operation;

import io.zookit.model.OpCode;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All operations this server answers, by number. A number that is not here is answered with UNIMPLEMENTED. */
public final class Operations {
    private final Map<OpCode, Operation<?>> byCode = new EnumMap<>(OpCode.class);

    /** The operations of the client protocol. */
    public Operations() {
        Map<OpCode, WriteOperation<?>> partsOfMulti = new EnumMap<>(OpCode.class);
        List<WriteOperation<?>> writes = List.of(
                new CreateOperation(OpCode.CREATE),
                new CreateOperation(OpCode.CREATE2),
                new CreateOperation(OpCode.CREATE_CONTAINER),
                new CreateOperation(OpCode.CREATE_TTL),
                new DeleteOperation(),
                new SetDataOperation(),
                new SetAclOperation(),
                new ReconfigOperation(),
                new CloseSessionOperation());
        for (WriteOperation<?> write : writes) {
            byCode.put(write.code(), write);
        }
        for (OpCode part : List.of(
                OpCode.CREATE,
                OpCode.CREATE2,
                OpCode.CREATE_CONTAINER,
                OpCode.CREATE_TTL,
                OpCode.DELETE,
                OpCode.SET_DATA)) {
            partsOfMulti.put(part, (WriteOperation<?>) byCode.get(part));
        }
        partsOfMulti.put(OpCode.CHECK, new CheckOperation());
        byCode.put(OpCode.MULTI, new MultiOperation(partsOfMulti));
        List<ReadOperation<?>> reads = List.of(
                new ExistsOperation(),
                new GetDataOperation(),
                new GetAclOperation(),
                new GetChildrenOperation(OpCode.GET_CHILDREN),
                new GetChildrenOperation(OpCode.GET_CHILDREN2),
                new SyncOperation(),
                new PingOperation(),
                new WatchesOperation(OpCode.CHECK_WATCHES),
                new WatchesOperation(OpCode.REMOVE_WATCHES),
                new SetWatchesOperation(OpCode.SET_WATCHES),
                new SetWatchesOperation(OpCode.SET_WATCHES2),
                new AddWatchOperation(),
                new MultiReadOperation(),
                new GetEphemeralsOperation(),
                new GetAllChildrenNumberOperation(),
                new WhoAmIOperation(),
                new SaslOperation());
        for (ReadOperation<?> read : reads) {
            byCode.put(read.code(), read);
        }
    }

    /**
     * The operation of a number.
     *
     * @return {@code null} when this server does not answer it
     */
    public @Nullable Operation<?> find(int code) {
        OpCode known = OpCode.ofCode(code);
        return known == null ? null : byCode.get(known);
    }
}
