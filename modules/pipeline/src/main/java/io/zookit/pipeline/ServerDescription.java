package io.zookit.pipeline;

/**
 * What the server says about itself when it is asked by a four-letter word.
 *
 * @param version the version text; tools read the numbers it begins with
 * @param machine the process and the machine around it
 */
public record ServerDescription(String version, Machine machine) {}
