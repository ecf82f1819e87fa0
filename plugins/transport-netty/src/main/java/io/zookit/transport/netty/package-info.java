/**
 * The transport {@code netty}. One round of an event loop:
 *
 * <pre>
 *   wait ─► readable connections, one read each ─► tasks ─► LoopRound: batchEnded ─► one write per touched connection ─► wait
 *             └ Incoming ─► ByteReceiver.received            └ sends of other threads are collected here
 * </pre>
 *
 * {@link io.zookit.transport.netty.NettyConnection} joins the two directions, {@link io.zookit.transport.netty.Incoming} and
 * {@link io.zookit.transport.netty.Outgoing}, and knows when a connection ends.
 */
@NullMarked
package io.zookit.transport.netty;

import org.jspecify.annotations.NullMarked;
