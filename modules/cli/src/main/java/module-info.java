/** Tools for stored data and configurations, to be used while no server runs. */
module io.zookit.cli {
    requires io.zookit.kernel;
    requires io.zookit.tree;
    requires io.zookit.wire;
    requires info.picocli;
    requires static org.jspecify;

    exports io.zookit.cli;

    // picocli sets the fields of the commands.
    opens io.zookit.cli to
            info.picocli;
}
