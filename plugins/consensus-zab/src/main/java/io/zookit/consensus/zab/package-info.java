/**
 * The consensus of an ensemble: sockets, threads and storage around {@code io.zookit.zab}.
 *
 * <pre>
 *   pipeline ──► ZabConsensus ──┐                             ┌──► ElectionLinks ─► ElectionLink    votes
 *   log thread ─────────────────┤► EventLoop ─► ZabNode ─► Carrier ─► QuorumLinks ─► QuorumLink     packets
 *   readers of links ───────────┘   one thread                └──► StorageBridge ─► log thread, values, snapshots
 * </pre>
 *
 * Everything that happens becomes an event in one queue; one thread takes them in rounds and owns the node. What a round sends to one
 * peer leaves in one write. {@link io.zookit.consensus.zab.ZabConsensus} puts the parts together.
 */
@NullMarked
package io.zookit.consensus.zab;

import org.jspecify.annotations.NullMarked;
