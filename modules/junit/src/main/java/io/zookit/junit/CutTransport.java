package io.zookit.junit;

import io.zookit.spi.transport.ByteReceiver;
import io.zookit.spi.transport.Connection;
import io.zookit.spi.transport.ConnectionHandler;
import io.zookit.spi.transport.Transport;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A transport that knows its connections, so that a test can cut them. */
final class CutTransport implements Transport {
    private final Transport transport;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

    CutTransport(Transport transport) {
        this.transport = transport;
    }

    /**
     * Closes every connection there is now, by whatever thread asks.
     *
     * @return how many
     */
    int cut() {
        List<Connection> now = List.copyOf(connections);
        now.forEach(Connection::close);
        return now.size();
    }

    @Override
    public InetSocketAddress start(InetSocketAddress address, int backlog, ConnectionHandler handler) {
        return transport.start(address, backlog, new Watching(handler));
    }

    @Override
    public void execute(Runnable task) {
        transport.execute(task);
    }

    @Override
    public void close() {
        transport.close();
    }

    /** Hands everything on, and notes who comes and goes. */
    private final class Watching implements ConnectionHandler {
        private final ConnectionHandler handler;

        Watching(ConnectionHandler handler) {
            this.handler = handler;
        }

        @Override
        public ByteReceiver opened(Connection connection) {
            ByteReceiver receiver = handler.opened(connection);
            connections.add(connection);
            return new ByteReceiver() {
                @Override
                public boolean received(ByteBuffer bytes) {
                    return receiver.received(bytes);
                }

                @Override
                public void closed() {
                    connections.remove(connection);
                    receiver.closed();
                }
            };
        }

        @Override
        public void batchEnded() {
            handler.batchEnded();
        }
    }
}
