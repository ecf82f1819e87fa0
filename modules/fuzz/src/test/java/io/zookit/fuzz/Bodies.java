package io.zookit.fuzz;

import io.zookit.model.OpCode;
import io.zookit.wire.JuteWriter;
import java.util.List;

/** Bodies of requests that are well formed, with contents from {@link Chance}: the right fields of each operation in a row. */
public final class Bodies {
    /** The operations whose bodies are made. */
    public static final List<OpCode> OPERATIONS = List.of(
            OpCode.CREATE,
            OpCode.CREATE2,
            OpCode.CREATE_CONTAINER,
            OpCode.CREATE_TTL,
            OpCode.DELETE,
            OpCode.EXISTS,
            OpCode.GET_DATA,
            OpCode.SET_DATA,
            OpCode.GET_ACL,
            OpCode.SET_ACL,
            OpCode.GET_CHILDREN,
            OpCode.GET_CHILDREN2,
            OpCode.SYNC,
            OpCode.PING,
            OpCode.MULTI,
            OpCode.MULTI_READ,
            OpCode.CHECK_WATCHES,
            OpCode.REMOVE_WATCHES,
            OpCode.SET_WATCHES,
            OpCode.SET_WATCHES2,
            OpCode.ADD_WATCH,
            OpCode.GET_EPHEMERALS,
            OpCode.GET_ALL_CHILDREN_NUMBER,
            OpCode.RECONFIG,
            OpCode.SASL,
            OpCode.WHO_AM_I);

    private static final List<OpCode> WRITE_PARTS = List.of(
            OpCode.CREATE,
            OpCode.CREATE2,
            OpCode.CREATE_CONTAINER,
            OpCode.CREATE_TTL,
            OpCode.DELETE,
            OpCode.SET_DATA,
            OpCode.CHECK);
    private static final List<OpCode> READ_PARTS = List.of(OpCode.GET_DATA, OpCode.GET_CHILDREN);

    private final Chance chance;

    /**
     * @param chance where the contents come from
     */
    public Bodies(Chance chance) {
        this.chance = chance;
    }

    /** Writes a body of an operation. */
    public void write(OpCode operation, JuteWriter body) {
        switch (operation) {
            case CREATE, CREATE2, CREATE_CONTAINER -> create(body);
            case CREATE_TTL -> {
                create(body);
                body.writeLong(chance.anyLong());
            }
            case DELETE, CHECK, CHECK_WATCHES, REMOVE_WATCHES, ADD_WATCH -> {
                body.writeString(chance.path());
                body.writeInt(chance.anyInt());
            }
            case SET_DATA -> {
                body.writeString(chance.path());
                body.writeBuffer(chance.anyBytes());
                body.writeInt(chance.anyInt());
            }
            case SET_ACL -> {
                body.writeString(chance.path());
                body.writeAcls(chance.acls());
                body.writeInt(chance.anyInt());
            }
            case EXISTS, GET_DATA, GET_CHILDREN, GET_CHILDREN2 -> {
                body.writeString(chance.path());
                body.writeBoolean(chance.oneIn(2));
            }
            case GET_ACL, SYNC, GET_EPHEMERALS, GET_ALL_CHILDREN_NUMBER -> body.writeString(chance.path());
            case MULTI -> parts(body, WRITE_PARTS);
            case MULTI_READ -> parts(body, READ_PARTS);
            case SET_WATCHES -> watches(body, 3);
            case SET_WATCHES2 -> watches(body, 5);
            case SASL -> body.writeBuffer(chance.anyBytes());
            case RECONFIG -> {
                body.writeString(chance.path());
                body.writeString(chance.path());
                body.writeString(chance.path());
                body.writeLong(chance.anyLong());
            }
            default -> {
                // Ping, whoAmI and closeSession have no body.
            }
        }
    }

    private void create(JuteWriter body) {
        create(body, chance.oneIn(2) ? chance.below(8) : chance.anyInt());
    }

    private void create(JuteWriter body, int flags) {
        body.writeString(chance.path());
        body.writeBuffer(chance.anyBytes());
        body.writeAcls(chance.acls());
        body.writeInt(flags);
    }

    /** In a multi the flags decide which operation a creation is, and some are no operation: here they go with the one that is named. */
    private void writePart(OpCode part, JuteWriter body) {
        switch (part) {
            case CREATE, CREATE2 -> create(body, chance.below(4));
            case CREATE_CONTAINER -> create(body, chance.below(5));
            case CREATE_TTL -> {
                create(body, 5 + chance.below(2));
                body.writeLong(chance.anyLong());
            }
            default -> write(part, body);
        }
    }

    private void watches(JuteWriter body, int lists) {
        body.writeLong(chance.anyLong());
        for (int i = 0; i < lists; i++) {
            body.writeStrings(chance.paths());
        }
    }

    private void parts(JuteWriter body, List<OpCode> kinds) {
        int count = chance.oneIn(60) ? chance.below(200) : chance.below(5);
        for (int i = 0; i < count; i++) {
            OpCode part = kinds.get(chance.below(kinds.size()));
            header(body, part.code(), false);
            if (kinds == READ_PARTS) {
                // A multiRead leaves no watches, so its flag means nothing.
                body.writeString(chance.path());
                body.writeBoolean(false);
            } else {
                writePart(part, body);
            }
        }
        header(body, OpCode.ERROR.code(), true);
    }

    private static void header(JuteWriter body, int type, boolean done) {
        body.writeInt(type);
        body.writeBoolean(done);
        body.writeInt(-1);
    }
}
