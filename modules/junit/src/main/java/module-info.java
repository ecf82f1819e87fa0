/** A server, or an ensemble, for the tests of programs that use one: JUnit 5 extensions. */
module io.zookit.junit {
    requires transitive io.zookit.spi;
    requires transitive org.junit.jupiter.api;
    requires io.zookit.server;
    requires static org.jspecify;

    uses io.zookit.spi.auth.AuthSchemeProvider;
    uses io.zookit.spi.auth.IdentityGrantProvider;
    uses io.zookit.spi.consensus.ConsensusProvider;
    uses io.zookit.spi.session.SessionExpiryProvider;
    uses io.zookit.spi.storage.StorageProvider;
    uses io.zookit.spi.transport.TransportProvider;

    exports io.zookit.junit;
}
