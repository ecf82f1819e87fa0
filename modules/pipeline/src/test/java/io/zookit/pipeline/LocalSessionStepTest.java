package io.zookit.pipeline;

import static io.zookit.pipeline.SessionWorld.TIMEOUT_MILLIS;
import static io.zookit.pipeline.SessionWorld.create;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.model.OpCode;
import io.zookit.model.Txn;
import io.zookit.model.TxnHeader;
import io.zookit.model.Zxid;
import io.zookit.pipeline.SessionWorld.Client;
import io.zookit.spi.consensus.ForwardedRequest;
import io.zookit.spi.consensus.Role;
import io.zookit.spi.consensus.TouchedSession;
import io.zookit.wire.JuteWriter;
import io.zookit.wire.TxnCodec;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalSessionStepTest {
    private static final long LEARNER = 9;
    /** Of server 2, which this server is not. */
    private static final long ELSEWHERE = 0x0200_0000_0000_0001L;

    private final SessionWorld world = new SessionWorld(NewSessions.LOCAL_UNTIL_EPHEMERAL);

    private static String of(Client client) {
        return " 0x" + Long.toHexString(client.sessionId());
    }

    private void lead(SessionWorld which) {
        which.role.become(Role.LEADING, 1);
    }

    private void follow() {
        world.role.become(Role.FOLLOWING, 1);
    }

    /** The leader's answer to what was forwarded. */
    private void arrives(int counter, long sessionId, int cxid, Txn txn) {
        JuteWriter record = new JuteWriter(64);
        long zxid = Zxid.of(1, counter);
        TxnCodec.write(record, new TxnHeader(sessionId, cxid, zxid, 1), txn, null);
        world.learner.logged(zxid, record.toByteArray());
        world.apply.applyUpTo(zxid);
    }

    @Test
    void aNewSessionIsNobodyElsesBusiness() {
        for (Role role : List.of(Role.LEADING, Role.FOLLOWING, Role.OBSERVING)) {
            SessionWorld server = new SessionWorld(NewSessions.LOCAL);
            server.role.become(role, 1);
            Client client = server.open();
            assertNotEquals(0, client.sessionId());
            server.clock.forward(TIMEOUT_MILLIS / 2);
            server.heard(client);
            assertTrue(server.write(client, OpCode.CLOSE_SESSION, new byte[0]));
            assertTrue(client.transport.isClosed());
            server.lose(client);
            assertEquals(0, server.state.localSessions().size());
            assertEquals(List.of(), server.consensus.said(), "as " + role);
        }
    }

    @Test
    void aServerAloneHasNone() {
        assertFalse(new SessionWorld(NewSessions.GLOBAL).localSessions.opensLocal());
    }

    @Test
    void silenceEndsItHere() {
        lead(world);
        Client client = world.open();
        world.pass(TIMEOUT_MILLIS - 1);
        world.heard(client);
        world.pass(TIMEOUT_MILLIS - 1);
        assertFalse(client.transport.isClosed());
        world.pass(1);
        assertTrue(client.transport.isClosed());
        assertEquals(0, world.state.localSessions().size());
        Client late = world.resume(client.sessionId());
        assertTrue(late.transport.isClosed());
        assertEquals(List.of(), world.consensus.said());
    }

    @Test
    void whatItStillAsksAfterItsEndIsNotTakenUp() {
        follow();
        Client client = world.open();
        assertTrue(world.sessions.owns(client.connection));
        world.pass(TIMEOUT_MILLIS);
        assertFalse(world.sessions.owns(client.connection));
    }

    @Test
    void itsClientGoesOnHereAndAskingTheLeaderIsForOthers() {
        follow();
        Client first = world.open();
        world.lose(first);
        Client second = world.resume(first.sessionId());
        assertEquals(first.sessionId(), second.sessionId());
        Client wrong = world.connect(first.sessionId(), new byte[16]);
        assertTrue(wrong.transport.isClosed());
        assertEquals(List.of(), world.consensus.said());
        world.resume(ELSEWHERE);
        assertEquals(List.of("revalidate 0x" + Long.toHexString(ELSEWHERE)), world.consensus.said());
    }

    @Test
    void aWriteGoesOnItsWay() {
        follow();
        Client client = world.open();
        assertFalse(world.write(client, OpCode.CREATE, create("/a", false)));
        assertEquals(List.of("forward CREATE" + of(client)), world.consensus.said());
        assertTrue(client.connection.session().isLocal());
    }

    @Test
    void aLearnerHasTheLeaderOpenTheSessionBeforeItsFirstEphemeral() {
        follow();
        Client client = world.open();
        var session = client.connection.session();
        world.write(client, OpCode.CREATE, create("/a", true));
        world.write(client, OpCode.CREATE, create("/b", true));
        assertEquals(
                List.of(
                        "forward CREATE_SESSION" + of(client),
                        "forward CREATE" + of(client),
                        "forward CREATE" + of(client)),
                world.consensus.said());
        world.pass(10 * TIMEOUT_MILLIS);
        assertFalse(client.transport.isClosed(), "its silence is the leader's business now");
        world.heard(client);
        assertEquals(List.of("touched" + of(client)), world.consensus.said());
        arrives(1, client.sessionId(), 0, new Txn.CreateSession(TIMEOUT_MILLIS));
        assertSame(session, world.state.sessions().find(client.sessionId()));
        assertSame(client.connection, session.connection());
        assertEquals(0, world.state.localSessions().size());
    }

    @Test
    void aClientThatComesBackMeanwhileWaitsForThatAndNobodyIsAsked() {
        follow();
        Client client = world.open();
        world.write(client, OpCode.CREATE, create("/a", true));
        world.consensus.said();
        world.lose(client);
        Client again = world.resume(client.sessionId());
        assertNull(again.connection.session());
        arrives(1, client.sessionId(), 0, new Txn.CreateSession(TIMEOUT_MILLIS));
        assertEquals(client.sessionId(), again.sessionId());
        assertEquals(List.of("touched" + of(again)), world.consensus.said());
    }

    @Test
    void theBeginningOfASessionAnswersNoRequest() {
        follow();
        Client client = world.open();
        world.write(client, OpCode.CREATE, create("/a", true));
        arrives(1, client.sessionId(), 0, new Txn.CreateSession(TIMEOUT_MILLIS));
        assertEquals(1, client.connection.away().size());
    }

    @Test
    void aLeaderProposesTheSessionBeforeItsFirstEphemeral() {
        lead(world);
        Client client = world.open();
        world.write(client, OpCode.CREATE, create("/a", true));
        assertEquals(
                List.of("propose CreateSession" + of(client), "propose Create" + of(client)), world.consensus.said());
        assertTrue(world.leader.isOpening(client.sessionId()));
        world.commit();
        assertFalse(world.leader.isOpening(client.sessionId()));
        assertNotNull(world.state.sessions().find(client.sessionId()));
        assertEquals(1, world.state.tree().ephemeralCount());
        world.pass(TIMEOUT_MILLIS);
        assertEquals(List.of("propose CloseSession" + of(client)), world.consensus.said());
        world.commit();
        assertEquals(0, world.state.tree().ephemeralCount());
        assertTrue(client.transport.isClosed());
    }

    @Test
    void aSessionThatIsSilentWhileItBecomesKnownTakesItsEphemeralsAlong() {
        lead(world);
        Client client = world.open();
        world.write(client, OpCode.CREATE, create("/a", true));
        world.pass(TIMEOUT_MILLIS);
        world.write(client, OpCode.CREATE, create("/too-late", true));
        assertEquals(
                List.of(
                        "propose CreateSession" + of(client),
                        "propose Create" + of(client),
                        "propose CloseSession" + of(client),
                        "propose Rejected" + of(client)),
                world.consensus.said());
        world.commit();
        assertEquals(0, world.state.tree().ephemeralCount());
        assertNull(world.state.findSession(client.sessionId()));
        assertTrue(client.transport.isClosed());
    }

    @Test
    void aLeadersSessionCanMoveWhileItBecomesKnown() {
        lead(world);
        Client client = world.open();
        world.leader.revalidate(LEARNER, client.sessionId(), TIMEOUT_MILLIS);
        world.write(client, OpCode.CREATE, create("/a", true));
        world.consensus.said();
        world.leader.revalidate(LEARNER, client.sessionId(), TIMEOUT_MILLIS);
        assertEquals(List.of("revalidated" + of(client) + " true"), world.consensus.said());
        assertFalse(world.sessions.owns(client.connection));
    }

    @Test
    void aLocalSessionGoesOnAtNoOtherServer() {
        lead(world);
        Client client = world.open();
        world.leader.revalidate(LEARNER, client.sessionId(), TIMEOUT_MILLIS);
        assertEquals(List.of("revalidated" + of(client) + " false"), world.consensus.said());
        assertTrue(world.sessions.owns(client.connection));
    }

    @Test
    void withoutUpgradesAnEphemeralIsRefusedAndNobodyHearsOfIt() {
        for (Role role : List.of(Role.LEADING, Role.FOLLOWING)) {
            SessionWorld server = new SessionWorld(NewSessions.LOCAL);
            server.role.become(role, 1);
            Client client = server.open();
            assertTrue(server.write(client, OpCode.CREATE, create("/a", true)));
            assertTrue(server.write(client, OpCode.CREATE2, create("/a", true)));
            assertEquals(List.of(), server.consensus.said());
            assertTrue(client.connection.session().isLocal());
        }
    }

    private String asked(SessionWorld leading, long sessionId, boolean ephemeral) {
        leading.leader.requested(
                LEARNER,
                new ForwardedRequest(sessionId, 1, OpCode.CREATE.code(), create("/by-other", ephemeral), List.of()));
        leading.leader.work();
        return leading.consensus.said().get(0).split(" ")[1];
    }

    @Test
    void aLeaderBelievesOtherServersThatASessionIsTheirsButNotWhatWouldBeItsOwn() {
        lead(world);
        assertEquals("Create", asked(world, ELSEWHERE, false));
        assertEquals("Rejected", asked(world, ELSEWHERE, true), "ephemerals need a session that all know");
        assertEquals("Rejected", asked(world, 0x0100_0000_0000_0001L, false), "it would know");
        assertEquals("Rejected", asked(world, 0, false));
        SessionWorld without = new SessionWorld(NewSessions.GLOBAL);
        lead(without);
        assertEquals("Rejected", asked(without, ELSEWHERE, false));
    }

    @Test
    void aSessionOfALearnerMayComeOverAnotherLinkAsLongAsNobodyKnowsIt() {
        lead(world);
        asked(world, ELSEWHERE, false);
        world.leader.requested(
                LEARNER + 1,
                new ForwardedRequest(ELSEWHERE, 2, OpCode.CREATE.code(), create("/again", false), List.of()));
        world.leader.work();
        assertEquals(List.of("propose Create 0x" + Long.toHexString(ELSEWHERE)), world.consensus.said());
        world.leader.touched(List.of(new TouchedSession(ELSEWHERE, TIMEOUT_MILLIS)));
        world.pass(TIMEOUT_MILLIS);
        assertEquals(List.of(), world.consensus.said(), "nothing is kept of it");
    }

    @Test
    void localSessionsEndWithTheRole() {
        follow();
        Client client = world.open();
        world.sessions.end();
        assertEquals(0, world.state.localSessions().size());
        world.role.become(Role.LEADING, 2);
        assertTrue(world.resume(client.sessionId()).transport.isClosed());
    }

    @Test
    void withoutALeaderEverySessionIsLocalAndOthersAreSentElsewhere() {
        SessionWorld server = new SessionWorld(NewSessions.GLOBAL);
        server.role.readOnly(true);
        Client client = server.open();
        assertNotEquals(0, client.sessionId());
        assertTrue(server.resume(42).transport.isClosed());
        assertTrue(server.connect(client.sessionId(), new byte[16]).transport.isClosed());
        assertFalse(client.transport.isClosed());
        Client again = server.resume(client.sessionId());
        assertFalse(again.transport.isClosed());
        assertTrue(client.transport.isClosed(), "the newer connection has it");
        assertFalse(server.write(again, OpCode.CREATE, create("/a", true)), "that is refused as any write");
        server.pass(TIMEOUT_MILLIS);
        assertTrue(again.transport.isClosed());
        assertEquals(0, server.state.localSessions().size());
    }
}
