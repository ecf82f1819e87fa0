package io.zookit.simulator.explore;

/**
 * How far an exploration goes.
 *
 * @param deviations how often in one story something else happens than usual, faults included
 * @param crashes how many of these may be losses of power
 * @param partitions how many may be the cutting off of a server
 * @param statesMax how many distinct states are enough, for each shape
 */
public record Bounds(int deviations, int crashes, int partitions, int statesMax) {}
