package io.zookit.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.zookit.model.OpCode;
import io.zookit.model.Txn;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every transaction of a log written by Apache ZooKeeper 3.9.5 decodes, and encodes to the same bytes. */
class CapturedLogTest {
    private static final int HEADER_BYTES = 16;
    private static final int ENTRIES = 0x29;

    @Test
    void everyTransactionKeepsItsBytes() throws IOException {
        ByteBuffer log = ByteBuffer.wrap(captured());
        log.position(HEADER_BYTES);
        Set<OpCode> types = EnumSet.noneOf(OpCode.class);
        JuteWriter writer = new JuteWriter(256);
        int count = 0;
        while (log.getLong() != 0) {
            byte[] payload = new byte[log.getInt()];
            log.get(payload).get();
            LoggedTxn logged = TxnCodec.read(JuteReader.of(payload));
            writer.clear();
            LoggedTxn.Digest digest = logged.digest();
            TxnCodec.write(writer, logged.header(), logged.txn(), digest == null ? null : digest.value());
            if (!isRejectedMulti(logged.txn())) {
                assertArrayEquals(payload, writer.toByteArray(), logged.toString());
            }
            assertEquals(++count, logged.header().zxid());
            types.add(logged.txn().type());
        }
        assertEquals(ENTRIES, count);
        assertEquals(12, types.size(), types.toString());
    }

    /** Its rejected parts may carry what they once were; we write the code alone. */
    private static boolean isRejectedMulti(Txn txn) {
        return txn instanceof Txn.Multi multi && multi.isRejected();
    }

    private static byte[] captured() throws IOException {
        try (InputStream in = CapturedLogTest.class.getResourceAsStream("/vectors/log.1")) {
            return in.readAllBytes();
        }
    }
}
