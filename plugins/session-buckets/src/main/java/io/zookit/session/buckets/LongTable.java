package io.zookit.session.buckets;

import org.jspecify.annotations.Nullable;

/**
 * Finds things by their number with open addressing: no boxes, no nodes.
 *
 * @param <E> the things
 */
final class LongTable<E extends Keyed> {
    private static final int SLOTS_MIN = 16;
    /** Spreads numbers that follow each other; the upper bits of the product choose the slot. */
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private @Nullable Keyed[] slots = new Keyed[SLOTS_MIN];
    private int size;

    int size() {
        return size;
    }

    @SuppressWarnings("unchecked")
    @Nullable
    E find(long key) {
        return (E) slots[slotOf(key)];
    }

    /** Adds something whose number is not in the table. */
    void add(E element) {
        slots[slotOf(element.key)] = element;
        size++;
        if (size * 3L > slots.length * 2L) {
            resize(slots.length * 2);
        }
    }

    /** Removes what has this number; {@code null} when nothing has. */
    @Nullable
    E remove(long key) {
        E removed = find(key);
        if (removed != null) {
            closeGap(slotOf(key));
            size--;
            if (size * 8L < slots.length && slots.length > SLOTS_MIN) {
                resize(slots.length / 2);
            }
        }
        return removed;
    }

    private int slotOf(long key) {
        int slot = home(key);
        for (Keyed found = slots[slot]; found != null && found.key != key; found = slots[slot]) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    private int home(long key) {
        return (int) ((key * GOLDEN) >>> (Integer.numberOfLeadingZeros(slots.length) + 33));
    }

    /** Moves later elements of the same run forward, so that no search ends too early at the slot that becomes free. */
    private void closeGap(int gap) {
        int mask = slots.length - 1;
        for (int slot = (gap + 1) & mask; ; slot = (slot + 1) & mask) {
            Keyed candidate = slots[slot];
            if (candidate == null) {
                slots[gap] = null;
                return;
            }
            if (((slot - home(candidate.key)) & mask) >= ((slot - gap) & mask)) {
                slots[gap] = candidate;
                gap = slot;
            }
        }
    }

    private void resize(int slotCount) {
        @Nullable Keyed[] old = slots;
        slots = new Keyed[slotCount];
        for (Keyed element : old) {
            if (element != null) {
                slots[slotOf(element.key)] = element;
            }
        }
    }
}
