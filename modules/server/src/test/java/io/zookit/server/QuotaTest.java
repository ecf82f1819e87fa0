package io.zookit.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.zookit.model.Acl;
import io.zookit.model.ErrorCode;
import io.zookit.model.OpCode;
import io.zookit.server.RawClient.Frame;
import io.zookit.wire.JuteReader;
import io.zookit.wire.JuteWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Quotas as clients set, see and feel them. */
class QuotaTest {
    private static final int EXCEEDED = ErrorCode.QUOTA_EXCEEDED.code();

    @TempDir
    Path directory;

    private static void quota(RawClient client, String path, String limits) {
        client.create("/zookeeper/quota" + path, "", 0);
        client.create("/zookeeper/quota" + path + "/zookeeper_limits", limits, 0);
        client.create("/zookeeper/quota" + path + "/zookeeper_stats", "count=0,bytes=0", 0);
    }

    private static String used(RawClient client, String path) {
        Frame reply = client.getData("/zookeeper/quota" + path + "/zookeeper_stats", false);
        return new String(reply.reader().readBuffer(), StandardCharsets.UTF_8);
    }

    private static Frame multi(RawClient client, JuteBody... parts) {
        return client.call(OpCode.MULTI, writer -> {
            for (JuteBody part : parts) {
                part.write(writer);
            }
            header(writer, -1, true);
        });
    }

    /** A part of a multi. */
    private interface JuteBody {
        void write(JuteWriter writer);
    }

    private static void header(JuteWriter writer, int type, boolean done) {
        writer.writeInt(type);
        writer.writeBoolean(done);
        writer.writeInt(-1);
    }

    private static JuteBody create(String path, String data) {
        return writer -> {
            header(writer, OpCode.CREATE.code(), false);
            writer.writeString(path);
            writer.writeBuffer(data.getBytes(StandardCharsets.UTF_8));
            writer.writeAcls(Acl.OPEN_UNSAFE);
            writer.writeInt(0);
        };
    }

    private static JuteBody delete(String path) {
        return writer -> {
            header(writer, OpCode.DELETE.code(), false);
            writer.writeString(path);
            writer.writeInt(-1);
        };
    }

    /** The error in the result of a part of a failed multi. */
    private static int partError(Frame reply, int part) {
        JuteReader reader = reply.reader();
        int error = 0;
        for (int i = 0; i <= part; i++) {
            reader.readInt();
            reader.readBoolean();
            reader.readInt();
            error = reader.readInt();
        }
        return error;
    }

    @Test
    void aHardLimitOfZnodesStopsCreationsAndNothingElse() {
        try (TestServer server = TestServer.start(directory, "enforceQuota", "true");
                RawClient client = RawClient.open(server.address())) {
            client.create("/a", "", 0);
            quota(client, "/a", "count=-1,bytes=-1=;countHardLimit=2");
            assertEquals(0, client.create("/a/b", "x", 0).error());
            assertEquals(EXCEEDED, client.create("/a/c", "x", 0).error());
            assertEquals(0, client.setData("/a/b", "a long text", -1).error());
            assertEquals(0, client.create("/elsewhere", "", 0).error());
            assertEquals(
                    ErrorCode.NODE_EXISTS.code(), client.create("/a/b", "x", 0).error());
            assertEquals(
                    ErrorCode.NO_NODE.code(), client.create("/a/x/y", "x", 0).error());
            assertEquals("count=2,bytes=11", used(client, "/a"));
        }
    }

    @Test
    void aHardLimitOfBytesStopsWhatWouldGrow() {
        try (TestServer server = TestServer.start(directory, "enforceQuota", "true");
                RawClient client = RawClient.open(server.address())) {
            client.create("/a", "12345", 0);
            quota(client, "/a", "count=-1,bytes=-1=;byteHardLimit=8");
            assertEquals(EXCEEDED, client.setData("/a", "123456789", -1).error());
            assertEquals(EXCEEDED, client.setData("/a", "123456789", 77).error(), "before the version");
            assertEquals(0, client.setData("/a", "12345678", -1).error());
            assertEquals(EXCEEDED, client.create("/a/b", "x", 0).error());
            assertEquals(0, client.create("/a/b", "", 0).error(), "nothing is added to the bytes");
            assertEquals(0, client.setData("/a", "1", -1).error());
            assertEquals(0, client.setData("/a/b", "1234567", -1).error());
        }
    }

    @Test
    void theHardLimitHoldsWithinAMulti() {
        try (TestServer server = TestServer.start(directory, "enforceQuota", "true");
                RawClient client = RawClient.open(server.address())) {
            client.create("/a", "", 0);
            quota(client, "/a", "count=-1,bytes=-1=;countHardLimit=2");
            Frame reply = multi(client, create("/a/b", ""), create("/a/c", ""));
            assertEquals(0, reply.error());
            assertEquals(0, partError(reply, 0));
            assertEquals(EXCEEDED, partError(reply, 1));
            assertEquals("count=1,bytes=0", used(client, "/a"));
            multi(client, create("/a/b", ""), delete("/a/b"), create("/a/c", ""));
            assertEquals(0, client.exists("/a/c", false).error());
            assertEquals("count=2,bytes=0", used(client, "/a"));
        }
    }

    @Test
    void requestsInFlightCountToo() {
        try (TestServer server = TestServer.start(directory, "enforceQuota", "true");
                RawClient client = RawClient.open(server.address())) {
            client.create("/a", "", 0);
            quota(client, "/a", "count=-1,bytes=-1=;countHardLimit=11");
            for (int i = 0; i < 50; i++) {
                String path = "/a/" + i;
                client.request(OpCode.CREATE, writer -> {
                    writer.writeString(path);
                    writer.writeBuffer(new byte[1]);
                    writer.writeAcls(Acl.OPEN_UNSAFE);
                    writer.writeInt(0);
                });
            }
            int created = 0;
            for (int i = 0; i < 50; i++) {
                created += client.read().error() == 0 ? 1 : 0;
            }
            assertEquals(10, created);
            assertEquals("count=11,bytes=10", used(client, "/a"));
        }
    }

    @Test
    void softLimitsAndLimitsThatAreNotEnforcedStopNothing() {
        try (TestServer server = TestServer.start(directory);
                RawClient client = RawClient.open(server.address())) {
            client.create("/a", "", 0);
            quota(client, "/a", "count=1,bytes=1=;byteHardLimit=1;countHardLimit=1");
            assertEquals(0, client.create("/a/b", "long", 0).error());
            assertEquals("count=2,bytes=4", used(client, "/a"));
        }
    }

    @Test
    void aSoftLimitOnlyWarnsAlsoWhereHardOnesAreEnforced() {
        try (TestServer server = TestServer.start(directory, "enforceQuota", "true");
                RawClient client = RawClient.open(server.address())) {
            client.create("/a", "", 0);
            quota(client, "/a", "count=1,bytes=1");
            assertEquals(0, client.create("/a/b", "long", 0).error());
        }
    }

    @Test
    void quotasHoldAfterARestartFromLogAndFromSnapshot() {
        String[] often = {"enforceQuota", "true", "snapCount", "10"};
        try (TestServer server = TestServer.start(directory, often);
                RawClient client = RawClient.open(server.address())) {
            client.create("/a", "", 0);
            quota(client, "/a", "count=-1,bytes=-1=;countHardLimit=41");
            for (int i = 0; i < 40; i++) {
                assertEquals(0, client.create("/a/" + i, "1", 0).error());
            }
        }
        try (TestServer server = TestServer.start(directory, often);
                RawClient client = RawClient.open(server.address())) {
            assertEquals("count=41,bytes=40", used(client, "/a"));
            assertEquals(EXCEEDED, client.create("/a/b", "1", 0).error());
        }
    }
}
