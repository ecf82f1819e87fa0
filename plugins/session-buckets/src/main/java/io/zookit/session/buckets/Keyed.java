package io.zookit.session.buckets;

/** Something found by a number that is part of it. */
abstract class Keyed {
    final long key;

    Keyed(long key) {
        this.key = key;
    }
}
