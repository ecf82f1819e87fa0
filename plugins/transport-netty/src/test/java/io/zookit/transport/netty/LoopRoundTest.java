package io.zookit.transport.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.zookit.spi.transport.ByteReceiver;
import io.zookit.spi.transport.Connection;
import io.zookit.spi.transport.ConnectionHandler;
import io.zookit.spi.transport.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(30)
class LoopRoundTest {
    @ParameterizedTest
    @EnumSource(names = {"AUTO", "OFF"})
    void oneBatchEndServesAllConnectionsThatWereReadable(NettySettings.Polling polling) throws Exception {
        AtomicInteger batches = new AtomicInteger();
        Echo echo = new Echo(batches::incrementAndGet);
        try (Transport transport = transport(polling)) {
            List<Socket> clients = connect(transport, echo, 20);
            batches.set(0);
            CountDownLatch blocked = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            transport.execute(() -> {
                blocked.countDown();
                await(goOn);
            });
            blocked.await();
            for (Socket client : clients) {
                client.getOutputStream().write('x');
            }
            goOn.countDown();
            for (Socket client : clients) {
                assertEquals('x', client.getInputStream().read());
            }
            assertEquals(1, batches.get());
            closeAll(clients);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTO", "OFF"})
    void repliesLeaveAlthoughThePipelineFailsAtTheEndOfTheBatch(NettySettings.Polling polling) throws Exception {
        Echo failing = new Echo(() -> {
            throw new IllegalStateException("a batch that fails, on purpose");
        });
        try (Transport transport = transport(polling)) {
            List<Socket> clients = connect(transport, failing, 1);
            for (int i = 0; i < 10; i++) {
                clients.get(0).getOutputStream().write(i);
                assertEquals(i, clients.get(0).getInputStream().read());
            }
            closeAll(clients);
        }
    }

    private static Transport transport(NettySettings.Polling polling) {
        return new NettyTransport(
                new NettySettings(1, polling, false, 262_144, 65_536, 500), work -> new Thread(work, "transport"));
    }

    /** Connects, and waits until each is served. */
    private static List<Socket> connect(Transport transport, Echo echo, int count) throws IOException {
        InetSocketAddress address =
                transport.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), -1, echo);
        List<Socket> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Socket client = new Socket(address.getAddress(), address.getPort());
            client.getOutputStream().write('?');
            assertEquals('?', client.getInputStream().read());
            clients.add(client);
        }
        return clients;
    }

    private static void closeAll(List<Socket> clients) throws IOException {
        for (Socket client : clients) {
            client.close();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private record Echo(Runnable atBatchEnd) implements ConnectionHandler {
        @Override
        public ByteReceiver opened(Connection connection) {
            return new ByteReceiver() {
                @Override
                public boolean received(ByteBuffer bytes) {
                    connection.send(bytes);
                    bytes.position(bytes.limit());
                    return true;
                }

                @Override
                public void closed() {}
            };
        }

        @Override
        public void batchEnded() {
            atBatchEnd.run();
        }
    }
}
