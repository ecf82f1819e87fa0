/** Plugins: found, chosen, configured, made; and the order in which what has a life is closed. */
module io.zookit.kernel {
    requires transitive io.zookit.spi;
    requires transitive io.zookit.config;
    requires org.slf4j;
    requires static org.jspecify;

    uses io.zookit.spi.auth.AuthSchemeProvider;
    uses io.zookit.spi.auth.IdentityGrantProvider;
    uses io.zookit.spi.consensus.ConsensusProvider;
    uses io.zookit.spi.session.SessionExpiryProvider;
    uses io.zookit.spi.storage.StorageProvider;
    uses io.zookit.spi.transport.TransportProvider;

    exports io.zookit.kernel;
}
