package io.zookit.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.zookit.model.Acl;
import io.zookit.model.OpCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything is bounded, and nothing that is full stays so: with the smallest rings, saturated from all sides, all is answered. */
class BackPressureTest {
    private static final int CLIENTS = 8;
    private static final int REQUESTS = 1_500;

    @TempDir
    Path directory;

    @Test
    void theSmallestRingsDrainWhileEveryProducerIsSaturated() throws Exception {
        try (TestServer server =
                TestServer.start(directory, "globalOutstandingLimit", "1", "transport.netty.threads", "2")) {
            saturate(server, 16);
        }
    }

    @Test
    void largeRequestsFromEveryClientAreAllAnswered() throws Exception {
        try (TestServer server = TestServer.start(directory, "globalOutstandingLimit", "64")) {
            saturate(server, 20_000);
        }
    }

    private static void saturate(TestServer server, int bytes) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        List<Future<?>> done = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            int number = i;
            done.add(clients.submit(() -> load(server, number, bytes)));
        }
        for (Future<?> each : done) {
            each.get(120, TimeUnit.SECONDS);
        }
        clients.shutdown();
        try (RawClient late = RawClient.open(server.address())) {
            assertEquals(0, late.create("/after", "", 0).error());
        }
    }

    /** Sends without reading until the sockets are full, then reads everything. */
    private static void load(TestServer server, int number, int bytes) {
        try (RawClient client = RawClient.open(server.address())) {
            client.create("/" + number, "", 0);
            Thread sender = new Thread(() -> {
                for (int i = 0; i < REQUESTS; i++) {
                    int each = i;
                    if (i % 3 == 0) {
                        client.request(OpCode.CREATE, writer -> {
                            writer.writeString("/" + number + "/" + each);
                            writer.writeBuffer(new byte[bytes]);
                            writer.writeAcls(Acl.OPEN_UNSAFE);
                            writer.writeInt(0);
                        });
                    } else {
                        client.request(OpCode.GET_DATA, writer -> {
                            writer.writeString("/" + number + "/" + (each - each % 3));
                            writer.writeBoolean(false);
                        });
                    }
                }
            });
            sender.start();
            for (int xid = 2; xid < REQUESTS + 2; xid++) {
                RawClient.Frame reply = client.read();
                assertEquals(xid, reply.xid(), "replies come in the order of the requests");
                assertEquals(0, reply.error());
            }
        }
    }
}
