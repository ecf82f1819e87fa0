/** Mistakes on purpose: {@link io.zookit.simulator.mutant.Mutant} names those the simulated world can make. */
@NullMarked
package io.zookit.simulator.mutant;

import org.jspecify.annotations.NullMarked;
