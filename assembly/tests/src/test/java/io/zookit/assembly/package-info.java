/**
 * Tests of the built distribution. A test here starts the scripts of the distribution as a user does, talks to the server through
 * clients that other people wrote, and looks at the files; it sees no class of the server.
 */
@NullMarked
package io.zookit.assembly;

import org.jspecify.annotations.NullMarked;
