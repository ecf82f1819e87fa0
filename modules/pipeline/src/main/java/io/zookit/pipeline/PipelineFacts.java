package io.zookit.pipeline;

import io.zookit.session.Session;

/** What four-letter words tell about, read by the owner of the state. */
record PipelineFacts(
        ServerDescription description, PipelineParts parts, ReplicaState state, Stages stages, Statistics statistics) {

    /** The word of the consensus for what this server is. */
    String mode() {
        return parts.consensus().mode();
    }

    /** Connections right now. */
    int connections() {
        return stages.accept().count();
    }

    /** Writes not answered yet. */
    int outstanding() {
        return stages.propose().proposed().size();
    }

    long lastZxid() {
        return state.tree().lastZxid();
    }

    /** Znodes; the root counts twice, as it always has: tools compare this number. */
    int nodeCount() {
        return state.tree().nodeCount() + 1;
    }

    /** How long a session has until it expires, if nothing more is heard of it. */
    long expiresInMillis(Session<ClientConnection> session) {
        return parts.expiry().deadlineMillis(session.id()) - parts.clock().monotonicMillis();
    }
}
