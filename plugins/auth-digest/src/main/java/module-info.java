/** The plugin auth-digest. */
module io.zookit.auth.digest {
    requires io.zookit.spi;
    requires static org.jspecify;
}
