/** Which sessions watch which znodes. */
module io.zookit.watch {
    requires transitive io.zookit.model;
    requires static org.jspecify;

    exports io.zookit.watch;
}
