package io.zookit.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.I0Itec.zkclient.IZkDataListener;
import org.I0Itec.zkclient.ZkClient;
import org.I0Itec.zkclient.exception.ZkNodeExistsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client called zkclient, older than Curator and still in many programs: listeners that renew their watches. */
class ZkclientIT {
    @TempDir
    Path directory = Path.of("");

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    @Test
    void listenersFollowDataAndChildren() throws Exception {
        try (Server server = Server.start(Distribution.built(), directory)) {
            ZkClient client = new ZkClient(server.connectString(), Client.SESSION_TIMEOUT_MILLIS, 60_000);
            try {
                client.createPersistent("/app/part", true);
                client.subscribeChildChanges("/app/part", (path, children) -> heard.add(path + " " + children));
                client.subscribeDataChanges("/app", new IZkDataListener() {
                    @Override
                    public void handleDataChange(String path, Object data) {
                        heard.add(path + " = " + data);
                    }

                    @Override
                    public void handleDataDeleted(String path) {
                        heard.add(path + " is gone");
                    }
                });
                for (String value : List.of("one", "two")) {
                    client.writeData("/app", value);
                    assertEquals("/app = " + value, hear());
                }
                assertEquals("two", client.readData("/app"));
                String member = client.createEphemeralSequential("/app/part/n-", "me");
                assertEquals("/app/part/n-0000000000", member);
                assertEquals("/app/part [n-0000000000]", hear());
                assertThrows(ZkNodeExistsException.class, () -> client.createPersistent("/app"));
                assertTrue(client.deleteRecursive("/app"));
                assertFalse(client.exists("/app"));
            } finally {
                client.close();
            }
        }
    }

    private String hear() throws InterruptedException {
        String event = heard.poll(Running.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertTrue(event != null, "an event should have come");
        return event;
    }
}
