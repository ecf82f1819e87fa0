package io.zookit.simulator.storage;

/**
 * A transaction as the log has it.
 *
 * @param zxid its zxid
 * @param record its bytes; never changed
 */
public record StoredTxn(long zxid, byte[] record) {}
