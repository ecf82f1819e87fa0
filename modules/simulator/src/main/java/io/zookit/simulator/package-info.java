/**
 * A whole cluster in one thread, decided by a seed: {@link io.zookit.simulator.Simulation} runs the options of a
 * {@link io.zookit.simulator.SimulationOptions seed}.
 *
 * <pre>
 *      clients ◄──► servers: ZabNode (the real core) + tree, watches, sessions (the real ones) + simulated storage
 *                      │ facts
 *                   checkers                            world: time, wires, disks, and someone who breaks them
 * </pre>
 */
@NullMarked
package io.zookit.simulator;

import org.jspecify.annotations.NullMarked;
