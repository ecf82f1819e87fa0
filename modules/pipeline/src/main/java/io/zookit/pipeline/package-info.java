/**
 * The way of a request, as stages on LMAX Disruptor rings. {@link io.zookit.pipeline.Stage} names the stages in order, and each has
 * a file of its own; {@link io.zookit.pipeline.Pipeline} puts them together.
 *
 * <pre>
 *   client ─► transport thread      AcceptStage · DecodeStage (AuthenticateStage, when credentials come)
 *                │  request ring (many producers, one consumer)
 *                ▼
 *             owner of the state    PrepareStage · ProposeStage      one thread at a time: see Turns
 *                │ read: answered at once, unless its session has a write in flight
 *                ▼ write: a transaction with its zxid
 *             consensus ─► log ring ─► log thread    LogStage: append the batch, ONE sync
 *                │  durable; CommitStage keeps the committed zxid
 *                ▼
 *             owner of the state    ApplyStage · ReplyStage          events before replies, one flush per connection and turn
 *                │
 *   client ◄─ transport thread
 * </pre>
 *
 * The replicated state (tree, pending changes, watches, sessions) is touched only by the thread that has the turn, so none of it
 * has a lock. Nobody ever waits on a ring: a transport that finds it full stops reading, and writes are admitted by credits.
 */
@NullMarked
package io.zookit.pipeline;

import org.jspecify.annotations.NullMarked;
