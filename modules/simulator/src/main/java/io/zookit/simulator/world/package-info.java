/**
 * The world a simulated server lives in: {@link io.zookit.simulator.world.Agenda} is time,
 * {@link io.zookit.simulator.world.Network} the wires, {@link io.zookit.simulator.world.SimulatedDisk} what survives a loss of power,
 * {@link io.zookit.simulator.world.Chance} the dice. Knows neither the consensus nor a client.
 */
@NullMarked
package io.zookit.simulator.world;

import org.jspecify.annotations.NullMarked;
