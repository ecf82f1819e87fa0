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

    private final Storage storage =
            new MemoryStorageProvider().create(new ServerSurroundings(Path.of("membership"), Map.of()));
    private final StoredMembership stored = new StoredMembership(storage);

    @BeforeEach
    void reconfigured() {
        storage.open();
        JuteWriter writer = new JuteWriter(256);
        byte[] text = NEXT.text().getBytes(StandardCharsets.UTF_8);
        TxnCodec.write(
                writer,
                new TxnHeader(1, 1, Zxid.of(1, 2), 0),
                new Txn.SetData(OpCode.RECONFIG, ZnodePath.CONFIG, text, -1),
                null);
        storage.log().append(Zxid.of(1, 1), new byte[64]);
        storage.log().append(Zxid.of(1, 2), writer.toByteArray());
        storage.log().append(Zxid.of(1, 3), new byte[64]);
        storage.log().sync();
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

    @Test
    void whatWasSavedIsReadAgain() {
        assertEquals(CONFIGURED, stored.newest(CONFIGURED));
        stored.save(NEXT.withVersion(Zxid.of(1, 2)));
        assertEquals(NEXT.withVersion(Zxid.of(1, 2)), stored.newest(CONFIGURED));
    }
}
