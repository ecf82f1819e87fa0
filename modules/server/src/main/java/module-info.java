/** The server as a whole: the command line, and the API to embed a server in a program. */
module io.zookit.server {
    requires transitive io.zookit.config;
    requires transitive io.zookit.kernel;
    requires io.zookit.pipeline;
    requires io.zookit.session;
    requires io.zookit.spi;
    requires org.slf4j;
    requires info.picocli;
    requires java.management;
    requires jdk.management;
    requires static org.jspecify;

    exports io.zookit.server;

    // picocli sets the fields of the command.
    opens io.zookit.server to
            info.picocli;
}
