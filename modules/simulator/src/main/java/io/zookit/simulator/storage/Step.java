package io.zookit.simulator.storage;

import io.zookit.simulator.world.DiskFault;

/** One call to the disk, or what is done about it in memory. */
@FunctionalInterface
public interface Step {
    /**
     * Does it.
     *
     * @throws DiskFault when the disk failed; the steps after it must not be done
     */
    void run();
}
