/**
 * Was what the clients saw possible? {@link io.zookit.simulator.history.Operation operations} with their begin and end go through
 * a {@link io.zookit.simulator.history.LinearizabilityChecker}, against a
 * {@link io.zookit.simulator.history.SequentialModel} of one object. Knows nothing of the simulator: histories of real clients
 * are checked the same way.
 */
@NullMarked
package io.zookit.simulator.history;

import org.jspecify.annotations.NullMarked;
