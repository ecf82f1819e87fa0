package io.zookit.tree;

/**
 * A quota and how much of it will be used once everything proposed has been applied.
 *
 * @param path the znode that has the quota; it counts itself and everything below it
 * @param limits what is allowed
 * @param count znodes in use
 * @param bytes bytes of data in use
 */
public record QuotaUse(String path, QuotaNumbers limits, long count, long bytes) {}
