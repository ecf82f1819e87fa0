/** Session expiry: which sessions have been silent for too long. */
@NullMarked
package io.zookit.spi.session;

import org.jspecify.annotations.NullMarked;
