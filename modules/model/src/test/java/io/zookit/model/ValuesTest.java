package io.zookit.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ValuesTest {
    @Test
    void aZxidIsAnEpochAndACounter() {
        long zxid = Zxid.of(5, 0xffff_ffffL);
        assertEquals(5, Zxid.epoch(zxid));
        assertEquals(Zxid.COUNTER_MAX, Zxid.counter(zxid));
        assertEquals("0x5ffffffff", Zxid.text(zxid));
    }

    @Test
    void aHistoryHasNoHoles() {
        assertTrue(Zxid.follows(8, 7));
        assertTrue(Zxid.follows(Zxid.of(6, 1), Zxid.of(5, 77)));
        assertFalse(Zxid.follows(9, 7));
        assertFalse(Zxid.follows(7, 7));
        assertFalse(Zxid.follows(Zxid.of(4, 1), Zxid.of(5, 77)));
    }

    @Test
    void theRawOwnerTellsFourKindsApart() {
        assertTrue(EphemeralOwner.isSession(0x1000_0000_0000_0001L));
        assertFalse(EphemeralOwner.isSession(EphemeralOwner.PERSISTENT));
        assertFalse(EphemeralOwner.isSession(EphemeralOwner.CONTAINER));
        long ttl = EphemeralOwner.ofTtl(EphemeralOwner.TTL_MILLIS_MAX);
        assertTrue(EphemeralOwner.isTtl(ttl));
        assertFalse(EphemeralOwner.isSession(ttl));
        assertEquals(EphemeralOwner.TTL_MILLIS_MAX, EphemeralOwner.ttlMillis(ttl));
    }

    @Test
    void aClientSeesEveryCreationAndDeletionOfAChildAndOwnersOnlyOfEphemerals() {
        PersistedStat stored = new PersistedStat(1, 2, 3, 4, 5, 10, 7, EphemeralOwner.CONTAINER, 9);
        assertEquals(new Stat(1, 2, 3, 4, 5, 17, 7, 0, 100, 3, 9), stored.visible(100, 3));
    }

    @Test
    void flagsAndCodesOfTheWireFindTheirWords() {
        assertEquals(CreateMode.EPHEMERAL_SEQUENTIAL, CreateMode.ofFlag(3));
        assertNull(CreateMode.ofFlag(7));
        assertNull(CreateMode.ofFlag(-1));
        for (OpCode code : OpCode.values()) {
            assertEquals(code, OpCode.ofCode(code.code()));
        }
        assertNull(OpCode.ofCode(10));
        assertNull(OpCode.ofCode(-12));
        assertNull(OpCode.ofCode(Integer.MAX_VALUE));
    }

    @Test
    void aMultiWithARejectedPartIsRejected() {
        Txn delete = new Txn.Delete(OpCode.DELETE, "/a");
        assertFalse(new Txn.Multi(List.of(delete)).isRejected());
        assertTrue(new Txn.Multi(List.of(delete, new Txn.Rejected(-101))).isRejected());
    }

    @Test
    void aBrokenInvariantIsSaid() {
        Check.state(true, "fine");
        assertEquals(
                "broken",
                assertThrows(IllegalStateException.class, () -> Check.state(false, "broken"))
                        .getMessage());
    }
}
