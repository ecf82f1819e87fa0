package io.zookit.watch;

import io.zookit.model.Check;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who hears of the change at hand, in order. It is collected completely, with the one-shot watches dropped, before anybody is told;
 * so a consumer finds the table in the state after the change.
 */
final class EventQueue<W> {
    private static final int KEPT_MAX = 1024;

    private List<KnownWatcher<W>> queue = new ArrayList<>();
    /** How many at the front of the queue hear of the znode itself; the others hear of its parent. */
    private int nodeEvents;
    /** Numbers events, for {@link KnownWatcher#toldOf}. */
    private long event;

    private boolean busy;

    /** Begins a change: who is added from now on hears of the znode itself. */
    void begin() {
        Check.state(!busy, "a watch consumer may not fire watches");
        busy = true;
        event++;
    }

    /** Ends the part about the znode itself: who is added from now on hears of its parent, even if they are in the first part. */
    void turnToParent() {
        nodeEvents = queue.size();
        event++;
    }

    /** Adds those who are not yet in this part. */
    void add(@Nullable Watchers<W> watchers) {
        if (watchers == null) {
            return;
        }
        for (int slot = 0; slot < watchers.slotCount(); slot++) {
            KnownWatcher<W> known = watchers.at(slot);
            if (known != null && known.toldOf != event) {
                known.toldOf = event;
                queue.add(known);
            }
        }
    }

    /** Tells everybody and ends the change. */
    void tell(WatchEventType type, String path, String parentPath, WatchConsumer<W> consumer) {
        try {
            for (int i = 0; i < queue.size(); i++) {
                W watcher = queue.get(i).watcher;
                if (i < nodeEvents) {
                    consumer.fired(watcher, type, path, false);
                } else {
                    consumer.fired(watcher, WatchEventType.NODE_CHILDREN_CHANGED, parentPath, true);
                }
            }
        } finally {
            busy = false;
            // A crowd that came once is no reason to keep its space for ever.
            if (queue.size() > KEPT_MAX) {
                queue = new ArrayList<>();
            } else {
                queue.clear();
            }
        }
    }
}
