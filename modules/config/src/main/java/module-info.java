/**
 * The configuration of a server as values that know where they were written. The only module that reads system properties, and
 * it does so in one method: {@link io.zookit.config.Config#processProperties()}.
 */
module io.zookit.config {
    requires static org.jspecify;

    exports io.zookit.config;
}
