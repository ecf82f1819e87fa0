/** The plugin auth-super. */
module io.zookit.auth.superuser {
    requires io.zookit.spi;
    requires static org.jspecify;
}
