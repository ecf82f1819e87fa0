package io.zookit.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.zookit.model.Id;
import io.zookit.model.OpCode;
import io.zookit.model.Txn;
import io.zookit.model.TxnHeader;
import io.zookit.model.ZnodePath;
import io.zookit.pipeline.operation.Caller;
import io.zookit.tree.Znode;
import io.zookit.watch.WatchEventType;
import io.zookit.wire.JuteWriter;
import io.zookit.wire.TxnCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What clients see of the members, and when. */
class MembersStepTest {
    private static final String FIRST = "server.1=a:1:2:participant\nversion=0";
    private static final String NEXT = "server.1=a:1:2:participant\nserver.2=b:1:2:participant\nversion=1";

    private final SessionWorld world = new SessionWorld();
    private final MembersStep members = new MembersStep(world.state, world.propose, world.clock);
    private final List<String> seen = new ArrayList<>();

    private String config() {
        Znode znode = Objects.requireNonNull(world.state.tree().find(ZnodePath.CONFIG));
        return new String(znode.content(), znode.dataOffset(), znode.dataLength(), StandardCharsets.UTF_8);
    }

    /** The leader's transaction that changes the members is on its way to the log. */
    private void logNext() {
        JuteWriter record = new JuteWriter(64);
        byte[] data = NEXT.getBytes(StandardCharsets.UTF_8);
        Txn change = new Txn.SetData(OpCode.SET_DATA, ZnodePath.CONFIG, data, -1);
        TxnCodec.write(record, new TxnHeader(1, 1, 1, 1), change, null);
        world.learner.logged(1, record.toByteArray());
    }

    /** Somebody who watches, and writes the events down. */
    private final class Watcher implements Caller {
        @Override
        public long sessionId() {
            return 1;
        }

        @Override
        public List<Id> identities() {
            return List.of();
        }

        @Override
        public void event(WatchEventType type, String path, long zxid) {
            seen.add(type + " " + path + " " + zxid);
        }
    }

    @Test
    void membersThatNoTransactionBringsAreThereAtOnce() {
        members.changed(FIRST);
        assertEquals(FIRST, config());
    }

    @Test
    void membersThatATransactionBringsAreSeenWithItsEvent() {
        members.changed(FIRST);
        world.state.watches().addData(ZnodePath.CONFIG, new Watcher());
        logNext();
        members.changed(NEXT);
        assertEquals(NEXT, members.text());
        assertEquals(FIRST, config());
        assertEquals(List.of(), seen);

        world.apply.applyUpTo(1);
        assertEquals(NEXT, config());
        assertEquals(List.of("NODE_DATA_CHANGED /zookeeper/config 1"), seen);
    }

    @Test
    void membersOfATransactionThatIsAppliedStayAsTheyAre() {
        logNext();
        world.apply.applyUpTo(1);
        members.changed(NEXT);
        assertEquals(NEXT, config());
        assertEquals(
                1,
                Objects.requireNonNull(world.state.tree().find(ZnodePath.CONFIG))
                        .mzxid());
    }
}
