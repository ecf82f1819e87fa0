/**
 * The same requests to two servers, and every byte of their answers compared.
 *
 * <pre>
 *   StepGenerator  a seed to a list of steps, which know nothing of any server   (Arguments, RequestBody)
 *   Match          slice after slice of one Mode, again where the machine stood still (Standstill, SliceRun)
 *   Duel           plays steps against both sides, compares what each has seen   (Side, Conversation, Seen)
 *   ReplyMask      takes out of a reply what must differ: times, session ids, passwords, orders nobody promised
 *   Deviation      where we differ on purpose; docs/compatibility.md is the table
 *   Shrinker       the shortest list of steps that still differs
 *   ServerPair     this server in the same process, Apache ZooKeeper in one of its own
 * </pre>
 */
@NullMarked
package io.zookit.differential;

import org.jspecify.annotations.NullMarked;
