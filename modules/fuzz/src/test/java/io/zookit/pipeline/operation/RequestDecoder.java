package io.zookit.pipeline.operation;

import io.zookit.fuzz.Decoder;
import io.zookit.model.CreateMode;
import io.zookit.model.OpCode;
import io.zookit.wire.JuteReader;
import io.zookit.wire.JuteWriter;
import io.zookit.wire.WireFormatException;
import org.jspecify.annotations.Nullable;

/** The bodies of one operation, read by the server's own code and written by the test. */
public final class RequestDecoder implements Decoder<Request> {
    private final Operation<?> operation;

    private RequestDecoder(Operation<?> operation) {
        this.operation = operation;
    }

    /** The decoder of an operation that the server answers. */
    public static RequestDecoder of(OpCode code) {
        Operation<?> operation = new Operations().find(code.code());
        if (operation == null) {
            throw new IllegalArgumentException(code + " is not answered");
        }
        return new RequestDecoder(operation);
    }

    @Override
    public String name() {
        return "the body of " + operation.code();
    }

    @Override
    public Request decode(JuteReader input) {
        return operation.decode(input);
    }

    @Override
    public int allocationFactor() {
        return switch (operation.code()) {
            case CREATE, CREATE2, CREATE_CONTAINER, CREATE_TTL, SET_ACL, SET_WATCHES, SET_WATCHES2, MULTI, MULTI_READ ->
                LIST_ALLOCATION_FACTOR;
            default -> TEXT_ALLOCATION_FACTOR;
        };
    }

    /** Nothing of it is used: the server answers without looking. */
    @Override
    public boolean keepsAll() {
        return operation.code() != OpCode.SASL;
    }

    @Override
    public void encode(Request value, JuteWriter output) {
        encode(operation.code(), value, output);
    }

    private static void encode(OpCode code, Request request, JuteWriter output) {
        if (request instanceof CreateOperation.Create create) {
            output.writeString(create.path());
            output.writeBuffer(create.data());
            output.writeAcls(create.acl());
            output.writeInt(create.flags());
            if (code == OpCode.CREATE_TTL) {
                output.writeLong(create.ttlMillis());
            }
        } else if (request instanceof SetDataOperation.SetData set) {
            output.writeString(set.path());
            output.writeBuffer(set.data());
            output.writeInt(set.version());
        } else if (request instanceof SetAclOperation.SetAcl set) {
            output.writeString(set.path());
            output.writeAcls(set.acl());
            output.writeInt(set.aversion());
        } else if (request instanceof ReconfigOperation.Reconfig reconfig) {
            output.writeString(reconfig.wish().joining());
            output.writeString(reconfig.wish().leaving());
            output.writeString(reconfig.wish().members());
            output.writeLong(reconfig.wish().fromVersion());
        } else if (request instanceof PathRequest read) {
            output.writeString(read.path());
            if (hasWatch(code)) {
                output.writeBoolean(read.watch());
            }
        } else if (request instanceof SetWatchesOperation.SetWatches watches) {
            encode(code, watches, output);
        } else if (request instanceof MultiOperation.Multi multi) {
            for (MultiOperation.Part<?> part : multi.parts()) {
                OpCode partCode = codeOnTheWire(part);
                header(partCode.code(), false, output);
                encode(partCode, part.request(), output);
            }
            header(OpCode.ERROR.code(), true, output);
        } else if (request instanceof MultiReadOperation.MultiRead multi) {
            for (MultiReadOperation.Part part : multi.parts()) {
                header(part.operation().code().code(), false, output);
                encode(part.operation().code(), part.request(), output);
            }
            header(OpCode.ERROR.code(), true, output);
        } else {
            encodePathAndNumber(request, output);
        }
    }

    /** Flags without a meaning can only have come with createTTL, which then is a plain creation. */
    private static OpCode codeOnTheWire(MultiOperation.Part<?> part) {
        boolean meaningless =
                part.request() instanceof CreateOperation.Create create && CreateMode.ofFlag(create.flags()) == null;
        return meaningless ? OpCode.CREATE_TTL : part.operation().code();
    }

    private static boolean hasWatch(OpCode code) {
        return switch (code) {
            case EXISTS, GET_DATA, GET_CHILDREN, GET_CHILDREN2 -> true;
            default -> false;
        };
    }

    private static void encodePathAndNumber(Request request, JuteWriter output) {
        if (request instanceof DeleteOperation.Delete delete) {
            pathAndNumber(delete.path(), delete.version(), output);
        } else if (request instanceof CheckOperation.CheckVersion check) {
            pathAndNumber(check.path(), check.version(), output);
        } else if (request instanceof WatchesOperation.Watches watches) {
            pathAndNumber(watches.path(), watches.type(), output);
        } else if (request instanceof AddWatchOperation.AddWatch add) {
            pathAndNumber(add.path(), add.mode(), output);
        } else if (request != Request.EMPTY) {
            throw new WireFormatException("no way is known to write " + request.getClass());
        }
    }

    private static void pathAndNumber(@Nullable String path, int number, JuteWriter output) {
        output.writeString(path);
        output.writeInt(number);
    }

    private static void encode(OpCode code, SetWatchesOperation.SetWatches watches, JuteWriter output) {
        output.writeLong(watches.relativeZxid());
        output.writeStrings(watches.data());
        output.writeStrings(watches.exist());
        output.writeStrings(watches.child());
        if (code == OpCode.SET_WATCHES2) {
            output.writeStrings(watches.persistent());
            output.writeStrings(watches.persistentRecursive());
        }
    }

    private static void header(int type, boolean done, JuteWriter output) {
        output.writeInt(type);
        output.writeBoolean(done);
        output.writeInt(-1);
    }
}
