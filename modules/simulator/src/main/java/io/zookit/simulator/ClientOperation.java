package io.zookit.simulator;

import io.zookit.model.OpCode;
import io.zookit.wire.JuteReader;
import io.zookit.wire.JuteWriter;
import java.util.ArrayList;
import java.util.List;

/** What a simulated client can ask: the client protocol, reduced to what the rules are about. */
sealed interface ClientOperation {
    /** A new znode; the server completes the path of a sequential one. */
    record Create(String path, String value, boolean ephemeral, boolean sequential) implements ClientOperation {}

    /** New data, if the version is this one; -1 takes any. */
    record SetData(String path, String value, int version) implements ClientOperation {}

    /** The end of a znode, if the version is this one; -1 takes any. */
    record Delete(String path, int version) implements ClientOperation {}

    /** Who may read and change a znode: one client, or everybody when the number is negative. */
    record SetAcl(String path, int client) implements ClientOperation {}

    /** Several writes, all or nothing. */
    record Multi(List<ClientOperation> parts) implements ClientOperation {}

    /** What is at a path, and whether to tell of the next change. */
    record Read(String path, boolean watch) implements ClientOperation {}

    /** What follows sees everything that was done before this. */
    record Sync() implements ClientOperation {}

    /** The end of the session. */
    record CloseSession() implements ClientOperation {}

    /** Whether it goes through the log. */
    default boolean isWrite() {
        return !(this instanceof Read) && !(this instanceof Sync);
    }

    /** The number under which it is forwarded. */
    default int opCode() {
        OpCode code = this instanceof Create
                ? OpCode.CREATE2
                : this instanceof SetData
                        ? OpCode.SET_DATA
                        : this instanceof SetAcl
                                ? OpCode.SET_ACL
                                : this instanceof Delete
                                        ? OpCode.DELETE
                                        : this instanceof Multi
                                                ? OpCode.MULTI
                                                : this instanceof Sync
                                                        ? OpCode.SYNC
                                                        : this instanceof CloseSession
                                                                ? OpCode.CLOSE_SESSION
                                                                : OpCode.GET_DATA;
        return code.code();
    }

    /** The body of a request that is forwarded. */
    default byte[] body() {
        JuteWriter writer = new JuteWriter(64);
        write(writer);
        return writer.toByteArray();
    }

    private void write(JuteWriter writer) {
        if (this instanceof Create create) {
            writer.writeString(create.path());
            writer.writeString(create.value());
            writer.writeBoolean(create.ephemeral());
            writer.writeBoolean(create.sequential());
        } else if (this instanceof SetData set) {
            writer.writeString(set.path());
            writer.writeString(set.value());
            writer.writeInt(set.version());
        } else if (this instanceof Delete delete) {
            writer.writeString(delete.path());
            writer.writeInt(delete.version());
        } else if (this instanceof SetAcl set) {
            writer.writeString(set.path());
            writer.writeInt(set.client());
        } else if (this instanceof Multi multi) {
            writer.writeInt(multi.parts().size());
            for (ClientOperation part : multi.parts()) {
                writer.writeInt(part.opCode());
                part.write(writer);
            }
        }
    }

    /** The operation of a forwarded request. */
    static ClientOperation of(int opCode, byte[] body) {
        return read(opCode, JuteReader.of(body));
    }

    private static ClientOperation read(int opCode, JuteReader reader) {
        OpCode code = OpCode.ofCode(opCode);
        if (code == OpCode.CREATE2) {
            return new Create(
                    reader.readRequiredString(),
                    reader.readRequiredString(),
                    reader.readBoolean(),
                    reader.readBoolean());
        } else if (code == OpCode.SET_DATA) {
            return new SetData(reader.readRequiredString(), reader.readRequiredString(), reader.readInt());
        } else if (code == OpCode.DELETE) {
            return new Delete(reader.readRequiredString(), reader.readInt());
        } else if (code == OpCode.SET_ACL) {
            return new SetAcl(reader.readRequiredString(), reader.readInt());
        } else if (code == OpCode.MULTI) {
            List<ClientOperation> parts = new ArrayList<>();
            int count = reader.readInt();
            for (int i = 0; i < count; i++) {
                parts.add(read(reader.readInt(), reader));
            }
            return new Multi(List.copyOf(parts));
        } else if (code == OpCode.SYNC) {
            return new Sync();
        } else if (code == OpCode.CLOSE_SESSION) {
            return new CloseSession();
        }
        throw new IllegalStateException("no operation " + opCode + " is ever forwarded");
    }
}
