/** Makes a distribution of somebody's own in a Maven build: one goal, {@code assemble}. */
@NullMarked
package io.zookit.maven;

import org.jspecify.annotations.NullMarked;
