package io.zookit.pipeline.operation;

import io.zookit.model.Check;
import io.zookit.model.Stat;
import io.zookit.tree.Outcome;
import io.zookit.wire.JuteWriter;

/** The reply that consists of the znode's stat after the change. */
final class StatReply {
    private StatReply() {}

    static void write(Outcome outcome, JuteWriter reply) {
        Stat stat = outcome.stat();
        Check.state(stat != null, "a change was applied without a stat to answer with");
        if (stat != null) {
            reply.writeStat(stat);
        }
    }
}
