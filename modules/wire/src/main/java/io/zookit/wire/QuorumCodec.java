package io.zookit.wire;

import io.zookit.model.Id;
import io.zookit.model.Zxid;
import io.zookit.wire.QuorumMessage.TouchedSession;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Quorum messages as bytes. Packets stand back to back on the stream, with no frame around them: a packet's end is known only by
 * reading it. After a {@link QuorumMessage.Snap} the raw snapshot follows, which is none of this class's business.
 */
public final class QuorumCodec {
    private static final int REQUEST = 1;
    private static final int PROPOSAL = 2;
    private static final int ACK = 3;
    private static final int COMMIT = 4;
    private static final int PING = 5;
    private static final int REVALIDATE = 6;
    private static final int SYNC = 7;
    private static final int INFORM = 8;
    private static final int COMMIT_AND_ACTIVATE = 9;
    private static final int NEW_LEADER = 10;
    private static final int FOLLOWER_INFO = 11;
    private static final int UP_TO_DATE = 12;
    private static final int DIFF = 13;
    private static final int TRUNC = 14;
    private static final int SNAP = 15;
    private static final int OBSERVER_INFO = 16;
    private static final int LEADER_INFO = 17;
    private static final int ACK_EPOCH = 18;
    private static final int INFORM_AND_ACTIVATE = 19;

    private static final long NO_ZXID = -1;
    private static final int HEAD_BYTES = 16;
    private static final int SMALLEST_ID_BYTES = 8;
    private static final int TOUCHED_SESSION_BYTES = 12;
    private static final int REVALIDATE_BYTES = 12;
    private static final int IDS_MAX = 1024;

    private QuorumCodec() {}

    /**
     * Reads the next packet as soon as all of it is there.
     *
     * @param bytes what has arrived; its position moves behind the packet, and stays when there is too little
     * @param dataBytesMax the most bytes a packet's data may have
     * @return the message, {@code null} when more bytes are needed
     * @throws WireFormatException when it is none: the connection is to be closed
     */
    public static @Nullable QuorumMessage read(ByteBuffer bytes, int dataBytesMax) {
        int start = bytes.position();
        int length = packetBytes(bytes, start, dataBytesMax);
        if (length < 0) {
            return null;
        }
        ByteBuffer packet = bytes.slice(start, length);
        JuteReader reader = new JuteReader(packet);
        int type = reader.readInt();
        long zxid = reader.readLong();
        byte[] data = reader.readBuffer();
        List<Id> ids = readIds(reader);
        bytes.position(start + length);
        return message(type, zxid, data, ids);
    }

    /** The length of the packet that begins at {@code start}, -1 when not all of it has arrived. */
    private static int packetBytes(ByteBuffer bytes, int start, int dataBytesMax) {
        int end = bytes.limit();
        if (end - start < HEAD_BYTES) {
            return -1;
        }
        int dataLength = bytes.getInt(start + 12);
        if (dataLength < -1 || dataLength > dataBytesMax) {
            throw new WireFormatException("a quorum packet of type " + bytes.getInt(start) + " claims " + dataLength
                    + " bytes of data; the most is " + dataBytesMax);
        }
        long position = start + (long) HEAD_BYTES + Math.max(dataLength, 0);
        if (end - position < 4) {
            return -1;
        }
        int count = bytes.getInt((int) position);
        position += 4;
        if (count > IDS_MAX) {
            throw new WireFormatException("a quorum packet claims " + count + " identities; the most is " + IDS_MAX);
        }
        for (int i = 0; i < 2 * count; i++) {
            if (end - position < 4) {
                return -1;
            }
            int length = bytes.getInt((int) position);
            if (length < -1 || length > dataBytesMax) {
                throw new WireFormatException("an identity in a quorum packet claims " + length + " bytes");
            }
            position += 4 + Math.max(length, 0);
        }
        return position > end ? -1 : (int) (position - start);
    }

    private static @Nullable List<Id> readIds(JuteReader reader) {
        int count = reader.readVectorCount(SMALLEST_ID_BYTES);
        if (count < 0) {
            return null;
        }
        List<Id> ids = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String scheme = reader.readString();
            String id = reader.readString();
            ids.add(new Id(scheme == null ? "" : scheme, id == null ? "" : id));
        }
        return ids;
    }

    private static QuorumMessage message(int type, long zxid, byte @Nullable [] data, @Nullable List<Id> ids) {
        return switch (type) {
            case REQUEST -> request(required(data, "REQUEST"), ids);
            case PROPOSAL -> new QuorumMessage.Proposal(zxid, required(data, "PROPOSAL"));
            case ACK -> new QuorumMessage.Ack(zxid);
            case COMMIT -> new QuorumMessage.Commit(zxid);
            case PING -> data == null ? new QuorumMessage.Ping(zxid) : new QuorumMessage.Pong(zxid, touched(data));
            case REVALIDATE -> revalidation(required(data, "REVALIDATE"));
            case SYNC -> new QuorumMessage.Sync();
            case INFORM -> new QuorumMessage.Inform(zxid, required(data, "INFORM"));
            case COMMIT_AND_ACTIVATE ->
                new QuorumMessage.CommitAndActivate(
                        zxid, JuteReader.of(required(data, "COMMITANDACTIVATE")).readLong());
            case NEW_LEADER -> new QuorumMessage.NewLeader(Zxid.epoch(zxid), data);
            case FOLLOWER_INFO -> new QuorumMessage.FollowerInfo(Zxid.epoch(zxid), LearnerInfo.read(data));
            case UP_TO_DATE -> new QuorumMessage.UpToDate();
            case DIFF -> new QuorumMessage.Diff(zxid);
            case TRUNC -> new QuorumMessage.Trunc(zxid);
            case SNAP -> new QuorumMessage.Snap(zxid);
            case OBSERVER_INFO -> new QuorumMessage.ObserverInfo(Zxid.epoch(zxid), LearnerInfo.read(data));
            case LEADER_INFO ->
                new QuorumMessage.LeaderInfo(
                        Zxid.epoch(zxid),
                        JuteReader.of(required(data, "LEADERINFO")).readInt());
            case ACK_EPOCH ->
                new QuorumMessage.AckEpoch(
                        zxid, JuteReader.of(required(data, "ACKEPOCH")).readInt());
            case INFORM_AND_ACTIVATE -> {
                JuteReader reader = JuteReader.of(required(data, "INFORMANDACTIVATE"));
                yield new QuorumMessage.InformAndActivate(zxid, reader.readLong(), reader.readRaw(reader.remaining()));
            }
            default -> new QuorumMessage.Unknown(type);
        };
    }

    private static byte[] required(byte @Nullable [] data, String type) {
        if (data == null) {
            throw new WireFormatException("a packet " + type + " has no data");
        }
        return data;
    }

    private static QuorumMessage request(byte[] data, @Nullable List<Id> ids) {
        JuteReader reader = JuteReader.of(data);
        return new QuorumMessage.Request(
                reader.readLong(), reader.readInt(), reader.readInt(), reader.readRaw(reader.remaining()), ids);
    }

    private static List<TouchedSession> touched(byte[] data) {
        JuteReader reader = JuteReader.of(data);
        List<TouchedSession> sessions = new ArrayList<>(data.length / TOUCHED_SESSION_BYTES);
        while (reader.remaining() > 0) {
            sessions.add(new TouchedSession(reader.readLong(), reader.readInt()));
        }
        return sessions;
    }

    private static QuorumMessage revalidation(byte[] data) {
        JuteReader reader = JuteReader.of(data);
        long sessionId = reader.readLong();
        return data.length >= REVALIDATE_BYTES
                ? new QuorumMessage.Revalidate(sessionId, reader.readInt())
                : new QuorumMessage.Revalidated(sessionId, reader.readBoolean());
    }

    /** Writes a packet after what the writer holds. */
    public static void write(JuteWriter writer, QuorumMessage message) {
        if (message instanceof QuorumMessage.Proposal proposal) {
            data(writer, PROPOSAL, proposal.zxid(), proposal.txn());
        } else if (message instanceof QuorumMessage.Commit commit) {
            bare(writer, COMMIT, commit.zxid());
        } else if (message instanceof QuorumMessage.Ack ack) {
            bare(writer, ACK, ack.zxid());
        } else if (message instanceof QuorumMessage.Inform inform) {
            data(writer, INFORM, inform.zxid(), inform.txn());
        } else if (message instanceof QuorumMessage.Request request) {
            writeRequest(writer, request);
        } else if (message instanceof QuorumMessage.Ping ping) {
            bare(writer, PING, ping.zxid());
        } else if (message instanceof QuorumMessage.Pong pong) {
            writePong(writer, pong);
        } else if (message instanceof QuorumMessage.Sync) {
            bare(writer, SYNC, 0);
        } else if (message instanceof QuorumMessage.Revalidate revalidate) {
            head(writer, REVALIDATE, NO_ZXID, REVALIDATE_BYTES);
            writer.writeLong(revalidate.sessionId());
            writer.writeInt(revalidate.timeoutMillis());
            noIds(writer);
        } else if (message instanceof QuorumMessage.Revalidated revalidated) {
            head(writer, REVALIDATE, NO_ZXID, 9);
            writer.writeLong(revalidated.sessionId());
            writer.writeBoolean(revalidated.valid());
            noIds(writer);
        } else {
            writeRare(writer, message);
        }
    }

    /** What is sent once for a connection or a reconfiguration. */
    private static void writeRare(JuteWriter writer, QuorumMessage message) {
        if (message instanceof QuorumMessage.FollowerInfo follower) {
            writeInfo(writer, FOLLOWER_INFO, follower.acceptedEpoch(), follower.info());
        } else if (message instanceof QuorumMessage.ObserverInfo observer) {
            writeInfo(writer, OBSERVER_INFO, observer.acceptedEpoch(), observer.info());
        } else if (message instanceof QuorumMessage.LeaderInfo leader) {
            writeInt(writer, LEADER_INFO, Zxid.of(leader.epoch(), 0), leader.protocolVersion());
        } else if (message instanceof QuorumMessage.AckEpoch ack) {
            writeInt(writer, ACK_EPOCH, ack.lastZxid(), ack.currentEpoch());
        } else if (message instanceof QuorumMessage.Diff diff) {
            bare(writer, DIFF, diff.zxid());
        } else if (message instanceof QuorumMessage.Trunc trunc) {
            bare(writer, TRUNC, trunc.zxid());
        } else if (message instanceof QuorumMessage.Snap snap) {
            bare(writer, SNAP, snap.zxid());
        } else if (message instanceof QuorumMessage.NewLeader leader) {
            data(writer, NEW_LEADER, Zxid.of(leader.epoch(), 0), leader.config());
        } else if (message instanceof QuorumMessage.UpToDate) {
            bare(writer, UP_TO_DATE, NO_ZXID);
        } else if (message instanceof QuorumMessage.CommitAndActivate activate) {
            head(writer, COMMIT_AND_ACTIVATE, activate.zxid(), 8);
            writer.writeLong(activate.designatedLeader());
            noIds(writer);
        } else if (message instanceof QuorumMessage.InformAndActivate activate) {
            head(writer, INFORM_AND_ACTIVATE, activate.zxid(), 8 + activate.txn().length);
            writer.writeLong(activate.designatedLeader());
            writer.writeRaw(activate.txn(), 0, activate.txn().length);
            noIds(writer);
        } else if (message instanceof QuorumMessage.Unknown unknown) {
            throw new IllegalArgumentException("a packet of the unknown type " + unknown.type() + " cannot be sent");
        }
    }

    private static void writeRequest(JuteWriter writer, QuorumMessage.Request request) {
        head(writer, REQUEST, NO_ZXID, HEAD_BYTES + request.body().length);
        writer.writeLong(request.sessionId());
        writer.writeInt(request.cxid());
        writer.writeInt(request.opCode());
        writer.writeRaw(request.body(), 0, request.body().length);
        List<Id> ids = request.ids();
        if (ids == null) {
            noIds(writer);
            return;
        }
        writer.writeInt(ids.size());
        for (Id id : ids) {
            writer.writeString(id.scheme());
            writer.writeString(id.id());
        }
    }

    private static void writePong(JuteWriter writer, QuorumMessage.Pong pong) {
        head(writer, PING, pong.zxid(), pong.sessions().size() * TOUCHED_SESSION_BYTES);
        for (TouchedSession session : pong.sessions()) {
            writer.writeLong(session.sessionId());
            writer.writeInt(session.timeoutMillis());
        }
        noIds(writer);
    }

    private static void writeInfo(JuteWriter writer, int type, long acceptedEpoch, LearnerInfo info) {
        writer.writeInt(type);
        writer.writeLong(Zxid.of(acceptedEpoch, 0));
        info.write(writer);
        noIds(writer);
    }

    private static void writeInt(JuteWriter writer, int type, long zxid, int value) {
        head(writer, type, zxid, 4);
        writer.writeInt(value);
        noIds(writer);
    }

    private static void bare(JuteWriter writer, int type, long zxid) {
        data(writer, type, zxid, null);
    }

    private static void data(JuteWriter writer, int type, long zxid, byte @Nullable [] data) {
        writer.writeInt(type);
        writer.writeLong(zxid);
        writer.writeBuffer(data);
        noIds(writer);
    }

    private static void head(JuteWriter writer, int type, long zxid, int dataBytes) {
        writer.writeInt(type);
        writer.writeLong(zxid);
        writer.writeInt(dataBytes);
    }

    private static void noIds(JuteWriter writer) {
        writer.writeInt(-1);
    }
}
