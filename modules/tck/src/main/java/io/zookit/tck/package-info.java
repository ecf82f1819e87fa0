/**
 * Contract tests. An author of a plugin extends the class of its kind, says how the plugin is made, and runs it as any other test;
 * every rule of the contract's Javadoc that can be seen from outside is tested there.
 */
@NullMarked
package io.zookit.tck;

import org.jspecify.annotations.NullMarked;
