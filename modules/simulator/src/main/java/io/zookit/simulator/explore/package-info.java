/**
 * All that can happen to three servers within bounds, instead of what a seed happens to choose:
 * {@link io.zookit.simulator.explore.Explorer} walks through every order of events with a few deviations from the usual one,
 * {@link io.zookit.simulator.explore.SmallWorld} is what it walks through, {@link io.zookit.simulator.explore.SmallRules} what must hold
 * in every state.
 */
@NullMarked
package io.zookit.simulator.explore;

import org.jspecify.annotations.NullMarked;
