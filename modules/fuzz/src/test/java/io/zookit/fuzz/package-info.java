/** Bytes that nobody should send: made by a generator that knows the protocol, for every decoder and for a live server. */
package io.zookit.fuzz;
