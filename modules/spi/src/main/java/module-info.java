/**
 * The contracts a plugin implements: one package for each kind, and the few types they share. A plugin needs this module, the
 * model and slf4j, and provides one of the provider interfaces named here.
 */
module io.zookit.spi {
    requires transitive io.zookit.model;
    requires static org.jspecify;

    exports io.zookit.spi;
    exports io.zookit.spi.auth;
    exports io.zookit.spi.consensus;
    exports io.zookit.spi.session;
    exports io.zookit.spi.storage;
    exports io.zookit.spi.transport;
}
