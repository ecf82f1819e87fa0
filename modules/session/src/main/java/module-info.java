/** The session table. */
module io.zookit.session {
    requires transitive io.zookit.model;
    requires static org.jspecify;
}
