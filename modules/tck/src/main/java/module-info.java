/** Contract tests. */
module io.zookit.tck {
    requires transitive io.zookit.spi;
    requires io.zookit.kernel;
    requires transitive org.junit.jupiter.api;
    requires static org.jspecify;

    exports io.zookit.tck;
}
