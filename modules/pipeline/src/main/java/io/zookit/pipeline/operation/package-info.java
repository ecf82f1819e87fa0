/**
 * What clients can ask: one file for each operation, with its request as it arrives, what is checked, what it does and how it is
 * answered. {@link io.zookit.pipeline.operation.Operations} is the list.
 *
 * <pre>
 *   decode   transport thread: bytes of the body to a request
 *   answer   owner of the state: a read, answered at once          (ReadOperation)
 *   prepare  owner of the state: a write, turned into a transaction (WriteOperation)
 *   writeReply   after the transaction was applied                  (WriteOperation)
 * </pre>
 */
@NullMarked
package io.zookit.pipeline.operation;

import org.jspecify.annotations.NullMarked;
