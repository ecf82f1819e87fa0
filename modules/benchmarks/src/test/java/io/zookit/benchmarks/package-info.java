/** The driver against servers that do as they are told. */
@NullMarked
package io.zookit.benchmarks;

import org.jspecify.annotations.NullMarked;
