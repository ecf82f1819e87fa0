/** Consensus: when a transaction counts. */
@NullMarked
package io.zookit.spi.consensus;

import org.jspecify.annotations.NullMarked;
