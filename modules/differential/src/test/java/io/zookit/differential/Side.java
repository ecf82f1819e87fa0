package io.zookit.differential;

import io.zookit.differential.Step.Connecting;
import io.zookit.wire.JuteWriter;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One server as its clients know it: their connections, their sessions, and the numbers of sessions, which both sides share. */
final class Side implements AutoCloseable {
    private static final int PASSWORD_BYTES = 16;
    private static final long UNKNOWN_SESSION = 0x0123_4567_89ab_cdefL;
    private static final int FAR_AHEAD = 100_000;

    private final InetSocketAddress server;
    private final Map<Long, Long> sessionNumbers = new HashMap<>();
    private final ReplyMask mask = new ReplyMask(id -> sessionNumbers.getOrDefault(id, id));
    private final Client[] clients;

    /** What there is of a client. */
    private static final class Client {
        @Nullable
        Conversation conversation;

        long sessionId;
        byte[] password = new byte[PASSWORD_BYTES];
    }

    Side(InetSocketAddress server, int clientCount) {
        this.server = server;
        clients = new Client[clientCount];
        Arrays.setAll(clients, slot -> new Client());
    }

    boolean isConnected(int slot) {
        Conversation conversation = clients[slot].conversation;
        return conversation != null && conversation.isOpen();
    }

    Conversation conversation(int slot) {
        Conversation conversation = clients[slot].conversation;
        if (conversation == null) {
            throw new IllegalStateException("client " + slot + " is not connected");
        }
        return conversation;
    }

    /** Whether the client has a session, as far as it knows. */
    boolean hasSession(int slot) {
        return clients[slot].sessionId != 0;
    }

    void forgetSession(int slot) {
        clients[slot].sessionId = 0;
    }

    void drop(int slot) {
        Conversation conversation = clients[slot].conversation;
        if (conversation != null) {
            conversation.close();
            clients[slot].conversation = null;
        }
    }

    /**
     * Begins to connect.
     *
     * @param how {@code null} for a new session
     */
    Conversation connect(int slot, @Nullable Connecting how, int timeoutMillis, long newestZxid) {
        Conversation conversation = new Conversation(server, mask);
        conversation.connect(connectRequest(clients[slot], how, timeoutMillis, newestZxid));
        return conversation;
    }

    private static byte[] connectRequest(Client client, @Nullable Connecting how, int timeoutMillis, long newestZxid) {
        JuteWriter writer = new JuteWriter(64);
        writer.writeInt(0);
        writer.writeLong(how == Connecting.COMES_FROM_THE_FUTURE ? newestZxid + FAR_AHEAD : newestZxid);
        writer.writeInt(timeoutMillis);
        writer.writeLong(how == null ? 0 : how == Connecting.UNKNOWN_SESSION ? UNKNOWN_SESSION : client.sessionId);
        writer.writeBuffer(how == null ? new byte[PASSWORD_BYTES] : password(client, how));
        if (how != Connecting.RESUMES_IN_OLD_FORM) {
            writer.writeBoolean(how == Connecting.RESUMES_READ_ONLY);
        }
        return writer.toByteArray();
    }

    private static byte @Nullable [] password(Client client, Connecting how) {
        return switch (how) {
            case WRONG_PASSWORD, INTRUDES -> {
                byte[] wrong = client.password.clone();
                wrong[3] ^= 1;
                yield wrong;
            }
            case NULL_PASSWORD -> null;
            case SHORT_PASSWORD -> Arrays.copyOf(client.password, PASSWORD_BYTES / 2);
            default -> client.password;
        };
    }

    /**
     * Reads the answer to a connect request.
     *
     * @param number the number a session gets that was not known
     */
    Seen connected(Conversation conversation, int slot, long number) {
        Conversation.Connected answer;
        try {
            answer = conversation.connected();
        } catch (RawConnection.Silence silence) {
            return Seen.silence();
        }
        if (answer == null) {
            return Seen.closed();
        }
        JuteWriter masked = new JuteWriter(64);
        masked.writeInt(answer.timeoutMillis());
        masked.writeInt(answer.bytes());
        masked.writeInt(answer.password().length);
        if (answer.sessionId() == 0) {
            masked.writeBuffer(answer.password());
        } else {
            masked.writeLong(sessionNumbers.computeIfAbsent(answer.sessionId(), id -> number));
            clients[slot].sessionId = answer.sessionId();
            clients[slot].password = answer.password();
            clients[slot].conversation = conversation;
        }
        return new Seen(Seen.Kind.CONNECTED, 0, 0, 0, masked.toByteArray());
    }

    @Override
    public void close() {
        for (int slot = 0; slot < clients.length; slot++) {
            drop(slot);
        }
    }
}
