/**
 * What must hold, each rule in a {@link io.zookit.simulator.check.Checker} of its own. The simulated world tells
 * {@link io.zookit.simulator.check.Checkers} every fact at the moment it becomes one; a rule that is broken is a
 * {@link io.zookit.simulator.check.Violation}, thrown then and there.
 */
@NullMarked
package io.zookit.simulator.check;

import org.jspecify.annotations.NullMarked;
