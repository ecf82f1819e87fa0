package io.zookit.auth.ip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.spi.auth.AuthSchemeProvider;
import io.zookit.spi.auth.AuthStep;
import io.zookit.spi.transport.PeerFacts;
import io.zookit.tck.AuthSchemeContract;
import io.zookit.tck.AuthSchemeFixture;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class IpSchemeTest extends AuthSchemeContract {
    private final IpScheme scheme = new IpScheme();

    @Override
    protected AuthSchemeFixture newFixture() {
        return new Ip();
    }

    @Test
    void aClientIsItsAddressFromTheStart() throws UnknownHostException {
        assertEquals(List.of("10.1.2.3"), scheme.initialIdentities(peer(new byte[] {10, 1, 2, 3})));
        byte[] loopback = new byte[16];
        loopback[15] = 1;
        assertEquals(List.of("0:0:0:0:0:0:0:1"), scheme.initialIdentities(peer(loopback)));
        assertFalse(scheme.expandsAuth());
    }

    @Test
    void aZoneIsNoPartOfTheIdentity() throws UnknownHostException {
        byte[] linkLocal = new byte[16];
        linkLocal[0] = (byte) 0xfe;
        linkLocal[1] = (byte) 0x80;
        linkLocal[15] = 1;
        PeerFacts peer = peer(Inet6Address.getByAddress("", linkLocal, 2));
        assertEquals(List.of("fe80:0:0:0:0:0:0:1"), scheme.initialIdentities(peer));
    }

    @Test
    void aConnectionWithoutAnAddressHasNoIdentityAndCannotGetOne() {
        InetSocketAddress nowhere = InetSocketAddress.createUnresolved("nowhere.invalid", 1);
        PeerFacts peer = new PeerFacts(nowhere, nowhere, List.of());
        assertEquals(List.of(), scheme.initialIdentities(peer));
        assertTrue(scheme.begin(peer).step(new byte[0]) instanceof AuthStep.Denied);
    }

    @Test
    void aPrefixOfAnyLengthSplitsTheAddressesAtItsLastBit() {
        for (int bits = 1; bits <= 32; bits++) {
            int outside = 1 << (32 - bits);
            String expression = "10.20.30.40/" + bits;
            assertTrue(scheme.matches(text(0x0a141e28 ^ (outside - 1)), expression), expression);
            assertFalse(scheme.matches(text(0x0a141e28 ^ outside), expression), expression);
        }
    }

    private static String text(int address) {
        return (address >>> 24) + "." + (address >>> 16 & 255) + "." + (address >>> 8 & 255) + "." + (address & 255);
    }

    private static PeerFacts peer(byte[] address) throws UnknownHostException {
        return peer(InetAddress.getByAddress(address));
    }

    private static PeerFacts peer(InetAddress address) {
        InetSocketAddress remote = new InetSocketAddress(address, 40000);
        return new PeerFacts(remote, remote, List.of());
    }

    private record Ip() implements AuthSchemeFixture {
        @Override
        public AuthSchemeProvider provider() {
            return new IpSchemeProvider();
        }

        @Override
        public PeerFacts peer() {
            try {
                return IpSchemeTest.peer(new byte[] {127, 0, 0, 1});
            } catch (UnknownHostException impossible) {
                throw new AssertionError(impossible);
            }
        }

        @Override
        public List<Proof> accepted() {
            return List.of(
                    new Proof("", "127.0.0.1"),
                    new Proof("10.0.0.1".getBytes(StandardCharsets.US_ASCII), List.of("127.0.0.1")));
        }

        @Override
        public List<byte[]> refused() {
            return List.of();
        }

        @Override
        public List<String> validIds() {
            return List.of(
                    "1.2.3.4",
                    "01.002.3.4",
                    "1.2.3.4/0",
                    "1.2.3.4/32",
                    "1.2.3.4/008",
                    "255.255.255.255",
                    "::",
                    "::/0",
                    "::1",
                    "::1/128",
                    "1::",
                    "0001::",
                    "2001:DB8::a",
                    "1:2:3:4:5:6:7:8",
                    "1:2:3:4:5:6:7::",
                    "::2:3:4:5:6:7:8",
                    "1:2:3::5:6:7:8",
                    "0:0:0:0:0:0:0:1",
                    "::ffff:102:304",
                    "::ffff:1.2.3.4",
                    "::ffff:1.2.3.4/120",
                    "64:ff9b::1.2.3.4",
                    "1:2:3:4:5:6:1.2.3.4");
        }

        @Override
        public List<String> invalidIds() {
            return List.of(
                    "",
                    "localhost",
                    "1.2.3",
                    "1.2.3.4.5",
                    "1.2.3.",
                    ".1.2.3",
                    "1..2.3",
                    "256.0.0.1",
                    "1.2.3.-4",
                    "+1.2.3.4",
                    "0x1.2.3.4",
                    "0001.2.3.4",
                    " 1.2.3.4",
                    "1.2.3.4 ",
                    "\u0661.2.3.4",
                    "1.2.3.4/",
                    "1.2.3.4/33",
                    "1.2.3.4/-1",
                    "1.2.3.4/+8",
                    "1.2.3.4/ 8",
                    "1.2.3.4/8/8",
                    "1.2.3.4/0008",
                    "1.2.3.4/255.0.0.0",
                    "/8",
                    "::1/129",
                    "::1/8/2",
                    "::1/",
                    ":",
                    ":::",
                    "::::",
                    ":1",
                    "1:",
                    "1:::2",
                    "1::2::3",
                    "1:2:3:4:5:6:7",
                    "1:2:3:4:5:6:7:8:9",
                    "1:2:3:4:5:6:7:8::",
                    "::1:2:3:4:5:6:7:8",
                    "1:2:3:4::5:6:7:8",
                    "12345::",
                    "g::",
                    "+1::",
                    "fe80::1%eth0",
                    "[::1]",
                    "::1.2.3",
                    "1.2.3.4::",
                    "1.2.3.4::1",
                    "::1.2.3.4:1",
                    "1:2:3:4:5:6:7:1.2.3.4",
                    "1:2:3:4:5:6:7:8/129");
        }

        @Override
        public List<Pair> matching() {
            return List.of(
                    new Pair("1.2.3.4", "1.2.3.4"),
                    new Pair("1.2.3.4", "01.02.03.04"),
                    new Pair("1.2.3.4", "1.2.3.5/31"),
                    new Pair("10.255.0.1", "10.0.0.0/8"),
                    new Pair("10.20.30.40", "10.20.99.99/16"),
                    new Pair("200.1.1.1", "0.0.0.0/0"),
                    new Pair("0:0:0:0:0:0:0:1", "::1"),
                    new Pair("2001:db8:0:0:0:0:0:a", "2001:DB8::A"),
                    new Pair("2001:db8:1:2:3:4:5:6", "2001:db8::/32"),
                    new Pair("2001:db8:7fff:0:0:0:0:1", "2001:db8::/33"),
                    new Pair("2001:db8:0:0:0:0:0:1", "::/0"),
                    new Pair("1.2.3.4", "::ffff:1.2.3.4"),
                    new Pair("1.2.3.4", "::ffff:102:304"),
                    new Pair("1.2.3.99", "::ffff:1.2.3.4/120"),
                    new Pair("1.2.3.4", "::ffff:0:0/96"),
                    new Pair("0:0:0:0:0:ffff:102:304", "1.2.3.4"));
        }

        @Override
        public List<Pair> foreign() {
            return List.of(
                    new Pair("1.2.3.4", "1.2.3.5"),
                    new Pair("1.2.3.4", "1.2.3.6/31"),
                    new Pair("11.0.0.1", "10.0.0.0/8"),
                    new Pair("2001:db8:8000:0:0:0:0:1", "2001:db8::/33"),
                    new Pair("0:0:0:0:0:0:0:2", "::1"),
                    new Pair("0:0:0:0:0:0:0:1", "0.0.0.0/0"),
                    new Pair("1.2.3.4", "::/0"),
                    new Pair("1.2.3.4", "::ffff:0:0/95"),
                    new Pair("1.2.3.4", "::1.2.3.4"),
                    new Pair("1.2.4.99", "::ffff:1.2.3.4/120"),
                    new Pair("0:0:0:0:0:0:0:1", "::ffff:0:0/96"),
                    new Pair("", "0.0.0.0/0"),
                    new Pair("localhost", "::/0"));
        }
    }
}
