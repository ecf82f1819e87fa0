/** The plugin auth-world. */
module io.zookit.auth.world {
    requires io.zookit.spi;
    requires static org.jspecify;
}
