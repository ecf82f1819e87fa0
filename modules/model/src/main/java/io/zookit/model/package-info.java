/**
 * The values every part of the server speaks in.
 *
 * <pre>
 *   ZnodePath  names a znode          Zxid    orders every change
 *   Stat       what a client sees     Acl     who may do what, as (permissions, Id)
 *   PersistedStat  what is stored     Txn     one change, decided, with everything needed to apply it again
 *   OpCode     what a client asks     ErrorCode  how it can fail
 * </pre>
 *
 * All types are immutable by convention: byte arrays handed to them are never changed afterwards.
 */
@NullMarked
package io.zookit.model;

import org.jspecify.annotations.NullMarked;
