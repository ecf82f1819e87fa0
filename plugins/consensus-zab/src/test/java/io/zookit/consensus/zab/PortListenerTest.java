package io.zookit.consensus.zab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.spi.PeerSockets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Listening for other servers. */
@Timeout(60)
class PortListenerTest {
    private final CompletableFuture<String> failure = new CompletableFuture<>();
    private final AtomicInteger accepted = new AtomicInteger();

    private PortListener listener(InetSocketAddress address, int triesMax) {
        return listener(() -> address, triesMax);
    }

    private PortListener listener(Supplier<InetSocketAddress> address, int triesMax) {
        return new PortListener(
                "election",
                PeerSockets.plain(),
                address,
                triesMax,
                socket -> {
                    accepted.incrementAndGet();
                    Sockets.close(socket);
                },
                failure::complete);
    }

    @Test
    void aPortThatStaysTakenIsAFailureAfterTheLastTry() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            listener((InetSocketAddress) taken.getLocalSocketAddress(), 2).run();
            assertTrue(failure.join().contains(String.valueOf(taken.getLocalPort())), failure::join);
        }
    }

    @Test
    void aPortThatBecomesFreeIsTaken() throws Exception {
        PortListener listener;
        Thread thread;
        InetSocketAddress address;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            address = (InetSocketAddress) taken.getLocalSocketAddress();
            listener = listener(address, 0);
            thread = new Thread(listener::run);
            thread.start();
        }
        Waiting.until(() -> dials(address) && accepted.get() > 0, () -> "the listener has the port");
        listener.close();
        thread.join();
        assertEquals(false, failure.isDone());
    }

    @Test
    void aNameThatCannotBeResolvedYetIsLookedUpAgainAndIsNoTry() throws Exception {
        InetSocketAddress free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = (InetSocketAddress) socket.getLocalSocketAddress();
        }
        AtomicInteger asked = new AtomicInteger();
        PortListener listener = listener(
                () -> asked.incrementAndGet() == 1
                        ? InetSocketAddress.createUnresolved("later.example", free.getPort())
                        : free,
                1);
        Thread thread = new Thread(listener::run);
        thread.start();
        Waiting.until(() -> dials(free), () -> "the listener has the port");
        listener.close();
        thread.join();
        assertEquals(false, failure.isDone());
    }

    private static boolean dials(InetSocketAddress address) {
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
