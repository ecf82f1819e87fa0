package io.zookit.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.zookit.model.Txn;
import io.zookit.model.TxnHeader;
import io.zookit.wire.JuteWriter;
import io.zookit.wire.TxnCodec;
import org.junit.jupiter.api.Test;

/** What a learner applies is compared with the digest its leader has recorded. */
class LeaderDigestTest {
    private final SessionWorld world = new SessionWorld();

    private void applied(long zxid, long digestOfLeader) {
        JuteWriter record = new JuteWriter(64);
        TxnCodec.write(record, new TxnHeader(zxid, 1, zxid, 1), new Txn.CreateSession(500), digestOfLeader);
        world.learner.logged(zxid, record.toByteArray());
        world.apply.applyUpTo(zxid);
    }

    @Test
    void aTreeThatIsNotTheLeadersIsCounted() {
        long digest = world.state.tree().digest();
        applied(1, digest);
        assertEquals(0, world.apply.digests().comparison().mismatches());
        applied(2, digest + 1);
        assertEquals(1, world.apply.digests().comparison().mismatches());
    }
}
