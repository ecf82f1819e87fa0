/** The session table and what surrounds it: ids, passwords, timeouts. */
module io.zookit.session {
    requires transitive io.zookit.model;
    requires static org.jspecify;

    exports io.zookit.session;
}
