package io.zookit.simulator;

import io.zookit.model.Id;
import io.zookit.simulator.world.Chance;
import io.zookit.simulator.world.Connection;
import io.zookit.simulator.world.Endpoint;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The server's end of a client's connection: its session, and what it has asked and not yet been told, in order. */
final class ClientLink implements Endpoint<ClientFrame> {
    private final ServerProcess process;
    private final Connection<ClientFrame> connection;
    private final Deque<Pending> pending = new ArrayDeque<>();
    private List<Id> identities = List.of();
    private long sessionId;
    private boolean closed;

    /** An operation on its way. */
    static final class Pending {
        private final int xid;
        private final ClientOperation operation;
        private ClientFrame.@Nullable Reply reply;

        Pending(int xid, ClientOperation operation) {
            this.xid = xid;
            this.operation = operation;
        }

        int xid() {
            return xid;
        }

        ClientOperation operation() {
            return operation;
        }

        ClientFrame.@Nullable Reply reply() {
            return reply;
        }

        void answer(ClientFrame.Reply answer) {
            reply = answer;
        }
    }

    ClientLink(ServerProcess process, Connection<ClientFrame> connection) {
        this.process = process;
        this.connection = connection;
    }

    /** Who the client is. */
    List<Id> identities() {
        return identities;
    }

    void identities(List<Id> proved) {
        identities = proved;
    }

    long sessionId() {
        return sessionId;
    }

    void serves(long id) {
        sessionId = id;
    }

    Deque<Pending> pending() {
        return pending;
    }

    boolean isClosed() {
        return closed;
    }

    void send(ClientFrame frame) {
        if (!closed) {
            connection.send(false, frame);
        }
    }

    void close() {
        if (!closed) {
            closed = true;
            connection.close(false);
        }
    }

    /** The machine has lost its power. */
    void vanish(Chance chance) {
        closed = true;
        connection.vanish(false, chance);
    }

    @Override
    public void received(ClientFrame frame) {
        process.enter(() -> {
            if (!closed) {
                process.replica().clients().received(this, frame);
            }
        });
    }

    @Override
    public void closed() {
        process.enter(() -> {
            closed = true;
            process.replica().clients().gone(this);
        });
    }
}
