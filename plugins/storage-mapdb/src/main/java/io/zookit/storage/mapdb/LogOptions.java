package io.zookit.storage.mapdb;

/**
 * How the log is kept.
 *
 * @param segmentBytes how large a segment is made; one larger batch gets a larger one
 * @param forceSync whether a sync reaches the disk, or the operating system only
 * @param syncWarningMillis a sync that takes longer is reported
 */
record LogOptions(long segmentBytes, boolean forceSync, long syncWarningMillis) {}
