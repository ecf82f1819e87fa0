package io.zookit.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.model.Acl;
import io.zookit.model.OpCode;
import io.zookit.wire.JuteReader;
import io.zookit.wire.WireFormatException;
import io.zookit.wire.Xid;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plays conversations that were captured between clients and Apache ZooKeeper 3.9.5 against this server, and compares every reply
 * and event. Times, session ids and passwords differ by nature; zxids are mapped, and the mapping has to stay the same.
 */
class CapturedSessionsTest {
    /**
     * Not played: a client may not delete containers by the server's own operation here (it would be answered as unknown and the
     * connection closed). The container stays, which a later list of children shows.
     */
    private static final int SKIPPED_OPERATION = OpCode.DELETE_CONTAINER.code();

    private static final String SURVIVING_CONTAINER = "c2";

    @TempDir
    Path directory;

    private TestServer server;
    private final Map<Long, Long> zxids = new HashMap<>();
    private final List<Integer> pendingOperations = new ArrayList<>();

    @BeforeEach
    void start() {
        server = TestServer.start(directory, "extendedTypesEnabled", "true");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void everyReplyOfTheCapturedSessionsIsTheSame() {
        play("client-session-ops", true);
        play("client-connect-without-readonly", true);
        play("client-watch-order", true);
        play("client-auth-fail", true);
        play("client-unknown-op", true);
        play("client-connect-zxid-ahead", true);
    }

    @Test
    void aSessionIsResumedWithItsPasswordAndRefusedWithAnother() {
        try (RawClient first = RawClient.open(server.address())) {
            long session = first.session().sessionId();
            play("client-reattach-bad-password", session, new byte[16]);
            play("client-reattach-ok", session, first.session().password());
        }
    }

    private void play(String tape, boolean closes) {
        try (RawClient client = RawClient.connect(server.address())) {
            play(client, read(tape), 0, new byte[0]);
            assertTrue(!closes || client.isClosedByServer(), tape + " ends with the server closing");
        }
    }

    private void play(String tape, long sessionId, byte[] password) {
        try (RawClient client = RawClient.connect(server.address())) {
            play(client, read(tape), sessionId, password);
            assertTrue(client.isClosedByServer(), tape + " ends with the server closing");
        }
    }

    private void play(RawClient client, List<String> lines, long sessionId, byte[] password) {
        pendingOperations.clear();
        boolean connecting = true;
        boolean skipping = false;
        for (String line : lines) {
            byte[] bytes = HexFormat.of().parseHex(line.substring(2));
            if (line.startsWith("C ")) {
                int operation = connecting ? 0 : operation(bytes);
                skipping = !connecting && operation == SKIPPED_OPERATION;
                if (!skipping) {
                    client.sendBytes(connecting ? withSession(bytes, sessionId, password) : bytes);
                    if (!connecting) {
                        pendingOperations.add(operation);
                    }
                }
            } else if (!skipping) {
                compare(Arrays.copyOfRange(bytes, 4, bytes.length), client.readFrame(), connecting);
                connecting = false;
            }
        }
    }

    private static int operation(byte[] frame) {
        return ByteBuffer.wrap(frame).getInt(8);
    }

    /** Puts our session in the place of the captured one. */
    private static byte[] withSession(byte[] frame, long sessionId, byte[] password) {
        ByteBuffer patched = ByteBuffer.wrap(frame.clone());
        if (patched.getLong(20) != 0) {
            patched.putLong(20, sessionId);
            patched.position(32).put(password);
        }
        return patched.array();
    }

    private void compare(byte[] expected, byte[] actual, boolean connecting) {
        if (connecting) {
            assertEquals(connectResponse(expected), connectResponse(actual));
            return;
        }
        JuteReader theirs = JuteReader.of(expected);
        JuteReader ours = JuteReader.of(actual);
        int xid = theirs.readInt();
        assertEquals(xid, ours.readInt(), "xid");
        int operation = xid == Xid.NOTIFICATION ? OpCode.NOTIFICATION.code() : pendingOperations.remove(0);
        String what = OpCode.ofCode(operation) + " xid " + xid;
        map(what, theirs.readLong(), ours.readLong());
        int error = theirs.readInt();
        assertEquals(error, ours.readInt(), what + " error");
        assertEquals(body(operation, error, theirs, true), body(operation, error, ours, false), what);
        assertEquals(0, ours.remaining(), what + " has nothing left over");
    }

    private void map(String what, long theirs, long ours) {
        Long known = zxids.putIfAbsent(theirs, ours);
        assertEquals(known == null ? ours : known, ours, what + ": zxid 0x" + Long.toHexString(theirs));
        if (theirs <= 0) {
            assertEquals(theirs, ours, what + ": zxid");
        }
    }

    private static List<Object> connectResponse(byte[] bytes) {
        JuteReader reader = JuteReader.of(bytes);
        int version = reader.readInt();
        int timeoutMillis = reader.readInt();
        boolean granted = reader.readLong() != 0;
        int passwordBytes = reader.readBuffer().length;
        return List.of(version, timeoutMillis, granted, passwordBytes, reader.remaining());
    }

    /** A body as values to compare, without what differs by nature. */
    private List<Object> body(int operation, int error, JuteReader body, boolean captured) {
        List<Object> values = new ArrayList<>();
        if (error == 0 && body.remaining() > 0) {
            try {
                read(OpCode.ofCode(operation), body, captured, values);
            } catch (WireFormatException unlike) {
                throw new AssertionError(
                        OpCode.ofCode(operation) + " so far " + values + " captured " + captured, unlike);
            }
        }
        return values;
    }

    private void read(OpCode operation, JuteReader body, boolean captured, List<Object> values) {
        switch (operation) {
            case NOTIFICATION -> {
                values.add(body.readInt());
                values.add(body.readInt());
                values.add(body.readString());
            }
            case CREATE, SYNC -> values.add(String.valueOf(body.readString()));
            case CREATE2, CREATE_CONTAINER, CREATE_TTL -> {
                values.add(body.readString());
                stat(body, captured, values);
            }
            case EXISTS, SET_DATA, SET_ACL -> stat(body, captured, values);
            case GET_DATA -> {
                byte[] data = body.readBuffer();
                values.add(data == null ? "null" : HexFormat.of().formatHex(data));
                stat(body, captured, values);
            }
            case GET_CHILDREN -> values.add(children(body));
            case GET_CHILDREN2 -> {
                values.add(children(body));
                stat(body, captured, values);
            }
            case GET_ACL -> {
                List<Acl> acls = body.readAcls();
                values.add(acls);
                stat(body, captured, values);
            }
            case GET_EPHEMERALS -> values.add(new TreeSet<>(body.readStrings()));
            case WHO_AM_I -> values.add(identities(body));
            case MULTI, MULTI_READ -> results(body, captured, values);
            case GET_ALL_CHILDREN_NUMBER, ADD_WATCH -> values.add(body.readInt());
            default -> throw new AssertionError(operation + " has a body: " + body.remaining() + " bytes");
        }
    }

    private static TreeSet<String> children(JuteReader body) {
        TreeSet<String> names = new TreeSet<>(body.readStrings());
        names.remove(SURVIVING_CONTAINER);
        return names;
    }

    private static TreeSet<String> identities(JuteReader body) {
        TreeSet<String> identities = new TreeSet<>();
        int count = body.readInt();
        for (int i = 0; i < count; i++) {
            identities.add(body.readString() + ":" + body.readString());
        }
        return identities;
    }

    private void results(JuteReader body, boolean captured, List<Object> values) {
        while (true) {
            int type = body.readInt();
            boolean done = body.readBoolean();
            int error = body.readInt();
            values.add(List.of(type, done, error));
            if (done) {
                return;
            }
            if (type == OpCode.ERROR.code()) {
                values.add(body.readInt());
            } else if (type != OpCode.DELETE.code() && type != OpCode.CHECK.code()) {
                read(OpCode.ofCode(type), body, captured, values);
            }
        }
    }

    /** A stat without its times; zxids of the captured one are mapped to ours, owners compared by whether there is one. */
    private void stat(JuteReader body, boolean captured, List<Object> values) {
        values.add(zxid(body.readLong(), captured));
        values.add(zxid(body.readLong(), captured));
        body.readLong();
        body.readLong();
        values.add(List.of(body.readInt(), body.readInt(), body.readInt(), body.readLong() != 0));
        values.add(List.of(body.readInt(), body.readInt()));
        values.add(zxid(body.readLong(), captured));
    }

    private long zxid(long zxid, boolean captured) {
        return captured ? zxids.getOrDefault(zxid, zxid) : zxid;
    }

    private static List<String> read(String tape) {
        try (InputStream in = CapturedSessionsTest.class.getResourceAsStream("/vectors/client/" + tape + ".tape.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (IOException failure) {
            throw new AssertionError(tape, failure);
        }
    }
}
