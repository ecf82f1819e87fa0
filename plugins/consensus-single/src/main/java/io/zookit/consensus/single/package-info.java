/** Consensus of one server: a transaction counts when the local log has it. */
@NullMarked
package io.zookit.consensus.single;

import org.jspecify.annotations.NullMarked;
