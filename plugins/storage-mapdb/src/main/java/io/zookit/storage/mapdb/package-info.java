/**
 * Storage in files, on MapDB volumes and sorted tables; framing, checksums and recovery are ours.
 *
 * <pre>
 *   MapdbStorage ── SegmentedLog ── LogRecovery, SegmentTail, Spares     log.&lt;zxid&gt;
 *        │               └──────── SegmentedLogReader
 *        ├───────── SnapshotFiles ─ SnapshotFileWriter, SnapshotFileReader snapshot.&lt;zxid&gt;
 *        └───────── ValueFiles                                            value.&lt;name&gt;
 *                        │
 *                    DiskVolume (a MapDB volume) ── DiskCalls ── RealDisk, or a simulated disk in tests
 * </pre>
 */
@NullMarked
package io.zookit.storage.mapdb;

import org.jspecify.annotations.NullMarked;
