package io.zookit.pipeline.operation;

import io.zookit.tree.DataTree;
import io.zookit.watch.WatchTable;

/**
 * What a read may look at.
 *
 * @param tree the committed state
 * @param watches who watches what
 * @param access who may do what
 * @param caller who asks
 */
public record ReadContext(DataTree tree, WatchTable<Caller> watches, AccessControl access, Caller caller) {}
