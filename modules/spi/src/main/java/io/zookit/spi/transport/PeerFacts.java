package io.zookit.spi.transport;

import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What is known of the other end of a connection before it says anything.
 *
 * @param remoteAddress where it connects from
 * @param localAddress which of our addresses it connected to
 * @param certificates the chain it presented, its own first, found to be trusted by the transport; empty without TLS or without a client
 *     certificate
 */
public record PeerFacts(
        InetSocketAddress remoteAddress, InetSocketAddress localAddress, List<X509Certificate> certificates) {}
