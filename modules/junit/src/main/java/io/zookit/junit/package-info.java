/**
 * Servers for the tests of programs that use one: {@link io.zookit.junit.ZookitExtension} runs a server and
 * {@link io.zookit.junit.ZookitEnsemble} several in the process of the tests, and they do to them what networks and operators do:
 * restarts, lost connections, expired sessions, members that are cut off.
 */
@NullMarked
package io.zookit.junit;

import org.jspecify.annotations.NullMarked;
