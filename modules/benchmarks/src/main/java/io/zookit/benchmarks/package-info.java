/**
 * A load driver for anything that speaks the ZooKeeper client protocol, and what is measured with it.
 *
 * <pre>
 * Main ─► Comparison, MemoryTrial, ProfileTrial
 *            │ start, kill, restart                   │ load, measure, clear
 *            ▼                                        ▼
 *         ServerProcess (ServerCommand, ServerSite)   LoadDriver ─► LoadConnection ─► FrameBlock
 * </pre>
 *
 * <p>The driver writes and reads the protocol by itself and not with our codec: a mistake in ours shows here, and the driver stays
 * cheap enough to leave the machine to the server.
 */
@NullMarked
package io.zookit.benchmarks;

import org.jspecify.annotations.NullMarked;
