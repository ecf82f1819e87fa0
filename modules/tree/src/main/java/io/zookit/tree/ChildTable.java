package io.zookit.tree;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The children of one znode, found by name: extendible hashing. The leading bits of a hash say which {@link ChildPage} a child is in;
 * a page that is full is split by one bit more, and only the short array that leads to the pages is ever copied as a whole.
 *
 * <p>So a directory of a million children never stops the server to rehash, and gives its memory back while it is emptied.
 *
 * <p>While a walk goes through the pages in the order of their hashes, children may be added: both halves of a page that is split lie
 * where it was, so a walk that has passed it has passed them. A merge could mix what was passed with what was not; it must be put off
 * until the walk is over.
 */
final class ChildTable {
    /** Where a walk over the pages ends: one more than the largest hash. */
    static final long END = 1L << NameHash.BITS;

    /** Pages that agree in so many bits hold names whose hashes collide; they grow instead. */
    private static final int DEPTH_MAX = 22;

    /** By the {@link #depth} leading bits of a hash. A page of fewer common bits is there several times, side by side. */
    private ChildPage[] pages = {ChildPage.first()};

    private int depth;
    private int size;

    int size() {
        return size;
    }

    /** Slots in all pages: what the table costs. */
    int slotCount() {
        int slots = 0;
        for (long position = 0; position < END; position = after(position)) {
            slots += page(position).slots();
        }
        return slots;
    }

    /** The page for a hash, or for a position of a walk. */
    ChildPage page(long hash) {
        return pages[(int) (hash >>> (NameHash.BITS - depth))];
    }

    /**
     * Where the page after the one at a position begins.
     *
     * @param position 0, or what this method has returned; the table may have grown since
     * @return {@link #END} when there is none
     */
    long after(long position) {
        return position + (END >>> page(position).depth);
    }

    /** Gives all children, in no particular order; they must not change meanwhile. */
    void forEach(Consumer<Znode> consumer) {
        for (long position = 0; position < END; position = after(position)) {
            ChildPage page = page(position);
            for (int slot = 0; slot < page.slots(); slot++) {
                Znode child = page.slot(slot);
                if (child != null) {
                    consumer.accept(child);
                }
            }
        }
    }

    /** The child named by the characters {@code from} to {@code to} of a path, whose hash is given. */
    @Nullable
    Znode find(String path, int from, int to, int hash) {
        return page(hash).find(path, from, to, hash);
    }

    /** Adds a child whose name, with that hash, is not there yet. */
    void add(Znode child, int hash) {
        ChildPage page = page(hash);
        while (!page.hasRoom()) {
            if (page.isLarge() && page.depth < DEPTH_MAX) {
                split(hash, page);
                page = page(hash);
            } else {
                page.grow();
            }
        }
        page.add(child, hash);
        size++;
    }

    /** Takes a child out that is there, whose name has that hash. */
    void remove(Znode child, int hash, boolean mayShrink) {
        ChildPage page = page(hash);
        page.remove(child, hash);
        size--;
        if (mayShrink) {
            while (page.depth > 0 && merge(hash, page)) {
                page = page(hash);
            }
            if (page.depth == 0) {
                page.shrink();
            }
        }
    }

    private void split(int hash, ChildPage page) {
        if (page.depth == depth) {
            doublePages();
        }
        ChildPage[] halves = page.split();
        int count = 1 << (depth - page.depth);
        int first = firstOf(hash, page.depth);
        for (int index = 0; index < count; index++) {
            pages[first + index] = halves[index < count / 2 ? 0 : 1];
        }
    }

    /** Whether the page was merged with its other half. */
    private boolean merge(int hash, ChildPage page) {
        int count = 1 << (depth - page.depth + 1);
        int first = firstOf(hash, page.depth - 1);
        ChildPage low = pages[first];
        ChildPage high = pages[first + count / 2];
        if (low.depth != high.depth || !low.fitsWith(high)) {
            return false;
        }
        ChildPage merged = low.mergedWith(high);
        for (int index = 0; index < count; index++) {
            pages[first + index] = merged;
        }
        halvePages();
        return true;
    }

    /** The index of the first page whose hashes have as many bits in common with a hash. */
    private int firstOf(int hash, int bits) {
        return (int) ((long) hash >>> (NameHash.BITS - bits)) << (depth - bits);
    }

    private void doublePages() {
        ChildPage[] doubled = new ChildPage[pages.length * 2];
        for (int index = 0; index < doubled.length; index++) {
            doubled[index] = pages[index >>> 1];
        }
        pages = doubled;
        depth++;
    }

    /** As long as no page needs the last bit. A long array is looked through only when a whole directory has become small. */
    private void halvePages() {
        while (depth > 0 && size < pages.length * 8L && isEveryPageDouble()) {
            ChildPage[] halved = new ChildPage[pages.length / 2];
            for (int index = 0; index < halved.length; index++) {
                halved[index] = pages[index * 2];
            }
            pages = halved;
            depth--;
        }
    }

    private boolean isEveryPageDouble() {
        for (int index = 0; index < pages.length; index += 2) {
            if (pages[index] != pages[index + 1]) {
                return false;
            }
        }
        return true;
    }
}
