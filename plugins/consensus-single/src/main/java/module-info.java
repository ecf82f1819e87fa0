/** The plugin consensus-single. */
module io.zookit.consensus.single {
    requires io.zookit.spi;
    requires static org.jspecify;
}
