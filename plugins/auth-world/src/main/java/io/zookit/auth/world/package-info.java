/** The scheme {@code world}, which has one id: {@code anyone}. */
@NullMarked
package io.zookit.auth.world;

import org.jspecify.annotations.NullMarked;
