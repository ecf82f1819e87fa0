/**
 * Storage without files, for tests and for embedding. What was synced lives as long as the provider that made the storage.
 *
 * <pre>
 *   MemoryStorageProvider ── MemoryContents, one for each pair of directories ── MemoryLog, MemorySnapshots, MemoryValues
 *           └ create() ───── MemoryStorage, which opens it
 * </pre>
 */
@NullMarked
package io.zookit.storage.memory;

import org.jspecify.annotations.NullMarked;
