/** The rules of the house, each with its reason, held against everything that is compiled. */
@NullMarked
package io.zookit.architecture;

import org.jspecify.annotations.NullMarked;
