package io.zookit.watch;

/**
 * Is told who gets which event. It runs after the table has dropped the one-shot watches that fired, so it may add and remove
 * watches, but it may not fire.
 *
 * @param <W> the watchers
 */
@FunctionalInterface
public interface WatchConsumer<W> {
    /**
     * A watcher gets an event, if the ACL lets it.
     *
     * @param watcher who watches
     * @param type what happened
     * @param path the znode it happened to: the changed one, never the path of a recursive watch above it
     * @param parentEvent whose ACL decides about delivery: {@code false} for that of the created, deleted or set znode,
     *     {@code true} for that of its parent
     */
    void fired(W watcher, WatchEventType type, String path, boolean parentEvent);
}
