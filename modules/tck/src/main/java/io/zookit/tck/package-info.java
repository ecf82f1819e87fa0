/**
 * What each kind of plugin has to pass. The author of a plugin extends the contracts of its kind, implements the one abstract
 * method of each, and has the tests of that kind.
 */
@NullMarked
package io.zookit.tck;

import org.jspecify.annotations.NullMarked;
