/** What all kinds of plugin share: how one is found, configured and given its surroundings. */
@NullMarked
package io.zookit.spi;

import org.jspecify.annotations.NullMarked;
