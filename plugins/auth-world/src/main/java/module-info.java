/** The scheme world: everyone. */
module io.zookit.auth.world {
    requires io.zookit.spi;
    requires static org.jspecify;

    provides io.zookit.spi.auth.AuthSchemeProvider with
            io.zookit.auth.world.WorldSchemeProvider;
}
