package io.zookit.tree;

import org.jspecify.annotations.Nullable;

/**
 * Some children of one znode: those whose hashes begin with the same bits. Found by open addressing, in an array of hashes beside the
 * one of znodes, so that a name that is not there is found missing, and a znode is moved, without a look at any znode.
 */
final class ChildPage {
    private static final int FIRST_SLOTS = 2;

    /** Slots of the largest page that is not split instead of growing. */
    private static final int SLOTS_MAX = 512;

    /** In the array of hashes: whatever the hash, a slot that is taken is not 0. */
    private static final int TAKEN = 1 << NameHash.BITS;

    /** How many leading bits its hashes have in common. */
    final int depth;

    private int[] hashes;
    private @Nullable Znode[] nodes;
    private int size;

    private ChildPage(int depth, int slots) {
        this.depth = depth;
        hashes = new int[slots];
        nodes = new Znode[slots];
    }

    /** The page of a directory that has only one. */
    static ChildPage first() {
        return new ChildPage(0, FIRST_SLOTS);
    }

    int size() {
        return size;
    }

    int slots() {
        return nodes.length;
    }

    /** The child in a slot, {@code null} when it is free. */
    @Nullable
    Znode slot(int index) {
        return nodes[index];
    }

    /** The child named by the characters {@code from} to {@code to} of a path, whose hash is given. */
    @Nullable
    Znode find(String path, int from, int to, int hash) {
        int[] taken = hashes;
        int mask = taken.length - 1;
        int wanted = hash | TAKEN;
        for (int index = hash & mask; taken[index] != 0; index = (index + 1) & mask) {
            if (taken[index] == wanted) {
                Znode child = nodes[index];
                if (child != null && child.isNamed(path, from, to)) {
                    return child;
                }
            }
        }
        return null;
    }

    /** Whether one more child fits; three quarters of the slots are used. */
    boolean hasRoom() {
        return size < slots() - (slots() >>> 2) - (slots() == FIRST_SLOTS ? 1 : 0);
    }

    /** Whether it is large enough to be split. */
    boolean isLarge() {
        return slots() >= SLOTS_MAX;
    }

    /** Whether two pages would be a small one together. */
    boolean fitsWith(ChildPage other) {
        return size + other.size <= SLOTS_MAX / 4;
    }

    /** Adds a child that is not there yet. There is room. */
    void add(Znode child, int hash) {
        place(child, hash | TAKEN);
    }

    private void place(Znode child, int taken) {
        int mask = hashes.length - 1;
        int index = taken & mask;
        while (hashes[index] != 0) {
            index = (index + 1) & mask;
        }
        hashes[index] = taken;
        nodes[index] = child;
        size++;
    }

    /** Takes a child out that is there, and closes the gap it leaves. */
    void remove(Znode child, int hash) {
        int mask = hashes.length - 1;
        int gap = hash & mask;
        while (nodes[gap] != child) {
            if (hashes[gap] == 0) {
                throw new IllegalStateException("the child " + child.name() + " is not in its page");
            }
            gap = (gap + 1) & mask;
        }
        for (int index = (gap + 1) & mask; hashes[index] != 0; index = (index + 1) & mask) {
            // Whoever would be looked for from the gap or from before it moves there.
            int home = hashes[index] & mask;
            if (((index - home) & mask) >= ((index - gap) & mask)) {
                hashes[gap] = hashes[index];
                nodes[gap] = nodes[index];
                gap = index;
            }
        }
        hashes[gap] = 0;
        nodes[gap] = null;
        size--;
    }

    /** Gets twice as many slots. */
    void grow() {
        moveTo(slots() * 2);
    }

    /** Gets rid of half of its slots as long as only an eighth of them is used. */
    void shrink() {
        int slots = slots();
        while (slots > FIRST_SLOTS && size < slots >>> 3) {
            slots >>>= 1;
        }
        if (slots < slots()) {
            moveTo(slots);
        }
    }

    private void moveTo(int slots) {
        int[] formerHashes = hashes;
        @Nullable Znode[] formerNodes = nodes;
        hashes = new int[slots];
        nodes = new Znode[slots];
        size = 0;
        placeAll(formerHashes, formerNodes);
    }

    private void placeAll(int[] otherHashes, @Nullable Znode[] otherNodes) {
        for (int index = 0; index < otherHashes.length; index++) {
            Znode child = otherNodes[index];
            if (child != null) {
                place(child, otherHashes[index]);
            }
        }
    }

    /**
     * Distributes its children to two pages by the next bit of their hashes.
     *
     * @return the page for 0, then the one for 1; of as many slots as this one
     */
    ChildPage[] split() {
        ChildPage[] halves = {new ChildPage(depth + 1, slots()), new ChildPage(depth + 1, slots())};
        for (int index = 0; index < hashes.length; index++) {
            Znode child = nodes[index];
            if (child != null) {
                halves[(hashes[index] >>> (NameHash.BITS - 1 - depth)) & 1].place(child, hashes[index]);
            }
        }
        return halves;
    }

    /** The page this one and the one beside it were split from, as far as one can tell. */
    ChildPage mergedWith(ChildPage other) {
        ChildPage merged = new ChildPage(depth - 1, SLOTS_MAX);
        merged.placeAll(hashes, nodes);
        merged.placeAll(other.hashes, other.nodes);
        return merged;
    }
}
