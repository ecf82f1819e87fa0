/** Storage: the transaction log, the snapshots and a few small values. */
@NullMarked
package io.zookit.spi.storage;

import org.jspecify.annotations.NullMarked;
