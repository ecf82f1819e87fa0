/**
 * The replicated state: a tree of znodes, changed by transactions and by nothing else.
 *
 * <pre>
 *   TxnHeader + Txn ──► DataTree.apply ──► Outcome (for the reply)
 *                         │    └─────────► TreeListener (for the watches)
 *                         │ is the ground of
 *                         ▼
 *                     PendingTree      the tree as it will be once everything proposed has committed
 *                     SnapshotWalk     the tree as it was when the walk began
 *                     TreeLoader       the tree out of a snapshot
 * </pre>
 *
 * Nothing here locks, blocks, reads a clock or starts a thread: one thread at a time owns a tree and everything made from it.
 */
@NullMarked
package io.zookit.tree;

import org.jspecify.annotations.NullMarked;
