/**
 * A server for the tests of programs that use one: {@link io.zookit.junit.ZookitExtension} runs it in the process of the tests and
 * does to it what networks and operators do: restarts, lost connections, expired sessions.
 */
@NullMarked
package io.zookit.junit;

import org.jspecify.annotations.NullMarked;
