/**
 * The bytes of ZooKeeper's protocols.
 *
 * <pre>
 *   JuteReader / JuteWriter   primitives, strings, buffers, vectors
 *   ConnectRequest / ConnectResponse, ReplyHeader, Xid   the frames around a client's requests
 *   TxnCodec                  transactions as they are logged and sent to learners
 *   ElectionGreeting / ElectionNotification   what servers say on their election ports
 *   QuorumMessage / QuorumCodec               what leaders and learners say to each other
 * </pre>
 *
 * Decoding is total: any bytes give a value or one {@link io.zookit.wire.WireFormatException}, and never allocate more than the
 * bytes that are really there.
 */
@NullMarked
package io.zookit.wire;

import org.jspecify.annotations.NullMarked;
