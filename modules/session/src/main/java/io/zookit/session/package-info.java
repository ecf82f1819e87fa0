/**
 * Sessions as values and one table: {@link io.zookit.session.SessionTable} knows who is connected or may come back,
 * {@link io.zookit.session.SessionIds} gives out ids, {@link io.zookit.session.SessionPasswords} what proves one's own. When a
 * session has been silent for too long is a plugin's matter; that it closes is a transaction.
 */
@NullMarked
package io.zookit.session;

import org.jspecify.annotations.NullMarked;
