/** The scheme ip: whoever connects from an address. */
module io.zookit.auth.ip {
    requires io.zookit.spi;
    requires static org.jspecify;

    provides io.zookit.spi.auth.AuthSchemeProvider with
            io.zookit.auth.ip.IpSchemeProvider;
}
