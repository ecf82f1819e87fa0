/**
 * The four-letter words of operators: the first four bytes of a connection, answered as text. Monitoring tools read these texts line
 * by line, so labels, separators, order and number forms are those of ZooKeeper 3.9. {@link io.zookit.pipeline.words.Words} knows
 * them all; each has a file of its own, which sees the server through {@link io.zookit.pipeline.words.ServerFacts}.
 */
@NullMarked
package io.zookit.pipeline.words;

import org.jspecify.annotations.NullMarked;
