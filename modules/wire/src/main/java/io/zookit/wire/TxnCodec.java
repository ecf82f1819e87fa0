package io.zookit.wire;

import io.zookit.model.Acl;
import io.zookit.model.OpCode;
import io.zookit.model.Txn;
import io.zookit.model.TxnHeader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Transactions as bytes: header, body by type, then optionally the tree's digest. The same bytes go to the log, to learners
 * and into Apache's own files (log format, section "serialized txn").
 */
public final class TxnCodec {
    private static final int DIGEST_BYTES = 12;
    private static final int SMALLEST_PART_BYTES = 8;

    private TxnCodec() {}

    /**
     * Writes a transaction.
     *
     * @param digest the tree's digest after it, of the current version; {@code null} leaves it out
     */
    public static void write(JuteWriter writer, TxnHeader header, Txn txn, @Nullable Long digest) {
        writer.writeLong(header.sessionId());
        writer.writeInt(header.cxid());
        writer.writeLong(header.zxid());
        writer.writeLong(header.timeMillis());
        writer.writeInt(txn.type().code());
        writeBody(writer, txn);
        if (digest != null) {
            writer.writeInt(LoggedTxn.Digest.CURRENT_VERSION);
            writer.writeLong(digest);
        }
    }

    private static void writeBody(JuteWriter writer, Txn txn) {
        if (txn instanceof Txn.SetData set) {
            writer.writeString(set.path());
            writer.writeBuffer(set.data());
            writer.writeInt(set.version());
        } else if (txn instanceof Txn.Create create) {
            writeCreate(writer, create);
        } else if (txn instanceof Txn.Delete delete) {
            writer.writeString(delete.path());
        } else if (txn instanceof Txn.SetAcl setAcl) {
            writer.writeString(setAcl.path());
            writer.writeAcls(setAcl.acl());
            writer.writeInt(setAcl.aversion());
        } else if (txn instanceof Txn.Check check) {
            writer.writeString(check.path());
            writer.writeInt(check.version());
        } else if (txn instanceof Txn.CreateSession session) {
            writer.writeInt(session.timeoutMillis());
        } else if (txn instanceof Txn.CloseSession session) {
            List<String> paths = session.paths();
            writer.writeStrings(paths == null ? List.of() : paths);
        } else if (txn instanceof Txn.Rejected rejected) {
            writer.writeInt(rejected.code());
        } else if (txn instanceof Txn.Multi multi) {
            writeMulti(writer, multi);
        }
    }

    private static void writeCreate(JuteWriter writer, Txn.Create create) {
        writer.writeString(create.path());
        writer.writeBuffer(create.data());
        writer.writeAcls(create.acl());
        switch (create.type()) {
            case CREATE_CONTAINER -> writer.writeInt(create.parentCversion());
            case CREATE_TTL -> {
                writer.writeInt(create.parentCversion());
                writer.writeLong(create.ttlMillis());
            }
            default -> {
                writer.writeBoolean(create.ephemeral());
                writer.writeInt(create.parentCversion());
            }
        }
    }

    private static void writeMulti(JuteWriter writer, Txn.Multi multi) {
        writer.writeInt(multi.parts().size());
        for (Txn part : multi.parts()) {
            writer.writeInt(part.type().code());
            int start = writer.beginFrame();
            writeBody(writer, part);
            writer.endFrame(start);
        }
    }

    /**
     * Reads a transaction.
     *
     * @throws WireFormatException when the bytes are no transaction
     */
    public static LoggedTxn read(JuteReader reader) {
        long sessionId = reader.readLong();
        int cxid = reader.readInt();
        long zxid = reader.readLong();
        long timeMillis = reader.readLong();
        Txn txn = readBody(reader, reader.readInt());
        LoggedTxn.Digest digest = null;
        if (reader.remaining() >= DIGEST_BYTES) {
            digest = new LoggedTxn.Digest(reader.readInt(), reader.readLong());
        }
        return new LoggedTxn(new TxnHeader(sessionId, cxid, zxid, timeMillis), txn, digest);
    }

    private static Txn readBody(JuteReader reader, int code) {
        OpCode type = OpCode.ofCode(code);
        if (type == null) {
            throw new WireFormatException("unknown transaction type " + code);
        }
        return switch (type) {
            case CREATE, CREATE2, CREATE_CONTAINER, CREATE_TTL -> readCreate(reader, type);
            case DELETE, DELETE_CONTAINER -> new Txn.Delete(type, reader.readRequiredString());
            case SET_DATA, RECONFIG ->
                new Txn.SetData(type, reader.readRequiredString(), reader.readBuffer(), reader.readInt());
            case SET_ACL ->
                new Txn.SetAcl(reader.readRequiredString(), List.copyOf(reader.readAcls()), reader.readInt());
            case CHECK -> new Txn.Check(reader.readRequiredString(), reader.readInt());
            case CREATE_SESSION -> new Txn.CreateSession(reader.readInt());
            case CLOSE_SESSION -> new Txn.CloseSession(reader.remaining() == 0 ? null : reader.readStrings());
            case ERROR -> new Txn.Rejected(reader.readInt());
            case MULTI -> readMulti(reader);
            default -> throw new WireFormatException(type + " is no transaction");
        };
    }

    private static Txn readCreate(JuteReader reader, OpCode type) {
        String path = reader.readRequiredString();
        byte[] data = reader.readBuffer();
        List<Acl> acl = List.copyOf(reader.readAcls());
        boolean plain = type == OpCode.CREATE || type == OpCode.CREATE2;
        boolean ephemeral = plain && reader.readBoolean();
        int parentCversion = plain && reader.remaining() == 0 ? -1 : reader.readInt();
        long ttlMillis = type == OpCode.CREATE_TTL ? reader.readLong() : 0;
        return new Txn.Create(type, path, data, acl, ephemeral, ttlMillis, parentCversion);
    }

    private static Txn readMulti(JuteReader reader) {
        int count = reader.readVectorCount(SMALLEST_PART_BYTES);
        List<Txn> parts = new ArrayList<>(Math.max(count, 0));
        for (int i = 0; i < count; i++) {
            int code = reader.readInt();
            byte[] body = reader.readBuffer();
            parts.add(readPart(code, body == null ? new byte[0] : body));
        }
        return new Txn.Multi(List.copyOf(parts));
    }

    /** A rejected part may keep the body of what it once was: of that, only the first four bytes are looked at. */
    private static Txn readPart(int code, byte[] body) {
        if (code == OpCode.MULTI.code()) {
            throw new WireFormatException("a multi inside a multi");
        }
        return readBody(JuteReader.of(body), code);
    }
}
