/** The scheme {@code digest}: a client says {@code user:password}, an ACL says {@code user:hash}. */
@NullMarked
package io.zookit.auth.digest;

import org.jspecify.annotations.NullMarked;
