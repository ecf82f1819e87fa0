package io.zookit.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.model.Acl;
import io.zookit.model.Id;
import io.zookit.model.OpCode;
import io.zookit.pipeline.InFlight.RequestFacts;
import io.zookit.pipeline.operation.Limit;
import io.zookit.pipeline.operation.Operation;
import io.zookit.pipeline.operation.Operations;
import io.zookit.pipeline.operation.Refusal;
import io.zookit.pipeline.operation.Request;
import io.zookit.session.SessionTable;
import io.zookit.wire.JuteReader;
import io.zookit.wire.JuteWriter;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class AdmitStepTest {
    private static final long MILLI = 1_000_000;
    private static final long FLOOR = 1_000;

    private final HandClock clock = new HandClock(0);
    private final NearlyFullStorage storage = new NearlyFullStorage();
    private final Logged logged = new Logged(0, 0);
    private final FreeSpaceStep freeSpace = new FreeSpaceStep(storage, logged, FLOOR);
    private final LimitBites bites = new LimitBites(clock);
    private final Operations operations = new Operations();
    private final ClientConnection connection = new ClientConnection(
            new SilentConnection(), new ReplyStage(new Statistics(), Long.MAX_VALUE), List.of(), 0);

    private AdmitStep step(int waitMillisMax, String... schemes) {
        return step(waitMillisMax, Staleness.NONE, schemes);
    }

    private AdmitStep step(int waitMillisMax, Staleness staleness, String... schemes) {
        Limits limits =
                new Limits(Set.of(schemes), false, 1, waitMillisMax, staleness, 0, 0, FLOOR, ConnectionRate.UNLIMITED);
        return new AdmitStep(limits, freeSpace, bites);
    }

    private RequestEvent event(OpCode code) {
        connection.readAt(5 * MILLI);
        RequestEvent event = new RequestEvent();
        event.request(
                connection, 1, Objects.requireNonNull(operations.find(code.code())), Request.EMPTY, new byte[0], 0);
        return event;
    }

    private static void create(JuteWriter body) {
        body.writeString("/a");
        body.writeBuffer(new byte[1]);
        body.writeAcls(Acl.OPEN_UNSAFE);
        body.writeInt(0);
    }

    private static void delete(JuteWriter body) {
        body.writeString("/a");
        body.writeInt(-1);
    }

    private static void header(JuteWriter body, OpCode code, boolean done) {
        body.writeInt(code.code());
        body.writeBoolean(done);
        body.writeInt(-1);
    }

    private boolean isRefused(AdmitStep step, OpCode code, long waitedNanos, Consumer<JuteWriter> body) {
        Operation<?> operation = operations.find(code.code());
        JuteWriter bytes = new JuteWriter(64);
        body.accept(bytes);
        long receivedNanos = 5 * MILLI;
        RequestFacts facts =
                new RequestFacts(1, operation, operation.decode(JuteReader.of(bytes.toByteArray())), receivedNanos, 0);
        Refusal refusal = step.refusal(connection, facts, operation, receivedNanos + waitedNanos);
        if (refusal != null) {
            assertEquals(code, refusal.code());
        }
        return refusal != null;
    }

    @Test
    void aRequestThatWaitedTooLongIsNotCarriedOutButEndsAndPingsAre() {
        AdmitStep step = step(10);
        assertFalse(isRefused(step, OpCode.CREATE, 10 * MILLI, AdmitStepTest::create));
        assertTrue(isRefused(step, OpCode.CREATE, 10 * MILLI + 1, AdmitStepTest::create));
        assertTrue(isRefused(step, OpCode.SYNC, 11 * MILLI, body -> body.writeString("/")));
        assertFalse(isRefused(step, OpCode.PING, 11 * MILLI, body -> {}));
        assertFalse(isRefused(step, OpCode.CLOSE_SESSION, 11 * MILLI, body -> {}));
        assertEquals(2, bites.count(Limit.WAITING_TIME));
    }

    @Test
    void withoutALimitARequestMayWaitForEver() {
        assertFalse(isRefused(step(0), OpCode.CREATE, Long.MAX_VALUE / 2, AdmitStepTest::create));
    }

    @Test
    void belowTheFloorWhatMayGrowIsRefusedAndAllElseGoesOn() {
        AdmitStep step = step(0);
        storage.usableBytes(FLOOR - 1);
        freeSpace.turnBegins(0);
        assertTrue(isRefused(step, OpCode.CREATE, 0, AdmitStepTest::create));
        assertTrue(isRefused(step, OpCode.MULTI, 0, body -> {
            header(body, OpCode.DELETE, false);
            delete(body);
            header(body, OpCode.CREATE, false);
            create(body);
            header(body, OpCode.ERROR, true);
        }));
        assertFalse(isRefused(step, OpCode.MULTI, 0, body -> {
            header(body, OpCode.DELETE, false);
            delete(body);
            header(body, OpCode.CHECK, false);
            delete(body);
            header(body, OpCode.ERROR, true);
        }));
        assertFalse(isRefused(step, OpCode.DELETE, 0, AdmitStepTest::delete));
        assertFalse(isRefused(step, OpCode.CLOSE_SESSION, 0, body -> {}));
        assertFalse(isRefused(step, OpCode.SYNC, 0, body -> body.writeString("/")));
        assertEquals(2, bites.count(Limit.FREE_SPACE));
    }

    @Test
    void theDiskIsLookedAtOnceInASecondAndRecoveryIsNoticed() {
        storage.usableBytes(FLOOR - 1);
        freeSpace.turnBegins(-5_000);
        freeSpace.turnBegins(-4_001);
        assertEquals(1, storage.looks());
        assertTrue(freeSpace.isLow());
        storage.usableBytes(FLOOR);
        freeSpace.turnBegins(-4_001);
        assertTrue(freeSpace.isLow());
        freeSpace.turnBegins(-4_000);
        assertFalse(freeSpace.isLow());
        assertEquals(2, storage.looks());
    }

    @Test
    void aLogThatGrowsFastIsAReasonToLookAtOnce() {
        storage.usableBytes(FLOOR);
        freeSpace.turnBegins(0);
        logged.add((int) FLOOR / 8 - 1);
        storage.usableBytes(FLOOR - 1);
        freeSpace.turnBegins(1);
        assertFalse(freeSpace.isLow());
        logged.add(1);
        freeSpace.turnBegins(1);
        assertTrue(freeSpace.isLow());
        freeSpace.turnBegins(2);
        assertEquals(2, storage.looks());
    }

    @Test
    void aSnapshotMustNotBringOnTheFloorButBelowItMayTakeHalfOfIt() {
        storage.usableBytes(FLOOR + 50);
        freeSpace.turnBegins(0);
        assertTrue(freeSpace.hasRoomFor(50));
        assertFalse(freeSpace.hasRoomFor(51));
        storage.usableBytes(FLOOR - 10);
        freeSpace.turnBegins(1_000);
        assertTrue(freeSpace.hasRoomFor(FLOOR / 2 - 10));
        assertFalse(freeSpace.hasRoomFor(FLOOR / 2 - 9));
        assertTrue(new FreeSpaceStep(storage, logged, 0).hasRoomFor(Long.MAX_VALUE));
    }

    @Test
    void whatASnapshotIsStillGoingToTakeCountsAsTaken() {
        storage.usableBytes(FLOOR + 50);
        freeSpace.reserve(51);
        freeSpace.turnBegins(0);
        assertTrue(freeSpace.isLow());
        freeSpace.reserve(0);
        freeSpace.turnBegins(1_000);
        assertFalse(freeSpace.isLow());
    }

    @Test
    void withoutAFloorNobodyLooks() {
        FreeSpaceStep careless = new FreeSpaceStep(storage, logged, 0);
        careless.turnBegins(0);
        assertEquals(0, storage.looks());
        assertFalse(careless.isLow());
    }

    @Test
    void oneOfTheRequiredSchemesIsProofEnough() {
        AdmitStep step = step(0, "digest", "x509");
        assertTrue(step.needsProof(connection));
        connection.identities(List.of(new Id("ip", "127.0.0.1")));
        assertTrue(step.needsProof(connection));
        connection.identities(List.of(new Id("ip", "127.0.0.1"), new Id("x509", "CN=a")));
        assertFalse(step.needsProof(connection));
        assertFalse(step(0).needsProof(connection));
        assertNotNull(connection.identities());
        assertNull(connection.session());
    }

    @Test
    void ofAGoneConnectionEverythingButTheEndOfItsSessionIsDropped() {
        AdmitStep step = step(0, new Staleness(true, false));
        assertFalse(step.drops(connection, event(OpCode.CREATE), Long.MAX_VALUE));
        connection.markClosed();
        assertTrue(step.drops(connection, event(OpCode.CREATE), 0));
        assertTrue(step.drops(connection, event(OpCode.PING), 0));
        assertFalse(step.drops(connection, event(OpCode.CLOSE_SESSION), 0));
        RequestEvent malformed = event(OpCode.CREATE);
        malformed.malformed(connection, 1, malformed.operation(), new byte[0]);
        assertTrue(step.drops(connection, malformed, 0));
        assertFalse(step(0).drops(connection, event(OpCode.CREATE), 0), "nobody asked for it");
        assertFalse(step(0, new Staleness(false, true)).drops(connection, event(OpCode.CREATE), 0));
    }

    @Test
    void aRequestIsStaleWhenItHasWaitedLongerThanItsSessionsTimeout() {
        AdmitStep step = step(0, new Staleness(false, true));
        assertFalse(step.drops(connection, event(OpCode.CREATE), Long.MAX_VALUE), "it has no session yet");
        connection.session(new SessionTable<ClientConnection>().add(7, 20));
        assertFalse(step.drops(connection, event(OpCode.CREATE), 25 * MILLI));
        assertTrue(step.drops(connection, event(OpCode.CREATE), 25 * MILLI + 1));
        assertFalse(step.drops(connection, event(OpCode.CLOSE_SESSION), 25 * MILLI + 1));
        assertFalse(step(0, new Staleness(true, false)).drops(connection, event(OpCode.CREATE), 25 * MILLI + 1));
    }

    @Test
    void whatWasDroppedIsCounted() {
        step(0, new Staleness(true, true)).dropped(connection);
        assertEquals(1, bites.count(Limit.STALE));
    }
}
