package io.zookit.storage.files;

/**
 * How the log is written.
 *
 * @param growthBytes by how much a log file grows ahead of its entries
 * @param force whether a sync forces the file to the disk
 * @param syncWarningMillis a sync that takes longer is logged
 */
record LogOptions(long growthBytes, boolean force, long syncWarningMillis) {}
