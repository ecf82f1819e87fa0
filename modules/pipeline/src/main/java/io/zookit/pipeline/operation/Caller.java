package io.zookit.pipeline.operation;

import io.zookit.model.Id;
import io.zookit.watch.WatchEventType;
import java.util.List;

/** The client behind a request, as operations see it: who it is, and where its watch events go. */
public interface Caller {
    /** Its session. */
    long sessionId();

    /** Everything it is known to be. */
    List<Id> identities();

    /**
     * Sends it a watch event, before any reply that is written later.
     *
     * @param zxid of the change; -1 for what it missed while it was away
     */
    void event(WatchEventType type, String path, long zxid);
}
