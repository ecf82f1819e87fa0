/**
 * The ground that storages with files stand on. All that a storage does to the file system goes through {@link
 * io.zookit.disk.DiskCalls}: the machine's own is {@link io.zookit.disk.RealDisk}, and the contract tests bring one that fails and loses power
 * at any call.
 */
@NullMarked
package io.zookit.disk;

import org.jspecify.annotations.NullMarked;
