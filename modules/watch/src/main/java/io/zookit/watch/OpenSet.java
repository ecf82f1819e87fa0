package io.zookit.watch;

import org.jspecify.annotations.Nullable;

/**
 * A set by identity with open addressing: about 8 bytes for each element, constant time for adding and removing, and an order that
 * depends on nothing but the hashes and the history. Elements are walked by slot, so walking makes no garbage.
 *
 * @param <E> the elements
 */
final class OpenSet<E extends Hashed> {
    private static final int SLOTS_MIN = 4;
    /** Spreads hashes that follow each other; the upper bits of the product choose the slot. */
    private static final int GOLDEN = 0x9E3779B9;

    private @Nullable Hashed[] slots = new Hashed[SLOTS_MIN];
    private int size;

    int size() {
        return size;
    }

    /** How many slots there are to walk: at most eight for each element, or the minimum. */
    int slotCount() {
        return slots.length;
    }

    /** The element in a slot, if there is one. */
    @SuppressWarnings("unchecked")
    @Nullable
    E at(int slot) {
        return (E) slots[slot];
    }

    /** Where to begin to look for an element with this hash. */
    int firstSlot(int hash) {
        return (hash * GOLDEN) >>> (Integer.numberOfLeadingZeros(slots.length) + 1);
    }

    /** Where to go on looking; an empty slot ends the search. */
    int nextSlot(int slot) {
        return (slot + 1) & (slots.length - 1);
    }

    boolean contains(E element) {
        return slots[slotOf(element)] != null;
    }

    /** Adds an element; false when it was there. */
    boolean add(E element) {
        int slot = slotOf(element);
        if (slots[slot] != null) {
            return false;
        }
        slots[slot] = element;
        size++;
        if (size * 3L > slots.length * 2L) {
            resize(slots.length * 2);
        }
        return true;
    }

    /** Removes an element; false when it was not there. */
    boolean remove(E element) {
        int slot = slotOf(element);
        if (slots[slot] == null) {
            return false;
        }
        closeGap(slot);
        size--;
        if (size * 8L < slots.length && slots.length > SLOTS_MIN) {
            resize(slots.length / 2);
        }
        return true;
    }

    private int slotOf(Hashed element) {
        int slot = firstSlot(element.hash);
        while (slots[slot] != null && slots[slot] != element) {
            slot = nextSlot(slot);
        }
        return slot;
    }

    /** Moves later elements of the same run forward, so that no search ends too early at the slot that becomes free. */
    private void closeGap(int gap) {
        int mask = slots.length - 1;
        for (int slot = nextSlot(gap); ; slot = nextSlot(slot)) {
            Hashed candidate = slots[slot];
            if (candidate == null) {
                slots[gap] = null;
                return;
            }
            int distanceFromHome = (slot - firstSlot(candidate.hash)) & mask;
            if (distanceFromHome >= ((slot - gap) & mask)) {
                slots[gap] = candidate;
                gap = slot;
            }
        }
    }

    private void resize(int slotCount) {
        @Nullable Hashed[] old = slots;
        slots = new Hashed[slotCount];
        for (Hashed element : old) {
            if (element != null) {
                slots[slotOf(element)] = element;
            }
        }
    }
}
