package io.zookit.tck;

/** What a {@link StorageFixture} can do to its storage. Tests that need more are skipped. */
public enum StorageCapability {
    /** {@link StorageFixture#crash}: what was not synced can get lost. */
    CRASH,
    /** {@link StorageFixture#failWrites}. */
    FAIL_WRITES,
    /** {@link StorageFixture#damage}. */
    DAMAGE
}
