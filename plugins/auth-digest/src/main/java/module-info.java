/** The scheme digest: users with passwords. */
module io.zookit.auth.digest {
    requires io.zookit.spi;
    requires static org.jspecify;

    provides io.zookit.spi.auth.AuthSchemeProvider with
            io.zookit.auth.digest.DigestSchemeProvider;
}
