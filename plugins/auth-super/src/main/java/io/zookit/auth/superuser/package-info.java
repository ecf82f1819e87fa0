/** The superuser: a client that proved the configured identity passes every check. */
@NullMarked
package io.zookit.auth.superuser;

import org.jspecify.annotations.NullMarked;
