/** The plugin auth-ip. */
module io.zookit.auth.ip {
    requires io.zookit.spi;
    requires static org.jspecify;
}
