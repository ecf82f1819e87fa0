package io.zookit.simulator.explore;

/**
 * What an exploration has seen.
 *
 * @param shape how its stories began
 * @param states distinct states of all servers, disks and links
 * @param steps events that happened, those on the way to a state included
 * @param stories stories that were told to their end, or to a state that was known
 * @param completeDeviations up to how many deviations every story was told
 */
public record Exploration(Shape shape, int states, long steps, long stories, int completeDeviations) {}
