package io.zookit.zab;

import io.zookit.model.Check;

/**
 * The durable note that this server may have lost what it once knew, and was not yet given everything by a leader. It is made before
 * anything of a synchronisation is stored and goes when that was completed: a history that came half looks like any other, and whoever
 * starts with one has to know that his vote may stand for less than he has acknowledged.
 */
final class SyncMark {
    private final ZabEffects effects;
    private boolean made;

    /** Changes that the storage has not reported yet. */
    private int open;

    SyncMark(StoredState stored, ZabEffects effects) {
        this.effects = effects;
        this.made = stored.unsynced();
    }

    void make() {
        if (!made) {
            save(true);
        }
    }

    void remove() {
        if (made) {
            save(false);
        }
    }

    private void save(boolean unsynced) {
        made = unsynced;
        open++;
        effects.saveUnsynced(unsynced);
    }

    void saved(boolean unsynced) {
        Check.state(open > 0, "the storage saved a mark that nobody asked for");
        open--;
        Check.state(open > 0 || unsynced == made, "the storage saved another mark than it was asked for");
    }

    /** Whether a crash from here on leaves it. */
    boolean isDurable() {
        return made && open == 0;
    }
}
