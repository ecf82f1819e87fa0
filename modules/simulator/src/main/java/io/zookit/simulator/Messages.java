package io.zookit.simulator;

import io.zookit.model.Check;
import io.zookit.wire.ElectionNotification;
import io.zookit.wire.JuteReader;
import io.zookit.wire.JuteWriter;
import io.zookit.wire.QuorumCodec;
import io.zookit.wire.QuorumMessage;
import java.nio.ByteBuffer;
import java.util.Objects;

/** Messages as they come out at the other end of a wire: written as bytes and read again. */
final class Messages {
    private static final int BYTES_MAX = 1 << 20;

    private Messages() {}

    static ElectionNotification copy(ElectionNotification vote) {
        JuteWriter writer = new JuteWriter(128);
        vote.write(writer);
        return ElectionNotification.read(JuteReader.of(writer.toByteArray()));
    }

    static QuorumMessage copy(QuorumMessage message) {
        JuteWriter writer = new JuteWriter(128);
        QuorumCodec.write(writer, message);
        byte[] bytes = writer.toByteArray();
        ByteBuffer tooFew = ByteBuffer.wrap(bytes, 0, bytes.length - 1);
        Check.state(QuorumCodec.read(tooFew, BYTES_MAX) == null, "a packet without its last byte was read");
        QuorumMessage copy = QuorumCodec.read(ByteBuffer.wrap(bytes), BYTES_MAX);
        Check.state(copy != null, "a packet that was written could not be read: " + message);
        return Objects.requireNonNull(copy);
    }

    /** What a message is about, for traces: a zxid or an epoch. */
    static long zxidOf(QuorumMessage message) {
        if (message instanceof QuorumMessage.Proposal proposal) {
            return proposal.zxid();
        } else if (message instanceof QuorumMessage.Ack ack) {
            return ack.zxid();
        } else if (message instanceof QuorumMessage.Commit commit) {
            return commit.zxid();
        } else if (message instanceof QuorumMessage.NewLeader newLeader) {
            return newLeader.epoch();
        } else if (message instanceof QuorumMessage.AckEpoch ack) {
            return ack.lastZxid();
        }
        return message instanceof QuorumMessage.Trunc trunc ? trunc.zxid() : 0;
    }
}
