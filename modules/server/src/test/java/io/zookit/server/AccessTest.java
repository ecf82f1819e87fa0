package io.zookit.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.zookit.model.Acl;
import io.zookit.model.ErrorCode;
import io.zookit.model.Id;
import io.zookit.model.OpCode;
import io.zookit.model.Permissions;
import io.zookit.server.RawClient.Frame;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may do what, through the standard schemes. */
class AccessTest {
    private static final Id ALICE = new Id("digest", "alice:" + digestOf("alice:secret"));

    private static final int NO_AUTH = ErrorCode.NO_AUTH.code();

    @TempDir
    Path directory;

    private TestServer server;
    private RawClient stranger;
    private RawClient alice;

    @BeforeEach
    void start() {
        server = TestServer.start(
                directory, "DigestAuthenticationProvider.superDigest", "root:" + digestOf("root:toor"));
        stranger = RawClient.open(server.address());
        alice = RawClient.open(server.address());
        assertEquals(0, authenticate(alice, "alice:secret").error());
    }

    @AfterEach
    void stop() {
        stranger.close();
        alice.close();
        server.close();
    }

    private static String digestOf(String credentials) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest(credentials.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException missing) {
            throw new AssertionError(missing);
        }
    }

    private static Frame authenticate(RawClient client, String credentials) {
        client.send(writer -> {
            writer.writeInt(-4);
            writer.writeInt(OpCode.AUTH.code());
            writer.writeInt(0);
            writer.writeString("digest");
            writer.writeBuffer(credentials.getBytes(StandardCharsets.UTF_8));
        });
        return client.read();
    }

    private static Frame create(RawClient client, String path, Acl... acl) {
        return client.call(OpCode.CREATE, writer -> {
            writer.writeString(path);
            writer.writeBuffer(new byte[0]);
            writer.writeAcls(List.of(acl));
            writer.writeInt(0);
        });
    }

    private static Frame delete(RawClient client, String path) {
        return client.call(OpCode.DELETE, writer -> {
            writer.writeString(path);
            writer.writeInt(-1);
        });
    }

    private static Frame setAcl(RawClient client, String path, Acl... acl) {
        return client.call(OpCode.SET_ACL, writer -> {
            writer.writeString(path);
            writer.writeAcls(List.of(acl));
            writer.writeInt(-1);
        });
    }

    private static List<Acl> getAcl(RawClient client, String path) {
        return client.call(OpCode.GET_ACL, writer -> writer.writeString(path))
                .reader()
                .readAcls();
    }

    @Test
    void eachPermissionAllowsItsOperationsAndNoOther() {
        int[] all = {Permissions.READ, Permissions.WRITE, Permissions.CREATE, Permissions.DELETE, Permissions.ADMIN};
        for (int given : all) {
            String path = "/p" + given;
            create(alice, path, new Acl(Permissions.ALL, ALICE), new Acl(given, Id.ANYONE));
            create(alice, path + "/child", new Acl(Permissions.ALL, Id.ANYONE));
            assertAllowed(given == Permissions.READ, stranger.getData(path, false), "getData", given);
            assertAllowed(given == Permissions.WRITE, stranger.setData(path, "x", -1), "setData", given);
            assertAllowed(given == Permissions.CREATE, stranger.create(path + "/new", "", 0), "create", given);
            assertAllowed(given == Permissions.DELETE, delete(stranger, path + "/child"), "delete", given);
            assertAllowed(
                    given == Permissions.ADMIN,
                    setAcl(stranger, path, new Acl(Permissions.ALL, ALICE), new Acl(given, Id.ANYONE)),
                    "setAcl",
                    given);
        }
    }

    private static void assertAllowed(boolean expected, Frame reply, String operation, int given) {
        assertEquals(expected ? 0 : NO_AUTH, reply.error(), operation + " with permission " + given);
    }

    @Test
    void authStandsForWhoAsksAndOnlyAdministratorsSeeTheHash() {
        create(alice, "/mine", new Acl(Permissions.ALL, new Id("auth", "")), new Acl(Permissions.READ, Id.ANYONE));
        assertEquals(ALICE, getAcl(alice, "/mine").get(0).id());
        assertEquals(
                new Id("digest", "alice:x"), getAcl(stranger, "/mine").get(0).id());
        assertEquals(
                ErrorCode.INVALID_ACL.code(),
                create(stranger, "/no", new Acl(Permissions.ALL, new Id("auth", "")))
                        .error());
    }

    @Test
    void addressesAreMatchedByRange() {
        create(stranger, "/local", new Acl(Permissions.ALL, new Id("ip", "127.0.0.0/8")));
        create(stranger, "/else", new Acl(Permissions.ALL, new Id("ip", "10.1.2.3")));
        assertEquals(0, stranger.getData("/local", false).error());
        assertEquals(NO_AUTH, stranger.getData("/else", false).error());
    }

    @Test
    void withSkipAclEverybodyMayDoEverythingButNotStoreNonsense(@TempDir Path open) {
        try (TestServer careless = TestServer.start(open, "skipACL", "yes");
                RawClient client = RawClient.open(careless.address())) {
            create(client, "/closed", new Acl(Permissions.READ, ALICE));
            assertEquals(0, client.setData("/closed", "x", -1).error());
            assertEquals(0, client.setData("/zookeeper/config", "x", -1).error());
            assertEquals(
                    ErrorCode.INVALID_ACL.code(),
                    create(client, "/no", new Acl(Permissions.ALL, new Id("auth", "")))
                            .error());
        }
    }

    @Test
    void theReservedZnodesAreOpenButForTheConfigurationWhichOnlyTheSuperuserWrites() {
        for (String path : List.of("/", "/zookeeper", "/zookeeper/quota")) {
            assertEquals(List.of(new Acl(Permissions.ALL, Id.ANYONE)), getAcl(stranger, path), path);
            assertEquals(ErrorCode.BAD_ARGUMENTS.code(), delete(stranger, path).error(), path);
        }
        assertEquals(List.of(new Acl(Permissions.READ, Id.ANYONE)), getAcl(stranger, "/zookeeper/config"));
        assertEquals(NO_AUTH, stranger.setData("/zookeeper/config", "x", -1).error());
        assertEquals(
                NO_AUTH,
                create(stranger, "/zookeeper/config/x", Acl.OPEN_UNSAFE.get(0)).error());
        authenticate(stranger, "root:toor");
        assertEquals(0, stranger.setData("/zookeeper/config", "x", -1).error());
    }

    @Test
    void theSuperuserPassesEveryCheck() {
        create(alice, "/closed", new Acl(Permissions.READ, ALICE));
        try (RawClient root = RawClient.open(server.address())) {
            assertEquals(NO_AUTH, root.setData("/closed", "x", -1).error());
            assertEquals(0, authenticate(root, "root:toor").error());
            assertEquals(0, root.setData("/closed", "x", -1).error());
        }
    }

    @Test
    void watchEventsAreHiddenFromThoseWhoMayNotRead() {
        create(stranger, "/w", new Acl(Permissions.ALL, Id.ANYONE));
        stranger.getData("/w", true);
        alice.getData("/w", true);
        setAcl(stranger, "/w", new Acl(Permissions.ALL, ALICE));
        assertEquals(0, alice.setData("/w", "new", -1).error());
        stranger.request(OpCode.PING, writer -> {});
        assertEquals(-2, stranger.read().xid(), "no event comes before the answer to the ping");
    }
}
