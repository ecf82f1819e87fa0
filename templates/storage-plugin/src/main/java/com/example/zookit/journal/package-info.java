/** The storage {@code journal}: a log of checked batches, snapshots and values, each in files of one idea. */
package com.example.zookit.journal;
