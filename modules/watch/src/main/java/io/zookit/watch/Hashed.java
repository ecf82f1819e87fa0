package io.zookit.watch;

/** Something that carries its own hash, so that a table of it needs neither nodes nor calls to find a slot. */
abstract class Hashed {
    /** Any 32 bits, evenly spread or not: {@link OpenSet} spreads them. */
    final int hash;

    Hashed(int hash) {
        this.hash = hash;
    }
}
