/** Transport: bytes from and to clients. */
@NullMarked
package io.zookit.spi.transport;

import org.jspecify.annotations.NullMarked;
