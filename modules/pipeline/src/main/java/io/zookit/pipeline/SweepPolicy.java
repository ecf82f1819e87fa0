package io.zookit.pipeline;

/**
 * When empty containers and expired TTL znodes are removed.
 *
 * @param checkIntervalMillis how often they are looked for, above 0 ({@code znode.container.checkIntervalMs})
 * @param removedPerMinuteMax how many go in a minute at most, above 0 ({@code znode.container.maxPerMinute})
 * @param neverUsedMillisMax how old a container may get that never had a child, 0 for any age
 *     ({@code znode.container.maxNeverUsedIntervalMs})
 */
public record SweepPolicy(long checkIntervalMillis, int removedPerMinuteMax, long neverUsedMillisMax) {}
