package io.zookit.consensus.zab;

import io.zookit.wire.ElectionGreeting;
import io.zookit.wire.ElectionNotification;
import io.zookit.wire.JuteWriter;
import io.zookit.wire.LearnerInfo;
import io.zookit.wire.PeerState;
import io.zookit.wire.QuorumCodec;
import io.zookit.wire.QuorumMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * Servers 2 and 3 of a {@link TestEnsemble}, as server 1 sees them: 2 leads, 3 follows it, and 2 says what a test wants. Their votes are
 * in the form from before configurations were sent along.
 */
final class ScriptedLeader implements AutoCloseable {
    private static final int LEADER = 2;
    private static final int DATA_BYTES_MAX = 1 << 20;
    private static final int LONGEST_WAIT_MILLIS = 60_000;

    private final List<Socket> elections = new ArrayList<>();
    private final Socket learner;
    private final ByteIntake intake;
    private final PacketOutput out;

    /** Lets server 1, which runs, find its leader and dial it. */
    ScriptedLeader(TestEnsemble ensemble, long epoch, long zxid) throws IOException {
        try (ServerSocket port = ensemble.listen(at(ensemble.port(LEADER, false)))) {
            port.setSoTimeout(LONGEST_WAIT_MILLIS);
            elections.add(vote(ensemble, LEADER, PeerState.LEADING, zxid, epoch));
            elections.add(vote(ensemble, 3, PeerState.FOLLOWING, zxid, epoch));
            learner = port.accept();
            learner.setSoTimeout(LONGEST_WAIT_MILLIS);
            intake = new ByteIntake(learner.getInputStream());
            out = new PacketOutput(learner.getOutputStream());
        }
        await(QuorumMessage.FollowerInfo.class);
        say(new QuorumMessage.LeaderInfo(epoch + 1, LearnerInfo.PROTOCOL_VERSION));
        await(QuorumMessage.AckEpoch.class);
    }

    private static InetSocketAddress at(long port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), (int) port);
    }

    private static Socket vote(TestEnsemble ensemble, long id, PeerState state, long zxid, long epoch)
            throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), (int) ensemble.port(1, true));
        JuteWriter writer = new JuteWriter(256);
        new ElectionGreeting(ElectionGreeting.ONE_ADDRESS, id, List.of("127.0.0.1:" + ensemble.port(id, true)))
                .write(writer);
        int frame = writer.beginFrame();
        new ElectionNotification(state, LEADER, zxid, 1, epoch, 1, null).write(writer);
        writer.endFrame(frame);
        socket.getOutputStream().write(writer.toByteArray());
        return socket;
    }

    /** Reads packets until one of that kind has come. */
    void await(Class<? extends QuorumMessage> kind) throws IOException {
        QuorumMessage message = QuorumCodec.read(intake.unread(), DATA_BYTES_MAX);
        while (!kind.isInstance(message)) {
            if (message == null) {
                intake.more();
            }
            message = QuorumCodec.read(intake.unread(), DATA_BYTES_MAX);
        }
    }

    void say(QuorumMessage message) throws IOException {
        out.write(message);
        out.flush();
    }

    /** Where raw bytes go; to be flushed. */
    PacketOutput out() {
        return out;
    }

    @Override
    public void close() {
        elections.forEach(Sockets::close);
        Sockets.close(learner);
    }
}
