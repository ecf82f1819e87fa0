/** Authentication: who a client is, and whether an ACL entry means it. */
@NullMarked
package io.zookit.spi.auth;

import org.jspecify.annotations.NullMarked;
