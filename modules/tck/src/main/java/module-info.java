/** Contract tests that plugin authors extend: one abstract class for each kind of plugin. */
module io.zookit.tck {
    requires transitive io.zookit.disk;
    requires transitive io.zookit.spi;
    requires io.zookit.kernel;
    requires transitive org.junit.jupiter.api;
    requires static org.jspecify;

    exports io.zookit.tck;

    uses io.zookit.spi.auth.AuthSchemeProvider;
    uses io.zookit.spi.auth.IdentityGrantProvider;
}
