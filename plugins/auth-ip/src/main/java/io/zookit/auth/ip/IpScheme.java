package io.zookit.auth.ip;

import io.zookit.spi.auth.AuthExchange;
import io.zookit.spi.auth.AuthScheme;
import io.zookit.spi.auth.AuthStep;
import io.zookit.spi.transport.PeerFacts;
import java.net.InetAddress;
import java.util.List;

/**
 * Whoever connects from an address, as the client protocol knows it: every connection has its remote address as an identity from
 * the start, and an ACL entry is an {@link AddressRange}. Nothing is ever looked up by name.
 */
final class IpScheme implements AuthScheme {
    @Override
    public String scheme() {
        return "ip";
    }

    /** The remote address as text, without a zone: which of our network interfaces a client came through says nothing about it. */
    @Override
    public List<String> initialIdentities(PeerFacts peer) {
        InetAddress address = peer.remoteAddress().getAddress();
        if (address == null) {
            return List.of();
        }
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return List.of(zone < 0 ? text : text.substring(0, zone));
    }

    /** A client may ask for what it has anyway (client protocol); what it sends does not matter. */
    @Override
    public AuthExchange begin(PeerFacts peer) {
        List<String> identities = initialIdentities(peer);
        return credentials -> identities.isEmpty()
                ? new AuthStep.Denied("the connection has no address")
                : new AuthStep.Identities(identities);
    }

    @Override
    public boolean valid(String id) {
        return AddressRange.parse(id) != null;
    }

    @Override
    public boolean matches(String identity, String expression) {
        byte[] address = AddressText.parse(identity);
        AddressRange range = AddressRange.parse(expression);
        return address != null && range != null && range.contains(AddressText.unmapped(address));
    }

    /** No: an address proves nothing about who uses it. */
    @Override
    public boolean expandsAuth() {
        return false;
    }
}
