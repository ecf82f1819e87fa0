/**
 * Consensus of an ensemble, without input or output of its own.
 *
 * <pre>
 *              events: time, links, messages, what the storage did, what the replica wants
 *                                            │
 *                                        ZabNode
 *      Looking ──► Following / Observing ──► Looking        one role at a time, a file each
 *              └─► Leading ───────────────► Looking
 *                                            │
 *                  effects, in order: {@link io.zookit.zab.ZabEffects}
 * </pre>
 *
 * {@link io.zookit.zab.ZabNode} is the door; {@link io.zookit.zab.Membership} says who votes, {@link io.zookit.zab.Quorum} when that
 * is enough, and {@link io.zookit.zab.SyncPlan} how a learner's history is made the leader's. Messages are values of
 * {@code io.zookit.wire}. Nothing here is safe for use by two threads.
 */
@NullMarked
package io.zookit.zab;

import org.jspecify.annotations.NullMarked;
