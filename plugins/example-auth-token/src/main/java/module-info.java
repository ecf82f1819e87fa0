/** An authentication scheme of a third party: users with tokens. */
module com.example.zookit.token {
    requires io.zookit.spi;

    provides io.zookit.spi.auth.AuthSchemeProvider with
            com.example.zookit.token.TokenSchemeProvider;
}
