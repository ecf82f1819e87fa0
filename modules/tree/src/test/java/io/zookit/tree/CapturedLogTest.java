package io.zookit.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.zookit.wire.JuteReader;
import io.zookit.wire.LoggedTxn;
import io.zookit.wire.TxnCodec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A log written by Apache ZooKeeper 3.9.5 holds the digest after each transaction; ours must be the same. */
class CapturedLogTest {
    /** Creations whose flag says one kind of znode and whose type says another: the recorded digest goes by the flag, the tree by the type. */
    private static final Set<Long> DIGEST_OF_ANOTHER_TREE = Set.of(0x19L, 0x1aL);

    private static final long LAST_ZXID = 0x29;
    private static final long LAST_DIGEST = 27_344_520_984L;
    private static final int FILE_HEADER_BYTES = 16;

    @Test
    void theDigestAfterEachTransactionIsTheRecordedOne() throws IOException {
        DataTree tree = new DataTree(new TreeOptions(true, true));
        PendingTree pending = new PendingTree(tree);
        int compared = 0;
        for (LoggedTxn logged : log()) {
            pending.add(logged.header(), logged.txn());
            long predicted = pending.digest();
            tree.apply(logged.header(), logged.txn(), TreeListener.NONE);
            pending.applied(logged.header().zxid());
            assertEquals(predicted, tree.digest());
            long zxid = logged.header().zxid();
            if (logged.digest() != null && !DIGEST_OF_ANOTHER_TREE.contains(zxid)) {
                assertEquals(logged.digest().value(), tree.digest(), "after " + Long.toHexString(zxid));
                compared++;
            }
        }
        assertEquals(LAST_ZXID, tree.lastZxid());
        assertEquals(LAST_DIGEST, tree.digest());
        assertEquals(true, compared >= 20, "digests compared: " + compared);
    }

    private static List<LoggedTxn> log() throws IOException {
        try (InputStream file = CapturedLogTest.class.getResourceAsStream("/vectors/log.1")) {
            assertNotNull(file, "vectors/log.1 is missing");
            ByteBuffer bytes = ByteBuffer.wrap(file.readAllBytes()).position(FILE_HEADER_BYTES);
            List<LoggedTxn> entries = new ArrayList<>();
            while (bytes.remaining() > Long.BYTES + Integer.BYTES) {
                bytes.getLong();
                byte[] payload = new byte[bytes.getInt()];
                if (payload.length == 0) {
                    break;
                }
                bytes.get(payload).get();
                entries.add(TxnCodec.read(JuteReader.of(payload)));
            }
            return entries;
        }
    }
}
