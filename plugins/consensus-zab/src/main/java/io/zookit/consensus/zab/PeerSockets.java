package io.zookit.consensus.zab;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Where sockets between servers come from: the one place that knows whether links are encrypted. Safe for all threads. */
interface PeerSockets {
    /**
     * Opens a listening socket.
     *
     * @throws IOException when the address cannot be bound
     */
    ServerSocket listen(InetSocketAddress address) throws IOException;

    /**
     * Opens a link.
     *
     * @param address with a host that was resolved just now
     * @throws IOException when there is nobody within the time
     */
    Socket dial(InetSocketAddress address, int timeoutMillis) throws IOException;

    /** Sockets without encryption. */
    static PeerSockets plain() {
        return new PeerSockets() {
            @Override
            public ServerSocket listen(InetSocketAddress address) throws IOException {
                ServerSocket server = new ServerSocket();
                try {
                    server.setReuseAddress(true);
                    server.bind(address);
                    return server;
                } catch (IOException | RuntimeException e) {
                    server.close();
                    throw e;
                }
            }

            @Override
            public Socket dial(InetSocketAddress address, int timeoutMillis) throws IOException {
                Socket socket = new Socket();
                try {
                    socket.connect(address, timeoutMillis);
                    socket.setTcpNoDelay(true);
                    return socket;
                } catch (IOException | RuntimeException e) {
                    socket.close();
                    throw e;
                }
            }
        };
    }
}
