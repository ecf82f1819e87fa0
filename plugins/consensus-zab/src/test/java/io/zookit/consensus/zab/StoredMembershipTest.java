package io.zookit.consensus.zab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.zookit.model.OpCode;
import io.zookit.model.Txn;
import io.zookit.model.TxnHeader;
import io.zookit.model.ZnodePath;
import io.zookit.model.Zxid;
import io.zookit.spi.storage.Storage;
import io.zookit.storage.memory.MemoryStorageProvider;
import io.zookit.wire.JuteWriter;
import io.zookit.wire.TxnCodec;
import io.zookit.zab.Membership;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The members that a storage speaks of. */
class StoredMembershipTest {
    private static final Membership CONFIGURED = Membership.parse("server.1=a:1:2\nserver.2=b:1:2");
    private static final Membership NEXT = Membership.parse("server.1=a:1:2\nserver.3=c:1:2");
    private static final Membership LAST = Membership.parse("server.3=c:1:2\nserver.4=d:1:2");

    private final Storage storage =
            new MemoryStorageProvider().create(new ServerSurroundings(Path.of("membership"), Map.of()));
    private final StoredMembership stored = new StoredMembership(storage);

    @BeforeEach
    void reconfigured() {
        storage.open();
        storage.log().append(Zxid.of(1, 1), new byte[64]);
        append(Zxid.of(1, 2), NEXT);
        storage.log().append(Zxid.of(1, 3), new byte[64]);
        storage.log().sync();
    }

    private void append(long zxid, Membership members) {
        JuteWriter writer = new JuteWriter(256);
        byte[] text = members.text().getBytes(StandardCharsets.UTF_8);
        Txn txn = new Txn.SetData(OpCode.RECONFIG, ZnodePath.CONFIG, text, -1);
        TxnCodec.write(writer, new TxnHeader(1, 1, zxid, 0), txn, null);
        storage.log().append(zxid, writer.toByteArray());
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void whatNoSnapshotHoldsIsUndecided() {
        StoredMembership.Recovered recovered = stored.recover(CONFIGURED, Zxid.of(1, 1));
        assertEquals(CONFIGURED, recovered.counts());
        assertEquals(NEXT.withVersion(Zxid.of(1, 2)), recovered.undecided());
    }

    @Test
    void whatASnapshotHoldsIsDecidedThoughNobodySavedIt() {
        StoredMembership.Recovered recovered = stored.recover(CONFIGURED, Zxid.of(1, 3));
        assertEquals(NEXT.withVersion(Zxid.of(1, 2)), recovered.counts());
        assertNull(recovered.undecided());
    }

    /** Found by the simulator: the log had been shortened by the next start, and the server went by the members before. */
    @Test
    void whatASnapshotHoldsIsStillKnownWhenTheLogHasForgottenIt() {
        stored.recover(CONFIGURED, Zxid.of(1, 3));
        storage.log().truncateAfter(0);
        assertEquals(NEXT.withVersion(Zxid.of(1, 2)), stored.newest(CONFIGURED));
    }

    @Test
    void whatIsUndecidedIsNotSaved() {
        stored.recover(CONFIGURED, Zxid.of(1, 1));
        assertEquals(CONFIGURED, stored.newest(CONFIGURED));
    }

    @Test
    void ofTwoReconfigurationsInTheLogTheFirstIsDecided() {
        append(Zxid.of(1, 4), LAST);
        storage.log().sync();
        StoredMembership.Recovered recovered = stored.recover(CONFIGURED, Zxid.of(1, 1));
        assertEquals(NEXT.withVersion(Zxid.of(1, 2)), recovered.counts());
        assertEquals(LAST.withVersion(Zxid.of(1, 4)), recovered.undecided());
    }

    @Test
    void whatWasSavedIsReadAgain() {
        assertEquals(CONFIGURED, stored.newest(CONFIGURED));
        stored.save(NEXT.withVersion(Zxid.of(1, 2)));
        assertEquals(NEXT.withVersion(Zxid.of(1, 2)), stored.newest(CONFIGURED));
    }
}
