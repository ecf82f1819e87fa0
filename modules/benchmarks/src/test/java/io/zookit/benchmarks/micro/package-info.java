/** JMH benchmarks of single parts; {@code modules/benchmarks/micro.sh} runs them, {@code mvn verify} only compiles them. */
@NullMarked
package io.zookit.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
