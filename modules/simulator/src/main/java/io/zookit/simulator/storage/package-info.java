/**
 * What a simulated server keeps on its {@link io.zookit.simulator.world.SimulatedDisk}: a log in segments, snapshots, and the two
 * epochs, in the order of calls that survives a loss of power. Every action is a list of steps, so that the power can go between
 * any two of them.
 */
@NullMarked
package io.zookit.simulator.storage;

import org.jspecify.annotations.NullMarked;
