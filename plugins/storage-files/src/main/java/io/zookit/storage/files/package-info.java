/**
 * Storage in Apache's own file formats.
 *
 * <pre>
 *   FilesStorage ── FileLog ────── LogRecovery, LogWriting, LogEnd        log.&lt;zxid&gt;
 *        │             └────────── FileLogReader ── LogCursor
 *        ├───────── SnapshotFiles ─ SnapshotFileWriter, SnapshotFileReader snapshot.&lt;zxid&gt;[.gz]
 *        └───────── ValueFiles                          acceptedEpoch, currentEpoch, value.&lt;name&gt;
 *                       │
 *                   DiskCalls ── RealDisk, or a simulated disk in tests
 * </pre>
 */
@NullMarked
package io.zookit.storage.files;

import org.jspecify.annotations.NullMarked;
