package io.zookit.pipeline;

import java.util.Map;

/**
 * What the server says about itself when it is asked by a four-letter word.
 *
 * @param version the version text; tools read the numbers it begins with
 * @param environment what {@code envi} prints, in this order: name and value
 */
public record ServerDescription(String version, Map<String, String> environment) {}
