/**
 * Tools for stored data and configurations: {@link io.zookit.cli.Main} and one class for each command. Data is opened through the
 * kernel and the storage contract like a server does, with its lock, so a tool and a server never work on the same data.
 */
@NullMarked
package io.zookit.cli;

import org.jspecify.annotations.NullMarked;
