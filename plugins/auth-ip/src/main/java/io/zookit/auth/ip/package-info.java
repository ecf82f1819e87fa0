/** The scheme {@code ip}: a client is the address it connects from, an ACL names an address or a range. */
@NullMarked
package io.zookit.auth.ip;

import org.jspecify.annotations.NullMarked;
