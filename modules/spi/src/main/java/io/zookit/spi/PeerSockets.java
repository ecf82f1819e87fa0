package io.zookit.spi;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * Where the sockets between the servers of an ensemble come from. Injected, so that a test can keep ports for its servers and cut the
 * links between them. Safe for all threads.
 */
public interface PeerSockets {
    /**
     * Opens a listening socket.
     *
     * @param address of this server, resolved
     * @throws IOException when the address cannot be bound
     */
    ServerSocket listen(InetSocketAddress address) throws IOException;

    /**
     * Opens a link.
     *
     * @param address of the other server, with a host that was resolved just now
     * @param timeoutMillis how long that may take
     * @throws IOException when there is nobody within the time
     */
    Socket dial(InetSocketAddress address, int timeoutMillis) throws IOException;

    /** The sockets of the machine, without encryption. */
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
